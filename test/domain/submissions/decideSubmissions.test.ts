import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type BatchDecision,
  type BatchState,
  decideSubmissions,
  type EntryRef,
  type EntryState,
  entryKey,
  entriesConcerned,
  playsKey,
  submissionKey,
} from '../../../src/domain/submissions/decideSubmissions.ts';
import {
  IdempotencyConflictError,
  NotFoundError,
  PeriodOverError,
  ScoreOutOfRangeError,
  ValidationError,
} from '../../../src/domain/errors.ts';
import type { EntryValue } from '../../../src/domain/leaderboards/standingOrder.ts';
import { SCORE_MAX } from '../../../src/domain/leaderboards/standingOrder.ts';
import { periodAt } from '../../../src/domain/leaderboards/period.ts';
import type { NewSubmission, Submission } from '../../../src/domain/submissions/submission.ts';
import type { Tournament } from '../../../src/domain/tournaments/tournament.ts';
import { aBoard, aTournament } from '../samples.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const BOARDS = [
  aBoard({ id: 'best', cadences: ['DAILY', 'ALL_TIME'], minScore: -10, maxScore: 10 }),
  aBoard({ id: 'sum', operator: 'SUM', cadences: ['ALL_TIME'] }),
  aBoard({ id: 'latest', operator: 'LATEST', cadences: ['WEEKLY', 'MONTHLY'], sortOrder: 'ASCENDING' }),
  aBoard({ id: 'floor', minScore: 0 }),
  aBoard({ id: 'ceiling', maxScore: 10 }),
  aBoard({ id: 'late', cadences: ['ALL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY'], graceS: 13 * 3_600 }),
];

/** What a database would hold between batches. */
type World = Pick<BatchState, 'lastPlays' | 'stored'> & { values: Map<string, EntryValue> };

const items = fc.array(
  fc.record({
    playerId: fc.constantFrom('ada', 'bea', 'nobody'),
    leaderboardId: fc.constantFrom('best', 'sum', 'latest', 'late', 'nowhere'),
    score: fc.oneof(fc.integer({ min: -12, max: 12 }), fc.constantFrom(SCORE_MAX, -SCORE_MAX)),
    idempotencyKey: fc.constantFrom('1', '2', '3', '4', '5'),
    metadata: fc.constantFrom(null, { level: 1 }),
    playedAt: fc.constantFrom(null, NOW, hoursAgo(-1), hoursAgo(1), hoursAgo(13), hoursAgo(24 * 40)),
    isImport: fc.boolean(),
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
      for (const { submission, source } of together.accepted) requireOwnPeriods(submission, source);
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

test.each([
  { score: 6 },
  { leaderboardId: 'sum' },
  { metadata: { level: 2 } },
  { leaderboardId: 'nowhere' },
  { playedAt: NOW },
])('a key that is used again with another %o is a conflict', (other) => {
  const { results, accepted } = decide([aSubmission(), aSubmission(other)]);
  expect(results[1]).toBeInstanceOf(IdempotencyConflictError);
  expect(accepted).toHaveLength(1);
});

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
    entryKey({ leaderboardId: 'best', cadence: 'ALL_TIME', periodKey: 'ALL', playerId: 'ada' }),
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

test('a play counts in the periods that it ended in, as long as the board waits for it', () => {
  const midnight = new Date('2026-11-21T00:00:00Z');
  const playedAt = new Date(midnight.getTime() - 1);
  const { results, changed } = decide([aSubmission({ leaderboardId: 'late', playedAt })]);
  expect(results).toMatchObject([
    {
      submittedAt: NOW,
      playedAt,
      entries: [{ periodKey: 'ALL' }, { periodKey: '2026-11-20' }, { periodKey: '2026-W47' }, { periodKey: '2026-11' }],
    },
  ]);
  expect(changed).toHaveLength(4);
  const [refused] = decide([aSubmission({ leaderboardId: 'best', playedAt })]).results;
  expect(refused).toBeInstanceOf(PeriodOverError);
  expect(refused).toMatchObject({
    acceptedUntil: midnight,
    message: expect.stringMatching(/DAILY 2026-11-20.* until 2026-11-21T00:00:00.000Z/),
  });
});

test('the wait of a board ends to the millisecond', () => {
  const board = { leaderboardId: 'late', playedAt: new Date('2026-11-20T23:00:00Z') };
  const until = new Date('2026-11-21T13:00:00Z');
  const at = (now: Date) => decideAt(now, [aSubmission(board)]).results[0];
  expect(at(new Date(until.getTime() - 1))).toMatchObject({ outcome: 'IMPROVED' });
  expect(at(until)).toMatchObject({ code: 'PERIOD_OVER', acceptedUntil: until });
});

const CUP = aTournament({
  leaderboardId: 'best',
  startsAt: new Date('2026-11-20T00:00:00Z'),
  endsAt: new Date('2026-11-21T00:00:00Z'),
  graceS: 13 * 3_600,
});

function decideInCup(given: Partial<Tournament>, item: Partial<NewSubmission> = {}, now = NOW): BatchDecision {
  const tournaments = { tournaments: [{ ...CUP, ...given }], entries: new Map() };
  const play = aSubmission({ playedAt: new Date('2026-11-20T23:59:59.999Z'), ...item });
  return decideFrom({ ...stateOf(emptyWorld(), [1]), now, tournaments }, emptyWorld(), [play]);
}

test('a play that its tournament awaits counts in it and in the periods that are not over, and in none that is', () => {
  const decision = decideInCup({});
  expect(decision.results).toMatchObject([
    { outcome: 'IMPROVED', attempts: [{ number: 1 }], entries: [{ cadence: 'ALL_TIME', orderKey: -5 }] },
  ]);
  expect(decision.changed).toHaveLength(1);
  expect(decision.tournamentEntries).toMatchObject([{ orderKey: -5, joinedAt: new Date('2026-11-20T23:59:59.999Z') }]);
});

test('a play that only its tournament takes is accepted without a period', () => {
  const cup = { startsAt: hoursAgo(24 * 30), endsAt: hoursAgo(24 * 21), graceS: 604_800 * 4, leaderboardId: 'latest' };
  const late = decideInCup(cup, { leaderboardId: 'latest', playedAt: hoursAgo(24 * 22) });
  expect(late.results).toMatchObject([
    { outcome: 'UNCHANGED', attempts: [{ number: 1 }], entries: [], previous: null },
  ]);
  expect(late.changed).toEqual([]);
});

test.each([
  ['when its grace period is over', {}, new Date('2026-11-21T13:00:00Z')],
  ['when it needs joining', { joinRequired: true }, NOW],
  ['when it is full', { capacity: 0 }, NOW],
  ['when the score is too low', { minScore: 6 }, NOW],
  ['when the play ended after it', { endsAt: new Date('2026-11-20T23:00:00Z') }, NOW],
])('a tournament opens no period that is over: not %s', (_why, given, now) => {
  const decision = decideInCup(given, {}, now);
  expect(decision.results).toMatchObject([{ code: 'PERIOD_OVER', acceptedUntil: CUP.endsAt }]);
  expect(decision.changed).toEqual([]);
  expect(decision.tournamentEntries).toEqual([]);
});

test('of several periods that are over, the refusal names the one that closed first', () => {
  const playedAt = new Date('2026-10-31T23:00:00Z');
  expect(decide([aSubmission({ leaderboardId: 'late', playedAt })]).results).toMatchObject([
    { acceptedUntil: new Date('2026-11-01T13:00:00Z') },
  ]);
});

test('a play does not end in the future, nor before the player’s last on the board, wherever that was said', () => {
  const play = (playedAt: Date | null, given: Partial<NewSubmission> = {}) =>
    aSubmission({ leaderboardId: 'sum', playedAt, idempotencyKey: String(plays++), ...given });
  let plays = 0;
  const { results } = decide([
    play(new Date(NOW.getTime() + 1)),
    play(hoursAgo(3)),
    play(hoursAgo(4)),
    play(hoursAgo(3)),
    play(hoursAgo(4), { playerId: 'bea' }),
    play(hoursAgo(4), { leaderboardId: 'best' }),
    play(null),
    play(hoursAgo(1)),
    play(NOW),
  ]);
  const isFlawed = results.map((result) => result instanceof ValidationError);
  expect(isFlawed).toEqual([true, false, true, false, false, false, false, true, false]);
  expect(results[0]).toMatchObject({ path: 'input.playedAt', message: expect.stringContaining('in the future') });
  expect(results[2]).toMatchObject({ path: 'input.playedAt', message: expect.stringContaining('last play') });
});

test('an import may go back behind other plays, which then keep what a game server may say', () => {
  const { results } = decide([
    aSubmission({ leaderboardId: 'best', playedAt: hoursAgo(1), idempotencyKey: 'a' }),
    aSubmission({ leaderboardId: 'best', playedAt: hoursAgo(24 * 40), isImport: true, idempotencyKey: 'b' }),
    aSubmission({ leaderboardId: 'best', playedAt: hoursAgo(2), idempotencyKey: 'c' }),
    aSubmission({ leaderboardId: 'best', playedAt: hoursAgo(-1), isImport: true, idempotencyKey: 'd' }),
  ]);
  expect(results).toMatchObject([
    { outcome: 'IMPROVED' },
    { entries: [{ periodKey: '2026-10-12' }, { periodKey: 'ALL', reachedSeq: 1 }] },
    { code: 'VALIDATION' },
    { code: 'VALIDATION' },
  ]);
});

test('a retry is told what was accepted, however late it comes', () => {
  const late = aSubmission({ leaderboardId: 'late', playedAt: hoursAgo(13) });
  const world = afterwards(emptyWorld(), decide([late]));
  const tomorrow = new Date(NOW.getTime() + 86_400_000);
  expect(decideAt(tomorrow, [late], world).results).toMatchObject([{ replayed: true, submittedAt: NOW }]);
});

test('only submissions that may be accepted concern entries, each entry once', () => {
  const batch = [
    aSubmission({ leaderboardId: 'best', idempotencyKey: 'a' }),
    aSubmission({ leaderboardId: 'best', idempotencyKey: 'b' }),
    aSubmission({ leaderboardId: 'best', playerId: 'bea', score: 11 }),
    aSubmission({ leaderboardId: 'nowhere' }),
    aSubmission({ leaderboardId: 'sum', playerId: 'nobody' }),
    aSubmission({ leaderboardId: 'best', playedAt: hoursAgo(13) }),
    aSubmission({ leaderboardId: 'best', playedAt: hoursAgo(-1), isImport: true }),
  ];
  expect(entriesConcerned(batch, stateOf(emptyWorld(), []))).toEqual([
    { leaderboardId: 'best', cadence: 'DAILY', periodKey: '2026-11-21', playerId: 'ada' },
    { leaderboardId: 'best', cadence: 'ALL_TIME', periodKey: 'ALL', playerId: 'ada' },
  ]);
});

function aSubmission(given: Partial<NewSubmission> = {}): NewSubmission {
  return { playerId: 'ada', leaderboardId: 'best', score: 5, idempotencyKey: 'key', metadata: null, ...given };
}

function emptyWorld(): World {
  return { stored: new Map(), lastPlays: new Map(), values: new Map() };
}

function stateOf(world: World, seqs: number[]): BatchState {
  const boards = new Map(BOARDS.map((board) => [board.id, board]));
  const tournaments = { tournaments: [], entries: new Map() };
  const { stored, lastPlays } = world;
  return { now: NOW, seqs, players: new Set(['ada', 'bea']), boards, stored, lastPlays, tournaments };
}

function decide(
  batch: NewSubmission[],
  world = emptyWorld(),
  seqs = batch.map((_item, index) => index + 1),
): BatchDecision {
  return decideFrom(stateOf(world, seqs), world, batch);
}

function decideAt(now: Date, batch: NewSubmission[], world = emptyWorld()): BatchDecision {
  return decideFrom({ ...stateOf(world, [1, 2, 3]), now }, world, batch);
}

function decideFrom(state: BatchState, world: World, batch: NewSubmission[]): BatchDecision {
  const entries: EntryState = new Map(
    entriesConcerned(batch, state).map((ref) => {
      const key = entryKey(ref);
      return [key, { periodId: periodIdOf(ref), value: world.values.get(key) ?? null }];
    }),
  );
  return decideSubmissions(batch, state, entries);
}

function afterwards(world: World, decision: BatchDecision): World {
  const stored = new Map(world.stored);
  const lastPlays = new Map(world.lastPlays);
  for (const { submission, source, payloadHash } of decision.accepted) {
    stored.set(submissionKey(source), { payloadHash, submission });
    const moments = [lastPlays.get(playsKey(source)), submission.playedAt ?? NOW].flatMap((moment) => moment ?? []);
    lastPlays.set(playsKey(source), new Date(Math.max(...moments.map(Number))));
  }
  const refs = decision.accepted.flatMap(({ submission: { leaderboardId, playerId, entries } }) =>
    entries.map(({ cadence, periodKey }) => ({ leaderboardId, playerId, cadence, periodKey })),
  );
  const values = new Map(world.values);
  for (const ref of refs) {
    const entry = decision.changed.find((one) => one.periodId === periodIdOf(ref) && one.playerId === ref.playerId);
    if (entry) values.set(entryKey(ref), { orderKey: entry.orderKey, reachedSeq: entry.reachedSeq });
  }
  return { stored, lastPlays, values };
}

const periodIds = new Map<string, number>();

function periodIdOf({ leaderboardId, cadence, periodKey }: EntryRef): number {
  const name = `${leaderboardId} ${cadence} ${periodKey}`;
  const id = periodIds.get(name) ?? periodIds.size;
  periodIds.set(name, id);
  return id;
}

/** Every entry is in the period that the play ended in, and only an import goes back behind what the board waits for. */
function requireOwnPeriods({ entries, playedAt, leaderboardId }: Submission, { isImport }: NewSubmission): void {
  const graceS = BOARDS.find(({ id }) => id === leaderboardId)?.graceS ?? 0;
  for (const { cadence, periodKey } of entries) {
    const period = periodAt(cadence, playedAt ?? NOW);
    expect(periodKey).toBe(period.key);
    const closesAt = isImport || !period.endsAt ? Infinity : period.endsAt.getTime() + graceS * 1_000;
    expect(closesAt).toBeGreaterThan(NOW.getTime());
  }
}

/** A refused submission gets a number that no other has: it must not turn up anywhere. */
function seqGivenTo(index: number, { results }: BatchDecision): number {
  const result = results[index];
  return result && 'seq' in result && !result.replayed ? result.seq : 1_000 + index;
}

function countNew({ changed }: BatchDecision): number {
  return changed.filter(({ isNew }) => isNew).length;
}
