import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ExecutionResult, getOperationAST, type GraphQLError, OperationTypeNode } from 'graphql';
import { type GraphQLParams, type Plugin, processRegularResult, type YogaServerInstance } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { type Cors, corsHead } from './cors.ts';
import { parseExactJson } from './exactJson.ts';
import { decodeBody, paramsOf } from './plugins/strictRequests.ts';
import { attachBody, readBody } from './requestBody.ts';

type NodeContext = { req: IncomingMessage; res: ServerResponse };
type Yoga = YogaServerInstance<NodeContext, Context>;
type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

const JSON_TYPE = /^application\/json(; ?charset=utf-8)?$/i;
/** What most clients accept, and the form of the answer that Yoga chooses for it. */
const ANSWER_TYPES = new Map<string | undefined, string>([
  [undefined, 'application/json'],
  ['*/*', 'application/json'],
  ['application/json', 'application/json'],
  ['application/json, text/plain, */*', 'application/json'],
  ['application/graphql-response+json', 'application/graphql-response+json'],
  ['application/graphql-response+json, application/json', 'application/graphql-response+json'],
  ['application/graphql-response+json, */*;q=0.1', 'application/graphql-response+json'],
  ['application/graphql-response+json,application/json;q=0.9', 'application/graphql-response+json'],
]);

/**
 * Answers queries and mutations that come as plain JSON with Yoga's own engine, and with all that its plugins do around
 * parsing, validation, context, execution and result: what is left out is the way through Fetch requests and responses. Whatever is
 * refused before it is executed, and everything else, is left to Yoga, which says why.
 */
export function createPlainPosts(options: {
  yoga: Yoga;
  /** Those that Yoga has, for what they do with results. */
  plugins: Plugin<Context>[];
  cors: Cors;
  maskError: (error: unknown) => Error;
  bodyBytesMax: number;
}): Handler {
  const { yoga, plugins, cors, maskError, bodyBytesMax } = options;
  const resultHooks = plugins.flatMap(({ onExecutionResult }) => onExecutionResult ?? []);

  const answer = async (req: IncomingMessage, res: ServerResponse, mediaType: string): Promise<void> => {
    const body = await readBody(req);
    if (!body) return;
    const params = paramsOrNull(body);
    const prepared = params && (await prepare(yoga, params, { req, res }));
    if (!prepared) {
      await yoga(attachBody(req, body), res);
      return;
    }
    const allowed = corsHead(cors(requestOf(req) as Request));
    const result = await executeOrMask(prepared.execute);
    if (result.errors === undefined && result.extensions === undefined) {
      write(res, {
        status: 200,
        head: { 'Content-Type': `${mediaType}; charset=utf-8`, ...allowed },
        text: JSON.stringify(result),
      });
      return;
    }
    const told = await afterHooks(result, prepared.context);
    const response = processRegularResult(told, yoga.fetchAPI, mediaType);
    write(res, {
      status: response.status,
      head: { ...Object.fromEntries(response.headers), ...allowed },
      text: await response.text(),
    });
  };

  const executeOrMask = async (execute: () => unknown): Promise<ExecutionResult> => {
    try {
      return (await execute()) as ExecutionResult;
    } catch (error) {
      return { errors: errorsOf(error).map(maskError) as GraphQLError[] };
    }
  };

  const afterHooks = async (result: ExecutionResult, context: Context): Promise<ExecutionResult> => {
    let told = result;
    const { request } = context as unknown as { request: Request };
    const setResult = (next: unknown) => (told = next as ExecutionResult);
    for (const hook of resultHooks) await hook({ request, result: told, setResult, context } as never);
    return told;
  };

  return (request, response) => {
    const mediaType = isPlain(request, bodyBytesMax) ? ANSWER_TYPES.get(request.headers.accept) : undefined;
    if (mediaType === undefined) void yoga(request, response);
    else answer(request, response, mediaType).catch((error: unknown) => response.destroy(error as Error));
  };
}

function isPlain({ method, url, headers }: IncomingMessage, bodyBytesMax: number): boolean {
  const length = Number(headers['content-length']);
  return (
    method === 'POST' &&
    url === '/graphql' &&
    length > 0 &&
    length <= bodyBytesMax &&
    JSON_TYPE.test(headers['content-type'] ?? '') &&
    headers['content-encoding'] === undefined &&
    headers['access-control-request-headers'] === undefined
  );
}

function paramsOrNull(body: Buffer): GraphQLParams | null {
  try {
    return paramsOf(parseExactJson(decodeBody(body)));
  } catch {
    return null;
  }
}

type Prepared = { context: Context; execute: () => unknown };

/** Everything that comes before execution, which may be done again. Null for what cannot be executed, or not here. */
async function prepare(yoga: Yoga, params: GraphQLParams, node: NodeContext): Promise<Prepared | null> {
  const engine = yoga.getEnveloped({ ...node, params, request: requestOf(node.req) } as never);
  try {
    const document = engine.parse(params.query ?? '');
    const kind = getOperationAST(document, params.operationName)?.operation;
    if (kind !== OperationTypeNode.QUERY && kind !== OperationTypeNode.MUTATION) return null;
    if (engine.validate(engine.schema, document).length > 0) return null;
    const contextValue = (await engine.contextFactory()) as Context;
    const { schema } = engine;
    const { variables: variableValues, operationName } = params;
    return {
      context: contextValue,
      execute: () => engine.execute({ schema, document, contextValue, variableValues, operationName }) as unknown,
    };
  } catch {
    return null;
  }
}

/** What Laurel's own plugins and context ask of a Fetch request. */
function requestOf({ method, headers }: IncomingMessage) {
  return { method, headers: { get: (name: string) => headers[name] ?? null } };
}

/** As Yoga tells what is thrown around an execution. */
function errorsOf(error: unknown): unknown[] {
  return error instanceof AggregateError ? error.errors.flatMap(errorsOf) : [error];
}

function write(
  response: ServerResponse,
  { status, head, text }: { status: number; head: Record<string, string>; text: string },
): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...head, 'Content-Length': Buffer.byteLength(text) }).end(text);
}
