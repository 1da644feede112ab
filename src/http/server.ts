import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Logger } from 'pino';
import { answerJson } from './answerJson.ts';
import { allowOrigin, type Cors } from './cors.ts';
import { STREAM_HEADERS } from './streams/eventStream.ts';
import type { Health } from './health.ts';
import type { HotAnswers } from './hotAnswers/hotAnswers.ts';
import { mayBeHot } from './hotAnswers/questionKey.ts';
import type { Metrics } from './metrics.ts';
import { isLostBy, waitInstead } from './streams/returningStream.ts';
import { requestIdOf, withRequestId } from './requestScope.ts';
import { watchStalledStreams } from './stalledStreams.ts';
import { watchUnreadAnswers } from './unreadAnswers.ts';
import { createProxyWarning } from './proxyWarning.ts';

export type HttpServer = {
  /** `http://host:port`, with the port that was really taken. */
  url: string;
  /** Takes nothing new, lets requests finish, and cuts what is left after the deadline. */
  stop(deadlineMs: number): Promise<void>;
};

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Without the role `api` there is no GraphQL. */
type Doors = {
  graphql: Handler | null;
  /** Answers what many ask alike before anything else is done for it. */
  hot?: Pick<HotAnswers, 'answer'> | null;
  /** Which pages may read why they are refused here. */
  cors?: Cors;
  health: Health;
  metrics: Metrics;
};

const HEADERS_DEADLINE_MS = 10_000;
const REQUEST_DEADLINE_MS = 30_000;
const KEEP_ALIVE_MS = 65_000;
/** Node enforces the first two only as often as it looks; its own 30 s would make 10 s into 40. */
const DEADLINES_CHECK_MS = 1_000;
const SWEEP_MS = 20;

/** Listens, gives each request its id, and answers what is not GraphQL itself. */
export async function startServer(
  options: Doors & {
    host: string;
    port: number;
    trustedProxies: string[];
    log: Logger;
  },
): Promise<HttpServer> {
  const { log } = options;
  const streams = watchStalledStreams(log);
  const answers = watchUnreadAnswers(log);
  const warnOfProxy = createProxyWarning(options);
  const unused = new Set<Socket>();
  const answering = new Set<ServerResponse>();
  let isStopping = false;
  const hot = options.graphql && options.hot;
  // One for all: a listener of its own would cost each response a quarter of a KB.
  function answered(this: ServerResponse) {
    answering.delete(this);
  }
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const requestId = requestIdOf(request.headers['x-request-id']);
    response.setHeader('X-Request-Id', requestId);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    streams.watch(response);
    answers.watch(response);
    answering.add(response);
    response.shouldKeepAlive &&= !isStopping;
    response.on('close', answered);
    if (isStopping && !isHealth(request) && !isPreflight(request)) refuseAtStop(request, response, options);
    else withRequestId(requestId, () => route(request, response, options));
  };
  const server = createServer(
    {
      headersTimeout: HEADERS_DEADLINE_MS,
      requestTimeout: REQUEST_DEADLINE_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: DEADLINES_CHECK_MS,
    },
    (request, response) => {
      unused.delete(request.socket);
      warnOfProxy(request);
      if (log.isLevelEnabled('debug')) logAtEnd(request, response, log);
      if (hot && !isStopping && isForGraphQL(request) && mayBeHot(request)) void hot.answer(request, response, serve);
      else serve(request, response);
    },
  );
  server.on('clientError', refuseGarbage);
  // Browsers open connections in advance. Node counts one that has not asked anything as busy.
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    stop: async (deadlineMs) => {
      isStopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      for (const socket of unused) if (socket.bytesRead === 0) socket.destroy();
      for (const response of answering) response.shouldKeepAlive = false;
      const timer = setTimeout(() => server.closeAllConnections(), deadlineMs);
      // A connection whose request has just been answered is kept alive by its client.
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
      await closed;
      clearTimeout(timer);
      clearInterval(sweep);
      streams.stop();
      answers.stop();
    },
  };
}

function route(request: IncomingMessage, response: ServerResponse, doors: Doors): void {
  const { graphql, cors, health, metrics } = doors;
  const path = pathOf(request.url);
  if (!isAddressed(request)) {
    refuse(response, 400, 'BAD_USER_INPUT', 'The Host header or the address of the request is not valid.');
  } else if (path === '/graphql' && graphql) {
    // The answer depends on it, also when there is none.
    response.setHeader('Vary', 'Origin');
    graphql(request, response);
  } else if (path === '/healthz' || path === '/readyz') {
    void health.answer(path, response);
  } else if (path === '/metrics') {
    void metrics.answer(response);
  } else if (path === '/' && request.method === 'GET' && graphql) {
    response.writeHead(302, { Location: '/graphql' }).end();
  } else {
    if (cors) allowOrigin(request, response, cors);
    const where = graphql ? 'GraphQL is at /graphql.' : 'This process has no role `api`.';
    refuse(response, 404, 'NOT_FOUND', `There is nothing here. ${where}`);
  }
}

function logAtEnd(request: IncomingMessage, response: ServerResponse, log: Logger): void {
  const startedAt = performance.now();
  response.once('close', () => {
    const { method, url } = request;
    const durationMs = Math.round(performance.now() - startedAt);
    const requestId = response.getHeader('x-request-id');
    log.debug({ requestId, method, path: pathOf(url), status: response.statusCode, durationMs }, 'request');
  });
}

const isForGraphQL = (request: IncomingMessage) => pathOf(request.url) === '/graphql' && isAddressed(request);
/** Without an answer to it, a browser would not show its page any other. */
const isPreflight = ({ method }: IncomingMessage) => method === 'OPTIONS';
const isHealth = ({ url }: IncomingMessage) => ['/healthz', '/readyz'].includes(pathOf(url));

/** Another instance, or this one after its restart, can serve the request: it has not been begun. */
function refuseAtStop(request: IncomingMessage, response: ServerResponse, { cors }: Doors): void {
  if (cors) allowOrigin(request, response, cors);
  if (isLostBy(503, request)) {
    response.writeHead(200, { ...STREAM_HEADERS, Connection: 'close' }).end(waitInstead(503));
    return;
  }
  response.setHeader('Retry-After', '1');
  refuse(response, 503, 'UNAVAILABLE', 'The server is stopping. Try again.');
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  answerJson(response, status, { errors: [{ message, extensions: { code } }] });
}

/** Whether the request makes a URL. Yoga would answer another one with its stack. */
function isAddressed({ url = '/', headers: { host = '' } }: IncomingMessage): boolean {
  return (
    url.startsWith('/') && /^([\w.-]+|\[[\da-fA-F:.]+\])(:\d{1,5})?$/.test(host) && URL.canParse(url, `http://${host}`)
  );
}

const STATUS_OF_GARBAGE: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** What is not HTTP at all, or has headers that are too large. */
function refuseGarbage(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS_OF_GARBAGE[error.code ?? ''] ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function pathOf(url: string | undefined): string {
  return (url ?? '/').split('?', 1)[0] ?? '/';
}
