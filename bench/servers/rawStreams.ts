import { createServer, type ServerResponse } from 'node:http';
import { listen } from './listen.ts';

/**
 * A yardstick: each GET is a stream; each POST counts the revision up and writes the bytes of EVENT, with that revision
 * for `%REVISION%`, to all of them. It answers `{"revision":n}`.
 */
const event = process.env['EVENT'] ?? '';
const streams = new Set<ServerResponse>();
let revision = 1;

const bytes = () => Buffer.from(event.replace('%REVISION%', String(revision)));

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(bytes());
    streams.add(response);
    response.once('close', () => streams.delete(response));
    return;
  }
  request.resume().once('end', () => {
    revision += 1;
    const shared = bytes();
    for (const stream of streams) stream.write(shared);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ revision }));
  });
});
listen(server);
