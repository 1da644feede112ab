import { createSchema, createYoga } from 'graphql-yoga';
import { expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import { useEventIds } from '../../src/http/plugins/eventIds.ts';

/** The stream of a subscription whose source makes these events: with an id, without, or with an error. */
async function streamOf(events: ('error' | 'named' | 'nameless')[]): Promise<string[]> {
  const yoga = createYoga<object, Pick<Context, 'streamIds'>>({
    logging: false,
    context: { streamIds: { last: null, next: null } },
    plugins: [useEventIds()],
    schema: createSchema<Pick<Context, 'streamIds'>>({
      typeDefs: 'type Query { unused: Int } type Subscription { event: Event } type Event { kind: String }',
      resolvers: {
        Subscription: {
          event: {
            subscribe: async function* subscribe() {
              yield* events;
            },
            resolve: (kind: string, _args, { streamIds }) => {
              if (kind !== 'nameless') streamIds.next = '7';
              return { kind: () => (kind === 'error' ? Promise.reject(new Error('broken')) : kind) };
            },
          },
        },
      },
    }),
  });
  const query = encodeURIComponent('subscription { event { kind } }');
  const headers = { accept: 'text/event-stream' };
  const response = await yoga.fetch(`http://localhost/graphql?query=${query}`, { headers });
  const blocks = (await response.text()).split('\n\n').filter((block) => block.startsWith('event: '));
  return blocks.map((block) => (block.includes('"errors"') ? block.replace(/data: .*/, 'data: errors') : block));
}

test('an id is a line of its event, and the next event does not inherit it', async () => {
  expect(await streamOf(['named', 'nameless', 'named'])).toEqual([
    'event: next\ndata: {"data":{"event":{"kind":"named"}}}\nid: 7',
    'event: next\ndata: {"data":{"event":{"kind":"nameless"}}}',
    'event: next\ndata: {"data":{"event":{"kind":"named"}}}\nid: 7',
    'event: complete\ndata:',
  ]);
});

test('an event that tells an error has no id, and neither has the one after it', async () => {
  expect(await streamOf(['error', 'nameless'])).toEqual([
    'event: next\ndata: errors',
    'event: next\ndata: {"data":{"event":{"kind":"nameless"}}}',
    'event: complete\ndata:',
  ]);
});
