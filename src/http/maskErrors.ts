import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { isTransient } from '../db/databaseErrors.ts';
import { describeError } from '../log.ts';
import { RequestError } from '../domain/errors.ts';
import { RedisAwayError } from '../redis/connection.ts';
import { httpError, refusalOf } from './httpError.ts';
import { acceptsJson } from './mediaTypes.ts';
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

/** What says that the document or its variables are wrong, while the request that carried them is well-formed. */
const DOCUMENT_CODES: unknown[] = [
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
];

/**
 * The status of refusals. By GraphQL over HTTP a document that does not parse, validate or fit its variables is answered
 * with 200 as `application/json`, where proxies may answer with a 4xx too, and with 4xx as
 * `application/graphql-response+json`; a stream that cannot begin is a 4xx as well. Other refusals have one status.
 */
export function useRefusalStatus(): Plugin {
  return {
    onExecutionResult({ result, request, setResult }) {
      if (!result || Array.isArray(result) || !('errors' in result)) return;
      for (const error of result.errors ?? []) {
        const http = (error.extensions['http'] ?? {}) as { status?: number; headers?: Record<string, string> };
        const code = error.extensions['code'] ?? 'BAD_USER_INPUT';
        Object.assign(error.extensions, {
          code,
          http: {
            status: http.status ?? 400,
            ...(http.headers ? { headers: http.headers } : {}),
            // Yoga passes over the status of such errors where it answers as application/json, and in streams.
            ...(error.path === undefined && DOCUMENT_CODES.includes(code) ? { spec: true } : {}),
          },
        });
      }
      if (result.errors?.length && !acceptsJson(request)) {
        setResult({ ...result, extensions: { ...result.extensions, http: { status: 400 } } });
      }
    },
  };
}

function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? originOf(error.originalError) : error;
}
