import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type BatchDecision,
  type BatchState,
  decideSubmissions,
  type EntryRef,
  type EntryState,
  placeKey,
  placesConcerned,
  submissionKey,
} from '../../../src/domain/submissions/decideSubmissions.ts';
import { IdempotencyConflictError, NotFoundError, ScoreOutOfRangeError } from '../../../src/domain/errors.ts';
import type { EntryValue } from '../../../src/domain/leaderboards/standingOrder.ts';
import { SCORE_MAX } from '../../../src/domain/leaderboards/standingOrder.ts';
import type { NewSubmission } from '../../../src/domain/submissions/submission.ts';
import { aBoard } from '../samples.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const BOARDS = [
  aBoard({ id: 'best', cadences: ['DAILY', 'ALL_TIME'], minScore: -10, maxScore: 10 }),
  aBoard({ id: 'sum', operator: 'SUM', cadences: ['ALL_TIME'] }),
  aBoard({ id: 'latest', operator: 'LATEST', cadences: ['WEEKLY', 'MONTHLY'], sortOrder: 'ASCENDING' }),
  aBoard({ id: 'floor', minScore: 0 }),
  aBoard({ id: 'ceiling', maxScore: 10 }),
];

/** What a database would hold between batches. */
type World = { stored: BatchState['stored']; values: Map<string, EntryValue> };

const items = fc.array(
  fc.record({
    playerId: fc.constantFrom('ada', 'bea', 'nobody'),
    leaderboardId: fc.constantFrom('best', 'sum', 'latest', 'nowhere'),
    score: fc.oneof(fc.integer({ min: -12, max: 12 }), fc.constantFrom(SCORE_MAX, -SCORE_MAX)),
    idempotencyKey: fc.constantFrom('1', '2', '3', '4', '5'),
    metadata: fc.constantFrom(null, { level: 1 }),
  }),
  { maxLength: 12 },
);

test('a batch is decided as if each of its submissions had come alone', () => {
  fc.assert(
    fc.property(items, items, (earlier, batch) => {
      const start = afterwards(emptyWorld(), decide(earlier, emptyWorld()));
      const seqs = batch.map((_item, index) => 100 + index);
      const together = decide(batch, start, seqs);

      let world = start;
      const alone = batch.map((item, index) => {
        const decision = decide([item], world, [seqGivenTo(index, together)]);
        world = afterwards(world, decision);
        return decision;
      });
      expect(together.results).toEqual(alone.flatMap(({ results }) => results));
      expect(together.accepted).toEqual(alone.flatMap(({ accepted }) => accepted));
      expect(afterwards(start, together)).toEqual(world);
      expect(countNew(together)).toBe(alone.reduce((sum, decision) => sum + countNew(decision), 0));
    }),
    { numRuns: 500 },
  );
});

test('a submission that is refused changes nothing', () => {
  const decision = decide([
    aSubmission({ leaderboardId: 'nowhere' }),
    aSubmission({ playerId: 'nobody' }),
    aSubmission({ leaderboardId: 'best', score: 11 }),
  ]);
  expect(decision.results).toHaveLength(3);
  expect(decision.accepted).toEqual([]);
  expect(decision.changed).toEqual([]);
});

test('the same submission twice in a batch is accepted once and then replayed', () => {
  const { results, accepted } = decide([aSubmission(), aSubmission()], emptyWorld(), [7, 8]);
  expect(results).toMatchObject([
    { seq: 7, replayed: false },
    { seq: 7, replayed: true },
  ]);
  expect(accepted).toHaveLength(1);
});

test('a submission that was accepted earlier is replayed as it was', () => {
  const first = decide([aSubmission({ score: 5 })]);
  const world = afterwards(emptyWorld(), first);
  const later = afterwards(world, decide([aSubmission({ score: 9, idempotencyKey: 'better' })], world, [2]));
  const again = decide([aSubmission({ score: 5 })], later, [3]);
  expect(again.results).toEqual([{ ...first.accepted[0]?.submission, replayed: true }]);
  expect(again.accepted).toEqual([]);
  expect(again.changed).toEqual([]);
});

test.each([{ score: 6 }, { leaderboardId: 'sum' }, { metadata: { level: 2 } }, { leaderboardId: 'nowhere' }])(
  'a key that is used again with another %o is a conflict',
  (other) => {
    const { results, accepted } = decide([aSubmission(), aSubmission(other)]);
    expect(results[1]).toBeInstanceOf(IdempotencyConflictError);
    expect(accepted).toHaveLength(1);
  },
);

test('two players may use the same key', () => {
  const { accepted } = decide([aSubmission({ playerId: 'ada' }), aSubmission({ playerId: 'bea', score: 6 })]);
  expect(accepted).toHaveLength(2);
});

test('a refused submission leaves its key free for a later one', () => {
  const { results } = decide([
    aSubmission({ leaderboardId: 'best', score: 11 }),
    aSubmission({ leaderboardId: 'best', score: 10 }),
  ]);
  expect(results[0]).toBeInstanceOf(ScoreOutOfRangeError);
  expect(results[1]).toMatchObject({ score: 10, outcome: 'IMPROVED', replayed: false });
});

test('unknown boards and unknown players are told apart', () => {
  const { results } = decide([aSubmission({ leaderboardId: 'nowhere' }), aSubmission({ playerId: 'nobody' })]);
  expect(results).toEqual([
    new NotFoundError('There is no such leaderboard.'),
    new NotFoundError('There is no such player.'),
  ]);
});

test.each([
  ['best', 11, 'at least -10 and at most 10', { minScore: -10, maxScore: 10 }],
  ['best', -11, 'at least -10 and at most 10', { minScore: -10, maxScore: 10 }],
  ['floor', -1, 'at least 0', { minScore: 0, maxScore: null }],
  ['ceiling', 11, 'at most 10', { minScore: null, maxScore: 10 }],
])('board %s refuses %d and says that it takes scores of %s', (leaderboardId, score, wanted, limits) => {
  const { results } = decide([aSubmission({ leaderboardId, score })]);
  expect(results[0]).toBeInstanceOf(ScoreOutOfRangeError);
  expect(results[0]).toMatchObject({ message: `This board takes scores of ${wanted}.`, ...limits });
});

test('a score on the limit is taken', () => {
  const scores = [10, -10].map((score, index) =>
    aSubmission({ leaderboardId: 'best', score, idempotencyKey: String(index) }),
  );
  expect(decide(scores).accepted).toHaveLength(2);
});

test('a sum that would pass the limit is refused, and the next submission counts on', () => {
  const { results, changed } = decide([
    aSubmission({ leaderboardId: 'sum', score: SCORE_MAX, idempotencyKey: 'a' }),
    aSubmission({ leaderboardId: 'sum', score: 1, idempotencyKey: 'b' }),
    aSubmission({ leaderboardId: 'sum', score: -1, idempotencyKey: 'c' }),
  ]);
  expect(results[1]).toBeInstanceOf(ScoreOutOfRangeError);
  expect(results[1]).toMatchObject({ message: expect.stringContaining(String(SCORE_MAX)) });
  expect(changed).toMatchObject([{ orderKey: 1 - SCORE_MAX, isNew: true }]);
});

test('the outcome tells whether any period improved, and previous is the all-time entry before', () => {
  const yesterday = { orderKey: -9, reachedSeq: 1 };
  const known = emptyWorld();
  known.values.set(
    placeKey({ leaderboardId: 'best', cadence: 'ALL_TIME', periodKey: 'ALL', playerId: 'ada' }),
    yesterday,
  );
  const { results } = decide(
    [
      aSubmission({ leaderboardId: 'best', score: 5, idempotencyKey: 'a' }),
      aSubmission({ leaderboardId: 'best', score: 5, idempotencyKey: 'b' }),
      aSubmission({ leaderboardId: 'best', score: 10, idempotencyKey: 'c' }),
    ],
    known,
    [2, 3, 4],
  );
  expect(results).toMatchObject([
    { outcome: 'IMPROVED', previous: yesterday, entries: [{ orderKey: -5, reachedSeq: 2 }, yesterday] },
    { outcome: 'UNCHANGED', previous: yesterday, entries: [{ orderKey: -5, reachedSeq: 2 }, yesterday] },
    { outcome: 'IMPROVED', previous: yesterday, entries: [{ reachedSeq: 4 }, { reachedSeq: 4 }] },
  ]);
});

test('an accepted submission that improves nothing changes no entry', () => {
  const world = afterwards(emptyWorld(), decide([aSubmission({ score: 5 })]));
  const { accepted, changed } = decide([aSubmission({ score: 5, idempotencyKey: 'again' })], world, [2]);
  expect(accepted).toHaveLength(1);
  expect(changed).toEqual([]);
});

test('a first score has no entry before it, nor has any on a board without all time', () => {
  const { results } = decide([
    aSubmission({ leaderboardId: 'best', idempotencyKey: 'a' }),
    aSubmission({ leaderboardId: 'latest', idempotencyKey: 'b' }),
    aSubmission({ leaderboardId: 'latest', idempotencyKey: 'c' }),
  ]);
  expect(results).toMatchObject([{ previous: null }, { previous: null }, { previous: null }]);
});

test('only submissions that may be accepted concern places, each place once', () => {
  const batch = [
    aSubmission({ leaderboardId: 'best', idempotencyKey: 'a' }),
    aSubmission({ leaderboardId: 'best', idempotencyKey: 'b' }),
    aSubmission({ leaderboardId: 'best', playerId: 'bea', score: 11 }),
    aSubmission({ leaderboardId: 'nowhere' }),
    aSubmission({ leaderboardId: 'sum', playerId: 'nobody' }),
  ];
  expect(placesConcerned(batch, stateOf(emptyWorld(), []))).toEqual([
    { leaderboardId: 'best', cadence: 'DAILY', periodKey: '2026-11-21', playerId: 'ada' },
    { leaderboardId: 'best', cadence: 'ALL_TIME', periodKey: 'ALL', playerId: 'ada' },
  ]);
});

function aSubmission(facts: Partial<NewSubmission> = {}): NewSubmission {
  return { playerId: 'ada', leaderboardId: 'best', score: 5, idempotencyKey: 'key', metadata: null, ...facts };
}

function emptyWorld(): World {
  return { stored: new Map(), values: new Map() };
}

function stateOf(world: World, seqs: number[]): BatchState {
  const boards = new Map(BOARDS.map((board) => [board.id, board]));
  const tournaments = { tournaments: [], seats: new Map() };
  return { now: NOW, seqs, players: new Set(['ada', 'bea']), boards, stored: world.stored, tournaments };
}

function decide(
  batch: NewSubmission[],
  world = emptyWorld(),
  seqs = batch.map((_item, index) => index + 1),
): BatchDecision {
  const state = stateOf(world, seqs);
  const entries: EntryState = new Map(
    placesConcerned(batch, state).map((place) => {
      const key = placeKey(place);
      return [key, { periodId: periodIdOf(place), value: world.values.get(key) ?? null }];
    }),
  );
  return decideSubmissions(batch, state, entries);
}

function afterwards(world: World, decision: BatchDecision): World {
  const stored = new Map(world.stored);
  for (const { submission, source, payloadHash } of decision.accepted) {
    stored.set(submissionKey(source), { payloadHash, submission });
  }
  const places = decision.accepted.flatMap(({ submission: { leaderboardId, playerId, entries } }) =>
    entries.map(({ cadence, periodKey }) => ({ leaderboardId, playerId, cadence, periodKey })),
  );
  const values = new Map(world.values);
  for (const place of places) {
    const entry = decision.changed.find((one) => one.periodId === periodIdOf(place) && one.playerId === place.playerId);
    if (entry) values.set(placeKey(place), { orderKey: entry.orderKey, reachedSeq: entry.reachedSeq });
  }
  return { stored, values };
}

function periodIdOf({ leaderboardId, cadence }: EntryRef): number {
  return (
    BOARDS.findIndex(({ id }) => id === leaderboardId) * 10 +
    ['ALL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY'].indexOf(cadence)
  );
}

/** A refused submission gets a number that no other has: it must not turn up anywhere. */
function seqGivenTo(index: number, { results }: BatchDecision): number {
  const result = results[index];
  return result && 'seq' in result && !result.replayed ? result.seq : 1_000 + index;
}

function countNew({ changed }: BatchDecision): number {
  return changed.filter(({ isNew }) => isNew).length;
}
