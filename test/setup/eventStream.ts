import type { TypedDocumentString } from '../generated/graphql.ts';

export type EventStream<Data> = {
  status: number;
  type: string | null;
  /** The data of the `next` events so far. */
  heard: Data[];
  /** The `id:` of each `next` event so far, null where there was none. */
  ids: (string | null)[];
  /** The kinds of lines so far, in order: `next`, `complete`, `retry`, and `:` for a comment. */
  lines: string[];
  /** Whether the server has ended the stream. */
  isEnded(): boolean;
  /** When the server last asked to come back, in ms. */
  retryMs(): number | null;
  leave(): void;
};

/** Listens as the browser's own EventSource does, with GET and without a client library; or with POST. */
export async function openStream<Data, Variables>(
  url: string,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  { method = 'GET', lastEventId, token }: { method?: 'GET' | 'POST'; lastEventId?: string | null; token?: string } = {},
): Promise<EventStream<Data>> {
  const leaving = new AbortController();
  const params = { query: document.toString(), variables: JSON.stringify(variables) };
  const response = await fetch(
    method === 'GET' ? `${url}/graphql?${new URLSearchParams(params).toString()}` : `${url}/graphql`,
    {
      method,
      headers: {
        accept: 'text/event-stream',
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(lastEventId == null ? {} : { 'last-event-id': lastEventId }),
      },
      signal: leaving.signal,
      ...(method === 'POST' ? { body: JSON.stringify({ query: params.query, variables }) } : {}),
    },
  );
  const heard: Data[] = [];
  const ids: (string | null)[] = [];
  const lines: string[] = [];
  let isEnded = false;
  let retryMs: number | null = null;
  const read = async () => {
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        if (block.startsWith(':')) lines.push(':');
        const [, event] = /^event: (.*)$/m.exec(block) ?? [];
        const [, data] = /^data: (.+)$/m.exec(block) ?? [];
        const [, retry] = /^retry: (\d+)$/m.exec(block) ?? [];
        if (retry) retryMs = Number(retry);
        if (event ?? retry) lines.push(event ?? 'retry');
        if (event !== 'next' || !data) continue;
        ids.push(/^id: (.*)$/m.exec(block)?.[1] ?? null);
        heard.push((JSON.parse(data) as { data: Data }).data);
      }
    }
    isEnded = true;
  };
  read().catch(() => {
    // Leaving ends the reading with an error.
    isEnded = true;
  });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    heard,
    ids,
    lines,
    isEnded: () => isEnded,
    retryMs: () => retryMs,
    leave: () => leaving.abort(),
  };
}
