import type { IncomingHttpHeaders } from 'node:http';
import { EVENT_STREAM } from './mediaTypes.ts';

const RETURN_MIN_MS = 1_000;
const RETURN_MAX_MS = 5_000;
const WAIT_MIN_MS = 5_000;
const WAIT_MAX_MS = 10_000;
const PASSING = [429, 503];

type Asked = { method?: string | undefined; headers: Pick<IncomingHttpHeaders, 'accept'> & NodeJS.Dict<unknown> };

/**
 * Whether the refusal of a request with this status would end it for good: a browser's EventSource that comes back to its
 * stream, and by the rules of HTML asks no more once it is answered with anything but 200.
 */
export function isLostBy(status: number, { method, headers }: Asked): boolean {
  const isReturning = method === 'GET' && headers['last-event-id'] !== undefined;
  return isReturning && PASSING.includes(status) && (headers.accept ?? '').includes(EVENT_STREAM);
}

/** Answered in place of such a refusal, with 200: the stream is over, and its client returns later, each at another time. */
export const waitInstead = (status: number) => `: ${status}\n${retry(WAIT_MIN_MS, WAIT_MAX_MS)}`;

/** Says after how long the client of a stream that ends should return, each another time. */
export const comeBack = () => retry(RETURN_MIN_MS, RETURN_MAX_MS);

function retry(minMs: number, maxMs: number): string {
  return `retry: ${Math.round(minMs + Math.random() * (maxMs - minMs))}\n\n`;
}
