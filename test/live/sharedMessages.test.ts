import * as fc from 'fast-check';
import { type ExecutionArgs, parse } from 'graphql';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Core } from '../../src/context.ts';
import type { Standing } from '../../src/domain/leaderboards/standing.ts';
import { type Asker, contextOf } from '../../src/http/contextOf.ts';
import { createSharedEvents } from '../../src/http/streams/sharedEvents.ts';
import { createBoardFeed } from '../../src/live/boardFeed.ts';
import type { StandingsReader } from '../../src/mirror/standingsReader.ts';
import { createLocalTopics } from '../../src/domain/topics.ts';
import { schema } from '../../src/schema/index.ts';
import { aBoard, standingsOf } from '../domain/samples.ts';
import { fakeBoard } from './fakeBoard.ts';
import { startClock } from './watchedBoard.ts';

beforeEach(startClock);
afterEach(() => void vi.useRealTimers());

const ARGUMENTS = 'game: "g", slug: "s", top: $top, afterRevision: $after';
const DOCUMENTS = [
  `revision at snapshot totalCount standings { rank score percentile metadata player { id nickname } }
   moves { kind fromRank toRank fromScore toScore player { id nickname } }`,
  'snapshot leaderboard { name } standings { dense: rank(style: DENSE) player { nickname } }',
  // What is read when the event is told, not when it happened.
  'revision snapshot leaderboard { name standings(first: 2) { totalCount revision edges { node { score } } } }',
].map((fields) =>
  parse(`subscription ($top: Int, $after: SafeInt) { leaderboardChanged(${ARGUMENTS}) { ${fields} } }`),
);

/** So many begin to listen. */
type Listening = { kind: 'listen'; count: number; document: number; top: number; isSlow: boolean; resumes: boolean };
type Operation =
  | Listening
  | { kind: 'edit board' | 'find stores' | 'lose stores' | 'start period'; isUnheard?: boolean }
  | { kind: 'leave' | 'read on'; listener: number }
  | { kind: 'pass'; ms: number }
  | { kind: 'remove' | 'rename'; player: number; isUnheard?: boolean }
  | { kind: 'submit'; player: number; score: number; isUnheard?: boolean };

const kinds = <Kind extends string>(...some: Kind[]) => fc.constantFrom(...some);
const player = fc.nat({ max: 5 });
const which = fc.nat({ max: 19 });
const isUnheard = fc.nat({ max: 4 }).map((chance) => chance === 0);
const operations = fc.array(
  fc.oneof<fc.WeightedArbitrary<Operation>[]>(
    {
      weight: 8,
      arbitrary: fc.record({ kind: kinds('submit'), player, score: fc.integer({ min: 1, max: 9 }), isUnheard }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: kinds('listen'),
        count: fc.integer({ min: 1, max: 4 }),
        document: fc.nat({ max: DOCUMENTS.length - 1 }),
        top: fc.constantFrom(1, 3),
        isSlow: fc.boolean(),
        resumes: fc.boolean(),
      }),
    },
    { weight: 8, arbitrary: fc.record({ kind: kinds('pass'), ms: fc.constantFrom(0, 1, 99, 100, 1_500, 6_000) }) },
    { weight: 4, arbitrary: fc.record({ kind: kinds('leave', 'read on', 'read on'), listener: which }) },
    { weight: 2, arbitrary: fc.record({ kind: kinds('remove', 'rename'), player, isUnheard }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: kinds('edit board', 'lose stores', 'find stores', 'start period'), isUnheard }),
    },
  ),
  { minLength: 10, maxLength: 60 },
);

/** A board that the operations change, and its feed. */
function openBoard() {
  const fake = fakeBoard('DAILY');
  const topics = createLocalTopics();
  const names: Record<string, string> = {};
  let scores: Record<string, number> = {};
  let edits = 0;
  let day = 21;
  const withNames = (row: Standing) => ({ ...row, player: { ...row.player, nickname: names[row.player.id] ?? 'P' } });
  const top: StandingsReader['top'] = async (...asked) => {
    const leaderboard = aBoard({ name: `Board ${edits}`, cadences: ['ALL_TIME', 'DAILY'] });
    const reading = fake.reader.top(...asked);
    const rows = (await reading).rows.map(withNames);
    return { ...(await reading), leaderboard, rows };
  };
  const pages: StandingsReader['pages'] = (queries) => Promise.all(queries.map(() => top('board', 'DAILY', 2)));
  const reader = { ...fake.reader, top, pages };
  const setScores = (next: Record<string, number>) => {
    scores = next;
    fake.setRows(standingsOf(Object.fromEntries(Object.entries(next).toSorted(([, a], [, b]) => b - a))));
  };
  const operate = (operation: Operation) => {
    if (operation.kind === 'submit') setScores({ ...scores, [operation.player]: operation.score });
    if (operation.kind === 'remove') setScores(without(scores, String(operation.player)));
    if (operation.kind === 'rename') names[operation.player] = `P ${Object.keys(names).length}`;
    if (operation.kind === 'edit board') edits += 1;
    if (operation.kind === 'lose stores') fake.isBroken = true;
    if (operation.kind === 'find stores') fake.isBroken = false;
    if (operation.kind === 'start period') {
      scores = {};
      fake.startPeriod(`2026-11-${(day += 1)}`);
    }
    if (!('isUnheard' in operation && operation.isUnheard)) topics.publish('board');
  };
  return { operate, reader, feed: createBoardFeed({ reader, topics, log: { error: () => {} } }) };
}

const without = (scores: Record<string, number>, id: string) =>
  Object.fromEntries(Object.entries(scores).filter(([key]) => key !== id));

type Message = { data?: { leaderboardChanged: { revision?: number; snapshot?: boolean } }; errors?: unknown };
type Listener = { messages: Message[]; readOn(): void; leave(): void };

/** Tells each listener every event twice, shared with the others and for the listener alone, and compares. */
function openTelling({ reader, feed }: ReturnType<typeof openBoard>) {
  const options = {
    contextOf: (asker: Asker) => contextOf({ reader, boards: {} } as unknown as Core, asker),
    maskError: (error: unknown) => error as Error,
  };
  const shared = createSharedEvents(options);
  const alone = createSharedEvents({ ...options, isSharing: false });
  const asker = {
    viewer: null,
    requestId: 'request',
    onClosed: () => {},
    abandoned: () => new AbortController().signal,
    abandon: () => {},
  };

  const listen = ({ document, top, isSlow }: Listening, afterRevision: number | null): Listener => {
    const args = { schema, document: DOCUMENTS[document], variableValues: { top, after: afterRevision } };
    const subscriptions = [shared, alone].map((events) => events.join(args as ExecutionArgs));
    const stream = feed.watchTop('board', 'DAILY', { top, afterRevision });
    const messages: Message[] = [];
    let reading = Promise.withResolvers<void>();
    const follow = async () => {
      for await (const event of stream) {
        const told = await Promise.all(subscriptions.map(async ({ bytesOf }) => bytesOf(event, asker)));
        const [bytes = '', own] = told.map(String);
        if (bytes !== own) throw new Error(`shared: ${bytes}\nalone: ${own}`);
        messages.push(JSON.parse(/data: (.*)/.exec(bytes)?.[1] ?? '') as Message);
        if (isSlow) await reading.promise;
        reading = Promise.withResolvers();
      }
    };
    const following = follow();
    followed.push(following);
    return {
      messages,
      readOn: () => reading.resolve(),
      leave: () => {
        reading.resolve();
        void stream.return?.();
        for (const { leave } of subscriptions) leave();
      },
    };
  };
  const followed: Promise<void>[] = [];
  return { listen, followed, counts: shared.counts };
}

test(
  'whatever happens to a board and to its listeners, they are told the same with shared executions and without',
  { timeout: 120_000 },
  async () => {
    const counts = { told: 0, executed: 0 };
    await fc.assert(
      fc.asyncProperty(operations, async (given) => {
        const board = openBoard();
        const telling = openTelling(board);
        const listeners: Listener[] = [];
        for (const operation of given) {
          if (operation.kind === 'listen') {
            const held = listeners.at(-1)?.messages.at(-1)?.data?.leaderboardChanged.revision ?? null;
            for (let joined = 0; joined < operation.count; joined += 1)
              listeners.push(telling.listen(operation, operation.resumes ? held : null));
          } else if (operation.kind === 'pass') await vi.advanceTimersByTimeAsync(operation.ms);
          else if (operation.kind === 'read on') listeners[operation.listener]?.readOn();
          else if (operation.kind === 'leave') listeners[operation.listener]?.leave();
          else board.operate(operation);
        }
        board.operate({ kind: 'find stores' });
        await vi.advanceTimersByTimeAsync(6_000);
        for (const listener of listeners) listener.leave();
        await vi.advanceTimersByTimeAsync(1_000);
        await Promise.all(telling.followed);
        for (const { messages } of listeners) expectEachOnce(messages);
        board.feed.close();
        counts.told += telling.counts().told;
        counts.executed += telling.counts().executed;
      }),
      { numRuns: 150 },
    );
    // Else nothing has been compared.
    expect(counts.told).toBeGreaterThan(counts.executed * 1.5);
  },
);

/** Fails unless revisions only rise, but for the snapshot of a new period, which has the revision of the one before. */
function expectEachOnce(messages: Message[]): void {
  let last = -1;
  for (const { data } of messages) {
    const { revision = last + 1, snapshot } = data?.leaderboardChanged ?? {};
    expect(revision).toBeGreaterThan(snapshot ? last - 1 : last);
    last = revision;
  }
}
