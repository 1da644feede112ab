import { buildSchema, type ExecutionArgs, GraphQLError, parse } from 'graphql';
import { expect, test, vi } from 'vitest';
import type { Context } from '../../../src/context.ts';
import type { Asker } from '../../../src/http/contextOf.ts';
import { currentRequestId } from '../../../src/http/requestScope.ts';
import { createSharedEvents } from '../../../src/http/streams/sharedEvents.ts';
import { heldBytes } from '../../setup/memory.ts';

type Event = { changed: Record<string, (args: unknown, context: Context) => unknown> };

const schema = buildSchema(`
  type Query { changed: Change }
  type Subscription { changed(after: Int): Change }
  type Change { value: Int read: Int own: String fails: Int asksFor(key: String): Int again(times: Int): Int }
`);

const askerOf = (playerId: string | null = null) =>
  ({ viewer: playerId === null ? null : { playerId }, requestId: `request of ${playerId}` }) as unknown as Asker;

/** A change with this value, whose fields say how often they were asked. */
function change(value: number) {
  const read = Promise.withResolvers<number>();
  const fields = {
    value: () => value,
    read: vi.fn((_args: unknown, context: Context) => {
      void context.database;
      return read.promise;
    }),
    own: vi.fn((_args: unknown, context: Context) => context.viewer?.playerId),
    fails: vi.fn(() => {
      throw new Error('broken');
    }),
    asksFor: ({ key }: { key: keyof Context }, context: Context) => Number(context[key] !== undefined),
    again: ({ times }: { times: number }) => times,
  };
  return { event: { changed: fields } as unknown as Event, fields, read };
}

function open({ isSharing = true } = {}) {
  const shared = createSharedEvents({
    contextOf: (asker) => ({ ...asker, database: {}, streamIds: { last: null, next: null } }) as unknown as Context,
    maskError: (error) => new GraphQLError((error as Error).message, { extensions: { by: currentRequestId() } }),
    isSharing,
  });
  const join = (text: string, { variables = {}, more = {} }: { variables?: object; more?: object } = {}) => {
    const args = { schema, document: parse(text), variableValues: variables, ...more } as ExecutionArgs;
    const { bytesOf, leave } = shared.join(args);
    return {
      leave,
      hear: async (event: Event, playerId: string | null = null) =>
        /** Nothing of the answer but its data, or its errors. */
        (({ data, errors }) => errors ?? data.changed)(
          JSON.parse(/data: (.*)/.exec(String(await bytesOf(event, askerOf(playerId))))?.[1] ?? '') as {
            data: { changed: unknown };
            errors?: unknown;
          },
        ),
    };
  };
  return { join, counts: shared.counts };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('those who hear of an event by the same document are told the same bytes, executed once, whenever they take it', async () => {
  const { join, counts } = open();
  const { event } = change(1);
  const text = 'subscription { changed { value } }';
  const hearing = [join(text), join(text), join(text)].map(({ hear }) => hear(event));
  expect(await Promise.all(hearing)).toEqual([{ value: 1 }, { value: 1 }, { value: 1 }]);
  await turn();
  expect(await join(text).hear(event)).toEqual({ value: 1 });
  expect(counts()).toEqual({ told: 4, executed: 1 });
});

test('each event is executed, and none is told in place of another', async () => {
  const { join, counts } = open();
  const [one, other] = [join('subscription { changed { value } }'), join('subscription { changed { value } }')];
  const [first, second] = [change(1), change(2)];
  // The other one has been slow.
  expect(await one.hear(first.event)).toEqual({ value: 1 });
  expect(await one.hear(second.event)).toEqual({ value: 2 });
  expect(await other.hear(first.event)).toEqual({ value: 1 });
  expect(counts()).toEqual({ told: 3, executed: 2 });
});

test.each([
  ['another document', 'subscription { changed { value again(times: 1) } }', {}, {}],
  ['another value of a variable', 'subscription ($n: Int) { changed { again(times: $n) } }', { n: 1 }, { n: 2 }],
  [
    'another value of a condition',
    'subscription ($n: Boolean!) { changed { value @skip(if: $n) again(times: 1) } }',
    { n: true },
    { n: false },
  ],
  [
    'another value for the subscription’s own condition',
    'subscription ($n: Boolean!) { changed @include(if: $n) { value } changed { value } }',
    { n: true },
    { n: false },
  ],
])('%s is executed by itself', async (_name, text, ours, theirs) => {
  const { join, counts } = open();
  const { event } = change(1);
  const other = text.includes('$') ? text : 'subscription { changed { value } }';
  const heard = await Promise.all([
    join(text, { variables: ours }).hear(event),
    join(other, { variables: theirs }).hear(event),
  ]);
  expect(counts()).toEqual({ told: 2, executed: 2 });
  const alone = open({ isSharing: false });
  expect(heard).toEqual([
    await alone.join(text, { variables: ours }).hear(event),
    await alone.join(other, { variables: theirs }).hear(event),
  ]);
});

test('another operation of the document is executed by itself', async () => {
  const { join, counts } = open();
  const { event } = change(1);
  const text = 'subscription A { changed { value } } subscription B { changed { again(times: 3) } }';
  const [a, b] = [join(text, { more: { operationName: 'A' } }), join(text, { more: { operationName: 'B' } })];
  expect(await Promise.all([a.hear(event), b.hear(event)])).toEqual([{ value: 1 }, { again: 3 }]);
  expect(counts().executed).toBe(2);
});

test('variables that only the subscription itself has taken do not divide its subscribers', async () => {
  const { join, counts } = open();
  const { event } = change(1);
  const text = 'subscription ($after: Int) { changed(after: $after) { value } }';
  await Promise.all([1, 2, null].map((after) => join(text, { variables: { after } }).hear(event)));
  expect(counts()).toEqual({ told: 3, executed: 1 });
});

test('what is the viewer’s own is told to nobody else, from the first event on', async () => {
  const { join, counts } = open();
  const text = 'subscription { changed { value own } }';
  const viewers = ['ada', 'bea', 'ada', null];
  const streams = viewers.map(() => join(text));
  for (const value of [1, 2]) {
    const { event } = change(value);
    const heard = await Promise.all(streams.map(({ hear }, index) => hear(event, viewers[index])));
    expect(heard).toEqual(viewers.map((own) => ({ value, own })));
  }
  expect(counts()).toEqual({ told: 8, executed: 8 });
});

test.each(['viewer', 'sessions', 'tokens', 'requestId', 'onClosed', 'anything that is added'])(
  'an execution that asks for %s is the asker’s alone',
  async (key) => {
    const { join, counts } = open();
    const { event } = change(1);
    const text = 'subscription ($key: String) { changed { asksFor(key: $key) } }';
    const streams = ['ada', 'bea'].map(() => join(text, { variables: { key } }));
    await Promise.all(streams.map(({ hear }) => hear(event)));
    expect(counts().executed).toBe(2);
  },
);

test('what is read for an event is read once for those who hear of it together, and anew for who takes it later', async () => {
  const { join } = open();
  const { event, fields, read } = change(1);
  const text = 'subscription { changed { read } }';
  const streams = [join(text), join(text), join(text)] as const;
  const together = [streams[0].hear(event), streams[1].hear(event)];
  await turn();
  // The read of the others is under way.
  const later = streams[2].hear(event);
  expect(fields.read).toHaveBeenCalledOnce();
  read.resolve(7);
  expect(await Promise.all([...together, later])).toEqual([{ read: 7 }, { read: 7 }, { read: 7 }]);
  expect(fields.read).toHaveBeenCalledTimes(2);
  await turn();
  await streams[0].hear(event);
  expect(fields.read).toHaveBeenCalledTimes(3);
});

test('errors are told to those who met them, and to nobody who comes when they are over', async () => {
  const { join, counts } = open();
  const { event, fields } = change(1);
  const text = 'subscription { changed { fails } }';
  const together = await Promise.all([join(text).hear(event, 'ada'), join(text).hear(event, 'bea')]);
  expect(together).toEqual([together[0], together[0]]);
  expect(together[0]).toMatchObject([{ message: 'broken', extensions: { by: 'request of ada' } }]);
  await turn();
  fields.fails.mockReturnValue(5 as never);
  expect(await join(text).hear(event)).toEqual({ fails: 5 });
  expect(counts().executed).toBe(2);
});

test('errors of one document do nothing to another', async () => {
  const { join } = open();
  const { event } = change(1);
  const heard = [join('subscription { changed { fails } }'), join('subscription { changed { value } }')];
  expect(await Promise.all(heard.map(({ hear }) => hear(event)))).toEqual([
    [expect.objectContaining({ message: 'broken' })],
    { value: 1 },
  ]);
});

test('when who began an execution has gone, the others are told all the same', async () => {
  const { join } = open();
  const { event, read } = change(1);
  const text = 'subscription { changed { read } }';
  const [first, second] = [join(text), join(text)];
  void first.hear(event);
  const hearing = second.hear(event);
  first.leave();
  read.resolve(7);
  expect(await hearing).toEqual({ read: 7 });
});

test('when all have left, nothing is remembered', async () => {
  const { join, counts } = open();
  const { event } = change(1);
  const text = 'subscription { changed { value } }';
  const streams = [join(text), join(text)];
  for (const { hear } of streams) await hear(event);
  for (const { leave } of streams) leave();
  await join(text).hear(event);
  expect(counts()).toEqual({ told: 3, executed: 2 });
});

test('nothing of the request that came first is retained for the others', async () => {
  const { join } = open();
  const asked = { contextValue: {}, rootValue: {} };
  const gone = new WeakRef(asked.contextValue);
  const text = 'subscription { changed { value } }';
  join(text, { more: asked });
  const other = join(text);
  Object.assign(asked, { contextValue: null });
  await turn();
  heldBytes();
  expect(gone.deref()).toBeUndefined();
  expect(await other.hear(change(1).event)).toEqual({ value: 1 });
});
