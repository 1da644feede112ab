import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { RequestError } from '../domain/errors.ts';
import { httpError, refusalOf } from './httpError.ts';
import { currentRequestId } from './requestScope.ts';

/** Connection problems of the database, by Node's and postgres.js' codes and PostgreSQL's classes 08, 53, 57. */
const UNAVAILABLE =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|CONNECT_TIMEOUT|CONNECTION_\w+|08\w{3}|53\w{3}|57\w{3}|55P03)$/;

/**
 * What a client is told of an error. Refusals and GraphQL's own errors pass; anything else is a bug or an outage, is
 * logged once with the request id, and is told without its message.
 */
export function createErrorMask(log: Logger): (error: unknown) => Error {
  return (error) => {
    const outer = error instanceof GraphQLError ? error : undefined;
    const path = outer?.path;
    const cause = originOf(error);
    if (cause instanceof RequestError) return refusalOf(cause, outer);
    if (cause instanceof GraphQLError) return cause;
    const requestId = currentRequestId();
    log.error({ requestId, path, error: describe(cause) }, 'a request failed');
    const code = codeOf(cause);
    return code !== undefined && UNAVAILABLE.test(code)
      ? httpError(503, 'UNAVAILABLE', 'The service cannot do this at the moment. Try again shortly.', {
          headers: { 'Retry-After': '1' },
          path,
          requestId,
        })
      : httpError(500, 'INTERNAL', 'Unexpected error.', { path, requestId });
  };
}

/** The status of refusals: a 4xx, whatever media type the client accepts. Yoga would answer some of them with 200. */
export function useRefusalStatus(): Plugin {
  return {
    onExecutionResult({ result }) {
      if (!result || Array.isArray(result) || !('errors' in result)) return;
      for (const error of result.errors ?? []) {
        const http = (error.extensions['http'] ?? {}) as { status?: number; headers?: Record<string, string> };
        Object.assign(error.extensions, {
          code: error.extensions['code'] ?? 'BAD_USER_INPUT',
          http: { status: http.status ?? 400, ...(http.headers ? { headers: http.headers } : {}) },
        });
      }
    },
  };
}

/** What may be logged of an error: never a statement or its parameters, which database errors carry in their message. */
export function describe(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const cause = databaseErrorOf(error);
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  if (cause) return { kind: 'database', code: codeOf(cause), constraint: constraintOf(cause), frames };
  return { kind: error.name, message: error.message, frames };
}

function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? originOf(error.originalError) : error;
}

/** Drizzle wraps the driver's error; the driver's has a five-character SQLSTATE. */
function databaseErrorOf(error: Error): Error | null {
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    if (/^([0-9A-Z]{5}|CONNECT\w+)$/.test(codeOf(inner) ?? '') || inner.name === 'DrizzleQueryError') {
      return inner.cause instanceof Error ? inner.cause : inner;
    }
  }
  return null;
}

function codeOf(error: unknown): string | undefined {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if ('code' in inner && typeof inner.code === 'string') return inner.code;
  }
  return undefined;
}

function constraintOf(error: Error): unknown {
  return 'constraint_name' in error ? error.constraint_name : 'constraint' in error ? error.constraint : undefined;
}
