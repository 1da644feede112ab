import type { IncomingMessage, ServerResponse } from 'node:http';
import { type GraphQLError, type GraphQLField, type GraphQLSchema, OperationTypeNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { COUNTED, type LimitName } from '../../domain/limits/rateLimits.ts';
import { hasRole, type Viewer } from '../../domain/players/viewer.ts';
import type { Charge, RateLimiter, Verdict } from '../../redis/rateLimits.ts';
import { costSaid } from '../../schema/cost.ts';
import { limitsSaid } from '../../schema/counting.ts';
import { httpError } from '../httpError.ts';
import { type Operation, type RootFields, rootFieldsOf } from '../rootFields.ts';

type NodeContext = { req: IncomingMessage; res: ServerResponse };

/** What browsers of allowed origins may read. */
export const RATE_LIMIT_HEADERS = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'Retry-After'];

/**
 * Counts each operation by its root fields before it is executed. One that goes over a limit is refused as a whole: nothing
 * of it is executed or counted. Every answer that was counted says how things stand, in the header fields of
 * draft-ietf-httpapi-ratelimit-headers-06.
 */
export function useRateLimits(count: Counter): Plugin<Context & NodeContext> {
  const check = async (operation: Operation, { viewer, req, res }: Context & NodeContext) => {
    const root = rootFieldsOf(operation);
    const verdict = root && (await count(root, viewer, req));
    if (!verdict) return;
    writeRateLimit(res, verdict);
    if (!verdict.allowed) throw refusal(verdict);
  };
  return {
    onExecute: async ({ args }) => check(args, args.contextValue),
    onSubscribe: async ({ args }) => check(args, args.contextValue),
  };
}

/** Counts a request by its root fields. Null when it falls under no limit. */
export type Counter = (root: RootFields, viewer: Viewer | null, request: IncomingMessage) => Promise<Verdict | null>;

export function createCounter({
  schema,
  limiter,
  clientAddress,
}: {
  schema: GraphQLSchema;
  limiter: RateLimiter;
  clientAddress: (request: IncomingMessage) => string;
}): Counter {
  return async (root, viewer, request) => {
    if (hasRole(viewer, 'admin')) return null;
    const [first, ...others] = chargesOf(schema, root, viewer, () => clientAddress(request));
    return first ? limiter.consume([first, ...others]) : null;
  };
}

/** Whom the operation counts for and how much, one charge for each limit that it falls under. */
function chargesOf(
  schema: GraphQLSchema,
  { kind, fields }: RootFields,
  viewer: Viewer | null,
  address: () => string,
): Charge[] {
  const isServer = hasRole(viewer, 'server');
  const playerId = viewer?.playerId ?? null;
  const costs = new Map<LimitName, number>();
  const add = (name: LimitName, cost: number) => costs.set(name, (costs.get(name) ?? 0) + cost);
  const declared = schema.getRootType(kind)?.getFields() ?? {};
  const usual = usualLimit(kind, { isServer, playerId });
  const own = fields.filter(({ name }) => !name.startsWith('__'));
  for (const field of own) {
    const definition = declared[field.name];
    const said = definition ? limitsSaid(definition) : {};
    const special = isServer ? said.server : playerId === null ? undefined : said.player;
    add(special ?? usual, isServer && definition ? itemsOf(field, definition) : 1);
  }
  // `__typename`, `__schema` and `__type` are one together.
  if (own.length < fields.length) add(usual, 1);
  const key = isServer && viewer ? viewer.subject : (playerId ?? address());
  return Array.from(costs, ([name, cost]) => ({ name, key, cost }));
}

function usualLimit(
  kind: RootFields['kind'],
  { isServer, playerId }: { isServer: boolean; playerId: string | null },
): LimitName {
  if (isServer) return 'server';
  if (kind === OperationTypeNode.MUTATION) return 'mutate';
  return playerId === null ? 'read' : 'playerRead';
}

/** How many items a field lists, where they count one by one, else 1. */
function itemsOf(field: RootFields['fields'][number], { args }: GraphQLField<unknown, unknown>): number {
  const list = args.find((argument) => costSaid(argument).sizes === 'list');
  const items = list && field.argument(list.name);
  return Array.isArray(items) ? Math.max(1, items.length) : 1;
}

/** How things stand, in the header fields of the answer. */
export function writeRateLimit(response: ServerResponse, { limit, remaining, resetMs }: Verdict): void {
  response.setHeader('RateLimit-Limit', limit.count);
  response.setHeader('RateLimit-Remaining', remaining);
  response.setHeader('RateLimit-Reset', secondsOf(resetMs));
}

function refusal({ name, cost, limit, resetMs }: Verdict): GraphQLError {
  const allowance = `${limit.count} ${COUNTED[name]} are allowed in ${inWords(secondsOf(limit.windowMs))}`;
  const waitSeconds = secondsOf(resetMs);
  const message =
    cost > limit.count
      ? `${allowance}, and this request counts as ${cost}. Send less at once.`
      : `${allowance}. Try again in ${inWords(waitSeconds)}.`;
  return httpError(429, 'RATE_LIMITED', message, { headers: { 'Retry-After': String(waitSeconds) } });
}

const secondsOf = (ms: number) => Math.ceil(ms / 1_000);
const inWords = (seconds: number) => (seconds === 1 ? '1 second' : `${seconds} seconds`);
