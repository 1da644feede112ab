import type { IncomingMessage, ServerResponse } from 'node:http';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Context, Core } from '../context.ts';
import { unauthenticated } from '../domain/errors.ts';
import { hasRole, type Viewer } from '../domain/players/viewer.ts';
import { createBoardReads } from '../mirror/boardReads.ts';
import { schema } from '../schema/index.ts';
import { createDocumentCache, noErrorCache } from './documentCache.ts';
import { useAnswerSource } from './plugins/answerSource.ts';
import { useDeadline } from './plugins/deadline.ts';
import { useEventIds } from './plugins/eventIds.ts';
import { graphiqlOptions, renderGraphiQL } from './graphiql.ts';
import { useAdminIntrospection } from './plugins/introspection.ts';
import { createErrorMask, useRefusalStatus } from './maskErrors.ts';
import type { Cors } from './cors.ts';
import { useOneState } from './plugins/oneState.ts';
import { useQueryLimits } from './plugins/queryLimits.ts';
import { createPlainPosts } from './plainPosts.ts';
import type { HotAnswers } from './hotAnswers/hotAnswers.ts';
import { type Counter, useRateLimits } from './plugins/rateLimits.ts';
import { useSharedAnswers } from './plugins/sharedAnswers.ts';
import { useReturningStreams } from './plugins/returningStreams.ts';
import { currentRequestId } from './requestScope.ts';
import type { StreamCounter } from './streamCounter.ts';
import { useStreams } from './plugins/streams.ts';
import { useVaryByOrigin } from './plugins/varyByOrigin.ts';
import { useStrictRequests } from './plugins/strictRequests.ts';

/** What Yoga's handler for Node adds. */
type NodeContext = { req: IncomingMessage; res: ServerResponse };

export type YogaOptions = {
  core: Core;
  log: Logger;
  /** Introspection and GraphiQL for everybody; else for admins. */
  isOpen: boolean;
  /** Whether answers tell which store ranked them. */
  tellsSource: boolean;
  cors: Cors;
  bodyBytesMax: number;
  /** Null: nothing is limited. */
  count: Counter | null;
  /** Called with answers that are the same for everybody. */
  note?: HotAnswers['note'];
  streams: StreamCounter;
  /** Whom a request without a token counts for. */
  clientAddress: (request: IncomingMessage) => string;
  /** Whom GraphiQL's tabs play. */
  demoPlayerId: string | null;
};

/** The GraphQL endpoint at `/graphql`: queries and mutations as JSON, subscriptions over Server-Sent Events. */
export function createGraphQL(options: YogaOptions): (request: IncomingMessage, response: ServerResponse) => unknown {
  const { core, log, isOpen, tellsSource, cors, bodyBytesMax, count, note, streams, clientAddress, demoPlayerId } =
    options;
  const maskError = createErrorMask(log);
  const plugins = [
    useStrictRequests({ bodyBytesMax }),
    useQueryLimits(),
    ...(count ? [useRateLimits(count)] : []),
    ...(isOpen ? [] : [useAdminIntrospection()]),
    ...(note ? [useSharedAnswers(note)] : []),
    useOneState(),
    useDeadline(),
    ...(tellsSource ? [useAnswerSource()] : []),
    useStreams({ counter: streams, clientAddress }),
    useRefusalStatus(),
    useEventIds(),
    useReturningStreams(),
    useVaryByOrigin(),
  ] as Plugin<Context>[];
  const yoga = createYoga<NodeContext, Context>({
    schema,
    logging: false,
    landingPage: false,
    multipart: false,
    // Counted by useStrictRequests, which need not copy the request for it.
    maxRequestBodySize: false,
    parserAndValidationCache: { documentCache: createDocumentCache(), errorCache: noErrorCache },
    maskedErrors: { maskError },
    cors,
    graphiql: async (request) =>
      (isOpen || (await isAdmin(request, core))) && graphiqlOptions(await demoToken(core, demoPlayerId)),
    renderGraphiQL,
    context: async ({ request, res }) => ({
      ...core,
      // First: a request that is refused for its token may be asked for again.
      viewer: await viewerOf(request.headers.get('authorization'), core),
      ...endOf(res),
      boardReads: createBoardReads({
        reader: core.reader,
        findBoard: core.boards.find,
      }),
      ranksFrom: new Set(),
      requestId: currentRequestId(),
      streamIds: { last: request.headers.get('last-event-id'), next: null },
    }),
    plugins,
  });
  return createPlainPosts({ yoga, plugins, cors, maskError, bodyBytesMax });
}

/** One for all: an error of its own for each request would have its stack written down. */
const GONE = new Error('nobody waits for the answer any more');

/**
 * A request is given up when its connection is closed, and by whom it has taken too long for. One listener for all who wait
 * for the former: Node takes many for a leak.
 */
function endOf(response: ServerResponse): Pick<Context, 'abandon' | 'abandoned' | 'onClosed'> {
  const controller = new AbortController();
  const releases: (() => void)[] = [];
  const abandon = () => controller.abort(GONE);
  const close = () => {
    abandon();
    for (const release of releases.splice(0)) release();
  };
  if (response.closed) close();
  else response.once('close', close);
  return {
    abandon,
    abandoned: controller.signal,
    onClosed: (release) => (response.closed ? release() : void releases.push(release)),
  };
}

/** Null without the header. One that is there and is no valid bearer token refuses the request, whatever it asks for. */
export async function viewerOf(authorization: string | null, core: Core): Promise<Viewer | null> {
  if (authorization === null) return null;
  const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization) ?? [];
  if (token === undefined) throw unauthenticated();
  const viewer = await core.tokens.verify(token);
  if (core.sessions.isEnded(viewer)) throw unauthenticated();
  return viewer;
}

async function isAdmin(request: Request, core: Core): Promise<boolean> {
  const authorization = request.headers.get('authorization');
  const viewer = await viewerOf(authorization, core).catch(() => null);
  return hasRole(viewer, 'admin');
}

async function demoToken(core: Core, playerId: string | null): Promise<string | null> {
  return playerId === null ? null : (await core.tokens.sign(playerId, ['player'])).token;
}
