import { GraphQLError } from 'graphql';
import type { RequestError } from '../domain/errors.ts';

const STATUS: Record<RequestError['code'], number> = {
  BAD_USER_INPUT: 400,
  FORBIDDEN: 403,
  OVERLOADED: 503,
  QUERY_TOO_COMPLEX: 400,
  TIMED_OUT: 503,
  TOO_MANY_STREAMS: 429,
  UNAUTHENTICATED: 401,
  UNAVAILABLE: 503,
};

const HEADERS: Partial<Record<RequestError['code'], Record<string, string>>> = {
  OVERLOADED: { 'Retry-After': '1' },
  TIMED_OUT: { 'Retry-After': '1' },
  // There is room as soon as the client has closed one; a client that is gone is noticed a little later.
  TOO_MANY_STREAMS: { 'Retry-After': '5' },
  UNAUTHENTICATED: { 'WWW-Authenticate': 'Bearer' },
  UNAVAILABLE: { 'Retry-After': '1' },
};

/** A refusal of the whole request with an HTTP status, in the form of a GraphQL error. */
export function httpError(
  status: number,
  code: string,
  message: string,
  more: { headers?: Record<string, string> | undefined; path?: GraphQLError['path']; requestId?: string } = {},
): GraphQLError {
  const { headers, path, requestId } = more;
  return new GraphQLError(message, {
    ...(path ? { path } : {}),
    extensions: { code, ...(requestId ? { requestId } : {}), http: { status, ...(headers ? { headers } : {}) } },
  });
}

/** `outer` is the GraphQL error that a refusal came in: it knows the path, or the variable that was refused. */
export function refusalOf({ code, message }: RequestError, outer?: GraphQLError): GraphQLError {
  return httpError(STATUS[code], code, outer?.message ?? message, { headers: HEADERS[code], path: outer?.path });
}
