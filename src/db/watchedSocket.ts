import { connect, type Socket } from 'node:net';

const CHECK_MS = 500;
/** The type byte of the message, six bytes long, that ends an answer (PostgreSQL protocol 3.0). */
const READY_FOR_QUERY = 'Z'.charCodeAt(0);

/** What postgres.js passes to the maker of its sockets. */
export type SocketTarget = { host: string[]; port: number[]; path?: string | false };

/**
 * A connection to the database that is destroyed when the server has left what was written unanswered for `deadlineMs`,
 * so that its statements fail and the pool opens another. TCP alone would wait for a quarter of an hour. A connection
 * with nothing to answer may be silent for as long as it likes. It is handed out before it is connected: a failure
 * to connect must reach postgres.js through the socket's events. Under TLS the bytes cannot be seen, and nothing is watched.
 */
export function openWatchedSocket({ host, port, path }: SocketTarget, deadlineMs: number): Socket {
  const to = { host: host[0] ?? 'localhost', port: port[0] ?? 5432 };
  const socket = path ? connect(path) : connect(to);
  writeInOneGo(socket);
  destroyWhenUnanswered(socket, deadlineMs);
  // Where postgres.js looks for the name that TLS checks.
  return Object.assign(socket, to);
}

/**
 * What is written before the next turn leaves together: statements that are sent in a bunch wake the server once. Never says
 * that its buffer is full: postgres.js would send the rest of a bunch an answer later, and what we send is bounded.
 */
function writeInOneGo(socket: Socket): void {
  const write = socket.write.bind(socket) as (...parameters: unknown[]) => boolean;
  const send = () => socket.uncork();
  socket.write = (...parameters: unknown[]) => {
    if (socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(send);
    }
    write(...parameters);
    return true;
  };
}

function destroyWhenUnanswered(socket: Socket, deadlineMs: number): void {
  let waitingSince: number | null = null;
  const write = socket.write.bind(socket) as (...parameters: unknown[]) => boolean;
  socket.write = (...parameters: unknown[]) => {
    waitingSince ??= performance.now();
    write(...parameters);
    // Told otherwise, postgres.js would not give a transaction that begins now a connection of its own (see db/open).
    return true;
  };
  socket.on('data', (chunk: Buffer) => {
    // One byte alone answers the question whether there is TLS.
    const isAnswered = chunk.length === 1 || chunk.at(-6) === READY_FOR_QUERY;
    waitingSince = isAnswered ? null : performance.now();
  });
  // Asks whether it is destroyed, because postgres.js removes all listeners from its sockets.
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else if (waitingSince !== null && performance.now() - waitingSince >= deadlineMs) destroy(socket);
  }, CHECK_MS);
  timer.unref();
}

/** An error that nobody listens for would end the process, and postgres.js listens only to sockets that it still wants. */
function destroy(socket: Socket): void {
  socket.destroy(socket.listenerCount('error') > 0 ? timedOut() : undefined);
}

function timedOut(): Error {
  return Object.assign(new Error('the database does not answer'), { code: 'ETIMEDOUT' });
}
