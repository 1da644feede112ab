import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAttemptCounter, type Seat, seatKey } from '../../../src/domain/submissions/countAttempts.ts';
import type { Leaderboard } from '../../../src/domain/leaderboards/standing.ts';
import type { Tournament } from '../../../src/domain/tournaments/tournament.ts';
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
};

const tournament = (id: string, given: Partial<Tournament>): Tournament =>
  aTournament({ id, startsAt: atMinutes(-10), endsAt: atMinutes(10), ...given });

const rules = fc.record({
  capacity: fc.option(fc.integer({ min: 1, max: 3 })),
  maxAttempts: fc.option(fc.integer({ min: 1, max: 3 })),
  minScore: fc.option(fc.integer({ min: 0, max: 5 })),
  joinRequired: fc.boolean(),
  endsAt: fc.constantFrom(atMinutes(10), NOW),
});
const plays = fc.array(
  fc.record({
    playerId: fc.constantFrom('ada', 'bea', 'cid', 'dot'),
    score: fc.integer({ min: 0, max: 9 }),
    tournamentId: fc.option(fc.constantFrom('one', 'two', 'nowhere')),
  }),
  { maxLength: 25 },
);

test('a batch counts exactly as if each submission had come alone', () => {
  fc.assert(
    fc.property(rules, rules, plays, (one, two, list) => {
      const start = [tournament('one', one), tournament('two', { ...two, entrants: 1 })];
      const held = new Map<string, Seat>([
        [seatKey({ tournamentId: 'two', playerId: 'ada' }), { attempts: 0, value: null }],
      ]);
      const items = list.map((play) => ({ ...play, leaderboardId: 'board', idempotencyKey: '', metadata: null }));

      const batch = createAttemptCounter({ tournaments: start, seats: held });
      const together = items.map((item, seq) => batch.count(item, { seq, now: NOW, board }));

      const seats = new Map(held);
      const tournaments = start.map((of) => ({ ...of }));
      const alone = items.map((item, seq) => {
        const counter = createAttemptCounter({ tournaments, seats });
        const counted = counter.count(item, { seq, now: NOW, board });
        for (const { tournamentId, playerId, attempts, orderKey, reachedSeq, isNew } of counter.changed()) {
          seats.set(seatKey({ tournamentId, playerId }), { attempts, value: { orderKey, reachedSeq } });
          const entered = tournaments.find(({ id }) => id === tournamentId);
          if (entered && isNew) entered.entrants += 1;
        }
        return counted;
      });

      expect(together).toEqual(alone);
      for (const { tournamentId, playerId, attempts, orderKey, reachedSeq } of batch.changed()) {
        expect(seats.get(seatKey({ tournamentId, playerId }))).toEqual({ attempts, value: { orderKey, reachedSeq } });
      }
      for (const { id, capacity, maxAttempts, entrants } of tournaments) {
        expect(entrants).toBeLessThanOrEqual(Math.max(capacity ?? Infinity, 1));
        const own = [...seats].filter(([key]) => key.startsWith(id)).map(([, { attempts }]) => attempts);
        expect(Math.max(0, ...own)).toBeLessThanOrEqual(maxAttempts ?? Infinity);
      }
    }),
    { numRuns: 500 },
  );
});

test('a moment at the start counts, and one at the end does not', () => {
  const item = { playerId: 'ada', leaderboardId: 'board', score: 1, idempotencyKey: '', metadata: null };
  const countAt = (now: Date) =>
    createAttemptCounter({ tournaments: [tournament('one', {})], seats: new Map() }).count(item, {
      seq: 1,
      now,
      board,
    });
  expect(countAt(atMinutes(-10))).toHaveLength(1);
  expect(countAt(new Date(atMinutes(10).getTime() - 1))).toHaveLength(1);
  expect(countAt(new Date(atMinutes(-10).getTime() - 1))).toEqual([]);
  expect(countAt(atMinutes(10))).toEqual([]);
});
