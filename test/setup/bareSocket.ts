import { connect, type Socket } from 'node:net';

/** Asks a server for a stream on a bare socket. */
export function ask(url: string, query: string, token?: string): Socket {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  const path = `/graphql?${new URLSearchParams({ query }).toString()}`;
  const authorization = token ? `Authorization: Bearer ${token}\r\n` : '';
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\n${authorization}\r\n`);
  return socket;
}

export const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));

/**
 * Leaves at a moment of the conversation that differs from client to client: before it has begun, with the first byte,
 * or with the first block that includes `text`.
 */
export async function leaveAt(socket: Socket, turn: number, text = 'event: next'): Promise<void> {
  const gone = closed(socket);
  const leave = () => (turn % 2 === 0 ? socket.destroy() : socket.resetAndDestroy());
  if (turn % 3 === 0) socket.once('connect', leave);
  else if (turn % 3 === 1) socket.once('data', leave);
  else socket.on('data', (chunk) => chunk.includes(text) && leave());
  await gone;
}
