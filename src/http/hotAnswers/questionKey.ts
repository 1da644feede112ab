import type { IncomingMessage } from 'node:http';

/** Longer documents are rare, and each question is remembered whole. */
const LENGTH_MAX = 4_096;
const JSON_TYPE = /^application\/json(; ?charset=utf-8)?$/i;

/** Whether a request may be one that many ask alike: a short query by GET, or a short JSON body. Others are left alone. */
export function mayBeHot({ method, url = '', headers }: IncomingMessage): boolean {
  const { accept = '', 'cache-control': caching } = headers;
  // Whoever asks for an answer worked out anew gets one.
  if (caching === 'no-cache' || /event-stream|html/.test(accept)) return false;
  if (method === 'GET') return url.includes('?') && url.length <= LENGTH_MAX;
  const length = Number(headers['content-length']);
  return (
    method === 'POST' &&
    length > 0 &&
    length <= LENGTH_MAX &&
    JSON_TYPE.test(headers['content-type'] ?? '') &&
    headers['content-encoding'] === undefined
  );
}

/** All that a shared answer depends on beside the state of boards: who may read it, its form, and the question itself. */
export function keyOf({ method, url = '', headers }: IncomingMessage, body: Buffer | null): string {
  const { accept = '', origin = '' } = headers;
  return `${method} ${url} ${accept}\n${origin}\n${body?.toString('latin1') ?? ''}`;
}
