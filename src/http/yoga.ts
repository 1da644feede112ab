import type { IncomingMessage, ServerResponse } from 'node:http';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Context, Core } from '../context.ts';
import { unauthenticated } from '../domain/errors.ts';
import { hasRole, type Viewer } from '../domain/players/viewer.ts';
import { schema } from '../schema/index.ts';
import { createDocumentCache, noErrorCache } from './documentCache.ts';
import { useAnswerSource } from './plugins/answerSource.ts';
import { useDeadline } from './plugins/deadline.ts';
import { askerOf, contextOf } from './contextOf.ts';
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
import type { SharedEvents } from './streams/sharedEvents.ts';
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
  sharedEvents: SharedEvents;
  /** Whom a request without a token counts for. */
  clientAddress: (request: IncomingMessage) => string;
  /** Whom GraphiQL's tabs play. */
  demoPlayerId: string | null;
};

/** The GraphQL endpoint at `/graphql`: queries and mutations as JSON, subscriptions over Server-Sent Events. */
export function createGraphQL(options: YogaOptions): (request: IncomingMessage, response: ServerResponse) => unknown {
  const {
    core,
    log,
    isOpen,
    tellsSource,
    cors,
    bodyBytesMax,
    count,
    note,
    streams,
    sharedEvents,
    clientAddress,
    demoPlayerId,
  } = options;
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
    useVaryByOrigin(),
    useStreams({ counter: streams, clientAddress, sharedEvents, failed: maskError }),
    useRefusalStatus(),
    useReturningStreams(),
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
    context: async ({ request: { headers }, res }) => {
      // First: a request that is refused for its token may be asked for again.
      const viewer = await viewerOf(headers.get('authorization'), core);
      const asker = askerOf(res, { viewer, requestId: currentRequestId() });
      return contextOf(core, asker, headers.get('last-event-id'));
    },
    plugins,
  });
  return createPlainPosts({ yoga, plugins, cors, maskError, bodyBytesMax });
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
