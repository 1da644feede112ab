import { createServer, type Socket } from 'node:net';
import { listen } from './listen.ts';

/**
 * A yardstick of bare sockets: each GET is a stream; each POST counts the revision up and writes the bytes of EVENT, with
 * that revision for `%REVISION%`, to all of them. It answers `{"revision":n}`. Requests must come in one piece.
 */
const event = process.env['EVENT'] ?? '';
const STREAM_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n';
const streams = new Set<Socket>();
let revision = 1;

const bytes = () => Buffer.from(event.replace('%REVISION%', String(revision)));

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => {}).on('close', () => streams.delete(socket));
  socket.once('data', (request) => {
    if (request.toString('latin1', 0, 4) === 'GET ') {
      socket.write(STREAM_HEAD);
      socket.write(bytes());
      streams.add(socket);
      return;
    }
    revision += 1;
    const shared = bytes();
    for (const stream of streams) stream.write(shared);
    const answer = JSON.stringify({ revision });
    socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${answer.length}\r\n\r\n${answer}`);
  });
});
listen(server);
