/** GraphQL over plain fetch, as any client would send it. */
export type Client = {
  /** The `data` of the answer. Throws RequestFailure. */
  send<Data>(document: string, variables: Record<string, unknown>, token?: string): Promise<Data>;
};

/** No answer, or one that refuses the whole request. `isTemporary`: the same request may succeed later. */
export class RequestFailure extends Error {
  readonly isTemporary: boolean;
  readonly retryAfterMs: number;

  constructor(message: string, { isTemporary, retryAfterMs = 0 }: { isTemporary: boolean; retryAfterMs?: number }) {
    super(message);
    this.isTemporary = isTemporary;
    this.retryAfterMs = retryAfterMs;
  }
}

type Answer = { data?: unknown; errors?: { message: string }[] };

const ANSWER_DEADLINE_MS = 5_000;
const TOO_MANY_REQUESTS = 429;

/** `signal` gives up on everything that is still waiting for an answer. */
export function createClient(url: string, signal: AbortSignal): Client {
  return {
    send: async <Data>(query: string, variables: Record<string, unknown>, token?: string) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_DEADLINE_MS)]),
      }).catch((error: Error & { cause?: { code?: string } }) => {
        throw new RequestFailure(`no answer: ${error.cause?.code ?? error.message}`, { isTemporary: true });
      });
      return dataOf(response, await readAnswer(response)) as Data;
    },
  };
}

async function readAnswer(response: Response): Promise<Answer> {
  try {
    return (await response.json()) as Answer;
  } catch {
    // Cut off, or an error page of something that stands between.
    throw new RequestFailure(`an answer with status ${response.status} that is no JSON`, { isTemporary: true });
  }
}

function dataOf({ status, headers }: Response, { data, errors }: Answer): unknown {
  if (data && !errors) return data;
  throw new RequestFailure(errors?.[0]?.message ?? `an answer with status ${status} and no data`, {
    isTemporary: status >= 500 || status === TOO_MANY_REQUESTS,
    retryAfterMs: Number(headers.get('retry-after') ?? 0) * 1_000 || 0,
  });
}
