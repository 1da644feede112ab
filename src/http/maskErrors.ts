import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { isTransient } from '../db/databaseErrors.ts';
import { describeError } from '../log.ts';
import { RequestError } from '../domain/errors.ts';
import { RedisAwayError } from '../redis/connection.ts';
import { httpError, refusalOf } from './httpError.ts';
import { currentRequestId } from './requestScope.ts';

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
    log.error({ requestId, path, error: describeError(cause) }, 'a request failed');
    return isTransient(cause) || cause instanceof RedisAwayError
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

function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? originOf(error.originalError) : error;
}
