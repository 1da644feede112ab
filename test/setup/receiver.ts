import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = { id: string; signature: string; body: string; type: string; data: Record<string, unknown> };

export type Receiver = {
  url: string;
  received: Received[];
  /** What it does with a request from now on. */
  answer(how: (response: ServerResponse, index: number) => void): void;
  close(): void;
};

/** What a game's own server would be: it keeps what is posted to it, and answers 204 unless told otherwise. */
export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let answer: (response: ServerResponse, index: number) => void = (response) => response.writeHead(204).end();
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const body = (await Array.fromAsync(request)).join('');
    const { type, data } = JSON.parse(body) as Pick<Received, 'data' | 'type'>;
    const header = (name: string) => String(request.headers[name]);
    received.push({ id: header('laurel-event-id'), signature: header('laurel-signature'), body, type, data });
    answer(response, received.length);
  };
  const server = createServer((request, response) => void receive(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    answer: (how) => {
      answer = how;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export const answering = (status: number) => (response: ServerResponse) => void response.writeHead(status).end();

/** As the documentation tells receivers to do it. */
export function isSigned({ signature, body }: Received, secret: string): boolean {
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  const isRecent = Math.abs(Date.now() / 1_000 - Number(t)) < 60;
  return isRecent && createHmac('sha256', secret).update(`${t}.${body}`).digest('hex') === v1;
}
