import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createAttemptCounter,
  type Attempt,
  type AttemptEntry,
  tournamentEntryKey,
} from '../../../src/domain/submissions/attemptCounter.ts';
import type { Leaderboard } from '../../../src/domain/leaderboards/leaderboard.ts';
import type { NewSubmission } from '../../../src/domain/submissions/submission.ts';
import { endOf, type Tournament } from '../../../src/domain/tournaments/tournament.ts';
import { aTournament } from '../samples.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const atMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const board: Leaderboard = {
  id: 'board',
  gameId: 'game',
  slug: 'board',
  name: 'Board',
  sortOrder: 'DESCENDING',
  operator: 'SUM',
  cadences: ['ALL_TIME'],
  minScore: null,
  maxScore: null,
  graceS: 0,
};

const tournament = (id: string, given: Partial<Tournament>): Tournament =>
  aTournament({ id, startsAt: atMinutes(-10), endsAt: atMinutes(10), ...given });

const rules = fc.record({
  capacity: fc.option(fc.integer({ min: 1, max: 3 })),
  maxAttempts: fc.option(fc.integer({ min: 1, max: 3 })),
  minScore: fc.option(fc.integer({ min: 0, max: 5 })),
  joinRequired: fc.boolean(),
  endsAt: fc.constantFrom(atMinutes(10), NOW, atMinutes(-2)),
  endedAt: fc.constantFrom(null, atMinutes(-3)),
  graceS: fc.constantFrom(0, 60, 600),
});
const plays = fc.array(
  fc.record({
    playerId: fc.constantFrom('ada', 'bea', 'cid', 'dot'),
    score: fc.integer({ min: 0, max: 9 }),
    tournamentId: fc.option(fc.constantFrom('one', 'two', 'nowhere')),
    playedAt: fc.option(fc.constantFrom(...[-11, -10, -5, -3, -2, -1, 0].map(atMinutes))),
  }),
  { maxLength: 25 },
);

test('a batch counts exactly as if each submission had come alone', () => {
  fc.assert(
    fc.property(rules, rules, plays, (one, two, list) => {
      const start = [tournament('one', one), tournament('two', { ...two, entrants: 1 })];
      const held = new Map<string, AttemptEntry>([
        [tournamentEntryKey({ tournamentId: 'two', playerId: 'ada' }), { attempts: 0, value: null }],
      ]);
      const items = list.map((play) => ({ ...play, leaderboardId: 'board', idempotencyKey: '', metadata: null }));

      const batch = createAttemptCounter({ tournaments: start, entries: held });
      const together = items.map((item, seq) => batch.count(item, { seq, now: NOW, board }));

      const entries = new Map(held);
      const tournaments = start.map((of) => ({ ...of }));
      const alone = items.map((item, seq) => {
        const counter = createAttemptCounter({ tournaments, entries });
        const counted = counter.count(item, { seq, now: NOW, board });
        for (const { tournamentId, playerId, attempts, orderKey, reachedSeq, isNew } of counter.changed()) {
          entries.set(tournamentEntryKey({ tournamentId, playerId }), { attempts, value: { orderKey, reachedSeq } });
          const entered = tournaments.find(({ id }) => id === tournamentId);
          if (entered && isNew) entered.entrants += 1;
        }
        return counted;
      });

      expect(together).toEqual(alone);
      for (const [index, attempts] of together.entries()) requireWindow(attempts, items[index]?.playedAt ?? NOW, start);
      for (const { tournamentId, playerId, attempts, orderKey, reachedSeq } of batch.changed()) {
        expect(entries.get(tournamentEntryKey({ tournamentId, playerId }))).toEqual({
          attempts,
          value: { orderKey, reachedSeq },
        });
      }
      for (const { id, capacity, maxAttempts, entrants } of tournaments) {
        expect(entrants).toBeLessThanOrEqual(Math.max(capacity ?? Infinity, 1));
        const own = [...entries].filter(([key]) => key.startsWith(id)).map(([, { attempts }]) => attempts);
        expect(Math.max(0, ...own)).toBeLessThanOrEqual(maxAttempts ?? Infinity);
      }
    }),
    { numRuns: 500 },
  );
});

test('a moment at the start counts, and one at the end does not', () => {
  const item = { playerId: 'ada', leaderboardId: 'board', score: 1, idempotencyKey: '', metadata: null };
  const countAt = (now: Date) =>
    createAttemptCounter({ tournaments: [tournament('one', {})], entries: new Map() }).count(item, {
      seq: 1,
      now,
      board,
    });
  expect(countAt(atMinutes(-10))).toHaveLength(1);
  expect(countAt(new Date(atMinutes(10).getTime() - 1))).toHaveLength(1);
  expect(countAt(new Date(atMinutes(-10).getTime() - 1))).toEqual([]);
  expect(countAt(atMinutes(10))).toEqual([]);
});

const play = { playerId: 'ada', leaderboardId: 'board', score: 1, idempotencyKey: '', metadata: null };

function countOne(given: Partial<Tournament>, item: Partial<NewSubmission>, now = NOW) {
  const counter = createAttemptCounter({ tournaments: [tournament('one', given)], entries: new Map() });
  return { counted: counter.count({ ...play, ...item }, { seq: 1, now, board }), entries: counter.changed() };
}

test('a play that ended before the end counts until the grace period is over, to the millisecond', () => {
  const window = { endsAt: atMinutes(-2), graceS: 120 };
  const playedAt = new Date(atMinutes(-2).getTime() - 1);
  const justInTime = new Date(NOW.getTime() - 1);
  expect(countOne(window, { playedAt }, justInTime).counted).toHaveLength(1);
  expect(countOne(window, { playedAt }, NOW).counted).toEqual([]);
  expect(countOne(window, { playedAt: atMinutes(-2) }, justInTime).counted).toEqual([]);
  expect(countOne(window, {}, justInTime).counted).toEqual([]);
  expect(countOne({ ...window, settledAt: justInTime }, { playedAt }, justInTime).counted).toEqual([]);
  expect(countOne({ ...window, cancelledAt: justInTime }, { playedAt }, justInTime).counted).toEqual([]);
});

test('a play that ended before the tournament began is none of its attempts', () => {
  const { counted } = countOne({}, { playedAt: atMinutes(-11), tournamentId: 'one' });
  expect(counted).toMatchObject({
    code: 'TOURNAMENT_CLOSED',
    state: 'OPEN',
    message: expect.stringMatching(/began at/),
  });
});

test('whoever names a tournament too late is told until when it took what was played in time', () => {
  const window = { endsAt: atMinutes(-2), graceS: 60 };
  const named = { playedAt: atMinutes(-3), tournamentId: 'one' };
  const until = { message: expect.stringContaining(`until ${atMinutes(-1).toISOString()}`) };
  expect(countOne(window, named).counted).toMatchObject({ state: 'ENDED', ...until });
  expect(countOne({ ...window, settledAt: NOW }, named).counted).toMatchObject({ state: 'SETTLED', ...until });
});

test('a late first attempt enters as of the play, and only if registration was open then', () => {
  const window = { endsAt: atMinutes(-1), graceS: 600, registrationClosesAt: atMinutes(-5) };
  const inTime = countOne(window, { playedAt: atMinutes(-6) });
  expect(inTime).toMatchObject({ counted: [{ number: 1 }], entries: [{ isNew: true, joinedAt: atMinutes(-6) }] });
  expect(countOne(window, { playedAt: atMinutes(-4), tournamentId: 'one' }).counted).toMatchObject({
    message: expect.stringContaining('Registration closed'),
  });
});

/** What counted ended within the tournament, and arrived before its grace period was over. */
function requireWindow(attempts: Attempt[] | Error, playedAt: Date, tournaments: Tournament[]): void {
  for (const { tournamentId } of attempts instanceof Error ? [] : attempts) {
    const of = tournaments.find(({ id }) => id === tournamentId);
    const { startsAt, graceS } = of ?? tournament('', {});
    const end = of ? endOf(of) : NOW;
    expect(playedAt.getTime()).toBeGreaterThanOrEqual(startsAt.getTime());
    expect(playedAt.getTime()).toBeLessThan(end.getTime());
    expect(end.getTime() + graceS * 1_000).toBeGreaterThan(NOW.getTime());
  }
}
