import { createServer } from 'node:http';
import { listen } from './listen.ts';

/** A yardstick: parses each body as JSON and answers the bytes of ANSWER, which is the least that any server must do. */
const answer = Buffer.from(process.env['ANSWER'] ?? '');
const headers = { 'Content-Type': 'application/json', 'Content-Length': answer.byteLength };

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString());
    response.writeHead(200, headers).end(answer);
  });
});
listen(server);
