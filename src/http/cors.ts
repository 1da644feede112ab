import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CORSOptions } from 'graphql-yoga';
import type { Logger } from 'pino';
import { isOrigin } from '../domain/limits/origin.ts';
import { RATE_LIMIT_HEADERS } from './plugins/rateLimits.ts';

const ANY = '*';
/** What browsers say for files, sandboxed frames and redirected requests. */
const NO_ORIGIN = 'null';
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
/** How many refused origins are told of, each once. What is longer is no host that anybody has. */
const TOLD_MAX = 20;
const LENGTH_MAX = 300;

/** For the request of a page: what its origin may do. Answers that go another way than Yoga's have `corsHead` of it. */
export type Cors = (request: Asked) => CORSOptions | false;

type Asked = { headers: Pick<Headers, 'get'> };

/**
 * Which pages of other origins may call: those that are listed, all with `*`, and those of loopback addresses where
 * `takesLoopback`. Nobody is let in with cookies. A page that is refused learns nothing, so the log says what to add.
 */
export function createCors(options: { allowed: string[]; takesLoopback: boolean; log: Pick<Logger, 'warn'> }): Cors {
  const { allowed, takesLoopback, log } = options;
  const told = new Set<string>();
  const isAllowed = (origin: string) =>
    allowed.includes(ANY) || allowed.includes(origin) || (takesLoopback && isLoopback(origin));
  return (request) => {
    const origin = request.headers.get('origin');
    if (origin === null) return false;
    if (isAllowed(origin)) {
      return {
        origin: [origin],
        methods: ['GET', 'POST'],
        exposedHeaders: [...RATE_LIMIT_HEADERS, 'X-Request-Id'],
        credentials: false,
        maxAge: 600,
      };
    }
    if (told.size < TOLD_MAX && !told.has(origin) && isForeign(origin, request)) {
      told.add(origin);
      const line = `ALLOWED_ORIGINS=${[...allowed, origin].join(',')}`;
      log.warn({ origin }, `a page of another origin may not call; to let it in, set ${line}`);
    }
    return false;
  };
}

/** The header fields that Yoga gives such an answer, but for those that a preflight asks for. */
export function corsHead(options: CORSOptions | false): Record<string, string> {
  if (options === false) return {};
  const { origin, methods = [], exposedHeaders = [], maxAge } = options;
  return {
    'Access-Control-Allow-Origin': [origin].flat().join(', '),
    'Access-Control-Allow-Methods': methods.join(', '),
    'Access-Control-Expose-Headers': exposedHeaders.join(', '),
    'Access-Control-Max-Age': String(maxAge),
  };
}

/** Lets the page that asks, where it may, read an answer that does not come from Yoga. */
export function allowOrigin({ headers }: IncomingMessage, response: ServerResponse, cors: Cors): void {
  const get = (name: string) => headers[name]?.toString() ?? null;
  response.setHeader('Vary', 'Origin');
  for (const [name, value] of Object.entries(corsHead(cors({ headers: { get } })))) response.setHeader(name, value);
}

function isLoopback(origin: string): boolean {
  return /^https?:/.test(origin) && isOrigin(origin) && LOOPBACK.includes(new URL(origin).hostname);
}

/** Whether a browser asks for a page of elsewhere. Pages of this server name their origin too, and need no leave. */
function isForeign(origin: string, { headers }: Asked): boolean {
  if (origin === NO_ORIGIN) return true;
  if (origin.length > LENGTH_MAX || !isOrigin(origin)) return false;
  return headers.get('sec-fetch-site') !== 'same-origin' && new URL(origin).host !== headers.get('host');
}
