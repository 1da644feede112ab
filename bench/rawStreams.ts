import { createServer, type Socket } from 'node:net';
import { listen } from './listen.ts';

/**
 * A yardstick, without HTTP's own server: each GET is a stream; each POST counts the revision up and writes the bytes of
 * EVENT, with that revision for `%REVISION%`, to all of them. It answers `{"revision":n}`.
 */
const event = process.env['EVENT'] ?? '';
const streams = new Set<Socket>();
let revision = 1;

const bytes = () => Buffer.from(event.replace('%REVISION%', String(revision)));
const headOf = (fields: string) => `HTTP/1.1 200 OK\r\n${fields}\r\nConnection: close\r\n\r\n`;

const begin = (socket: Socket) => {
  socket.write(headOf('Content-Type: text/event-stream'));
  socket.write(bytes());
  streams.add(socket);
};
const tellAll = (socket: Socket) => {
  revision += 1;
  const shared = bytes();
  for (const stream of streams) stream.write(shared);
  const answer = JSON.stringify({ revision });
  socket.end(`${headOf(`Content-Type: application/json\r\nContent-Length: ${answer.length}`)}${answer}`);
};

const server = createServer((socket) => {
  socket.once('data', (head) => (head.toString('latin1').startsWith('GET') ? begin(socket) : tellAll(socket)));
  // Whoever leaves in between is none of its business.
  socket.on('error', () => socket.destroy());
  socket.once('close', () => streams.delete(socket));
});
listen(server);
