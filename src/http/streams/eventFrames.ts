import type { ExecutionResult } from 'graphql';

export const PING = Buffer.from(':\n\n');
export const COMPLETE = 'event: complete\ndata:\n\n';

/**
 * An event as a stream carries it (Server-Sent Events in the distinct connections mode of the GraphQL over SSE protocol).
 * With an id, a browser's EventSource sends it back as `Last-Event-ID`; a client that was told an error does not have the
 * state, gets none, and should come back for it.
 */
export function eventOf(result: ExecutionResult, id: string | null): Buffer {
  const { errors } = result;
  const idLine = id === null || errors ? '' : `id: ${id}\n`;
  const told = errors ? { ...result, errors: errors.map(withoutStatus) } : result;
  return Buffer.from(`event: next\ndata: ${JSON.stringify(told)}\n${idLine}\n`);
}

/** Statuses are for answers of their own. */
function withoutStatus(error: NonNullable<ExecutionResult['errors']>[number]) {
  const { extensions: { http: _, ...extensions } = {}, ...rest } = error.toJSON();
  return { ...rest, extensions };
}
