import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { badInput } from '../../domain/errors.ts';
import { requireText } from '../../domain/exactValues.ts';
import { parseExactJson } from '../exactJson.ts';
import { httpError } from '../httpError.ts';
import { accepts, EVENT_STREAM, JSON_TYPES } from '../mediaTypes.ts';

/** How long a body that is too large is still read, and thrown away. */
const LINGER_MS = 500;

/**
 * Reads GraphQL requests over HTTP in the two forms that are safe: POST with `application/json`, which a foreign page
 * cannot send without asking first, and GET, which can only read. Everything else is refused with the reason.
 */
export function useStrictRequests({ bodyBytesMax }: { bodyBytesMax: number }): Plugin {
  return {
    onRequestParse({ request, setRequestParser }) {
      requireAcceptable(request, [...JSON_TYPES, EVENT_STREAM]);
      if (request.method === 'GET') setRequestParser(paramsOfUrl);
      if (request.method === 'POST') {
        requireJson(request);
        setRequestParser(async () => paramsOf(parseExactJson(await readBody(request, bodyBytesMax))));
      }
    },
    onSubscribe({ args }) {
      const { request } = args.contextValue as { request: Request };
      requireAcceptable(request, [EVENT_STREAM]);
    },
  };
}

/** Before anything is done: an answer that the client would not take must not have changed anything. */
function requireAcceptable(request: Request, offered: string[]): void {
  if (accepts(request, offered)) return;
  throw httpError(
    406,
    'NOT_ACCEPTABLE',
    `The answer comes as ${offered.join(' or ')}; the Accept header allows neither.`,
  );
}

function requireJson({ headers }: Request): void {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';');
  if (type.trim() !== 'application/json') {
    throw httpError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the request as Content-Type: application/json.');
  }
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  if (charset && !/^charset="?utf-8"?$/.test(charset)) {
    throw httpError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the request in UTF-8.');
  }
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity') {
    throw httpError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the request body without Content-Encoding.');
  }
}

/** The body as text. A declared length is enforced by the HTTP parser; without one, the bytes are counted as they come. */
async function readBody(request: Request, bodyBytesMax: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Not `for await`: leaving its loop would destroy the connection before the refusal is told.
  const reader = request.body?.getReader();
  const refuse = async () => {
    await discard(reader);
    throw tooLarge(bodyBytesMax);
  };
  if (Number(request.headers.get('content-length')) > bodyBytesMax) await refuse();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > bodyBytesMax) await refuse();
    chunks.push(part.value);
  }
  return decodeBody(Buffer.concat(chunks));
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Throws RequestError BAD_USER_INPUT for bytes that are no UTF-8. */
export function decodeBody(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw badInput('The request body is not valid UTF-8.');
  }
}

/** A client whose connection is closed while it still writes is told of a reset in place of the refusal. */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), LINGER_MS);
  });
  let part;
  do part = await Promise.race([reader?.read(), late]);
  while (part?.value);
  clearTimeout(timer);
}

function tooLarge(bodyBytesMax: number) {
  return httpError(413, 'BODY_TOO_LARGE', `The request body is larger than ${bodyBytesMax} bytes.`, {
    headers: { Connection: 'close' },
  });
}

function paramsOfUrl(request: Request): GraphQLParams {
  const { searchParams } = new URL(request.url, 'http://localhost');
  const json = (name: string) => {
    const text = searchParams.get(name);
    return text === null || text === '' ? undefined : parseExactJson(text);
  };
  return paramsOf({
    query: searchParams.get('query') ?? undefined,
    operationName: searchParams.get('operationName') ?? undefined,
    variables: json('variables'),
    extensions: json('extensions'),
  });
}

/** Checks the form of a request, as JSON or from its URL. Throws RequestError BAD_USER_INPUT. */
export function paramsOf(value: unknown): GraphQLParams {
  if (Array.isArray(value)) throw badInput('Send one operation a request; batches are not taken.');
  if (!isObject(value)) throw badInput('The request body must be a JSON object with the field `query`.');
  const { query, operationName, variables, extensions } = value;
  if (typeof query !== 'string') throw badInput('`query` must be a string: the GraphQL document.');
  requireText(query);
  if (operationName != null && typeof operationName !== 'string') throw badInput('`operationName` must be a string.');
  if (variables != null && !isObject(variables)) throw badInput('`variables` must be an object.');
  if (extensions != null && !isObject(extensions)) throw badInput('`extensions` must be an object.');
  const params: GraphQLParams = { query };
  if (operationName != null) params.operationName = operationName;
  if (variables != null) params.variables = variables;
  if (extensions != null) params.extensions = extensions;
  return params;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
