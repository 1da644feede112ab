import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prizeState } from '../../../src/db/prizes/prizeRow.ts';
import { recordset } from '../../../src/db/recordset.ts';
import { tournamentEnd, tournamentState } from '../../../src/db/tournaments/tournamentState.ts';
import { prizeStateOf } from '../../../src/domain/prizes/prize.ts';
import { endOf, stateOf, type TournamentMoments } from '../../../src/domain/tournaments/tournament.ts';
import { type BoardStore, openBoardStore } from '../../setup/boards.ts';

let store: BoardStore;
beforeAll(async () => {
  store = await openBoardStore();
});
afterAll(() => store.database.close());

/** Few moments, so that they often coincide. */
const moment = fc.integer({ min: 0, max: 8 }).map((ms) => new Date(Date.UTC(2026, 0) + ms));
const maybe = fc.option(moment);
const moments: fc.Arbitrary<TournamentMoments & { now: Date }> = fc.record({
  now: moment,
  startsAt: moment,
  endsAt: moment,
  endedAt: maybe,
  cancelledAt: maybe,
  settledAt: maybe,
});

test('the database and the domain see every tournament in the same state, ending at the same moment', async () => {
  const samples = fc.sample(moments, 2_000);
  const rows = await store.database.rows<{ state: string; end: Date }>(sql`
    select ${tournamentState(sql`t.now`)} as state, ${tournamentEnd} as end from (
      select x."startsAt" as starts_at, x."endsAt" as ends_at, x."endedAt" as ended_at, x."cancelledAt" as cancelled_at,
        x."settledAt" as settled_at, x.now, x.n
      from ${recordset(
        {
          n: 'int',
          now: 'timestamptz',
          startsAt: 'timestamptz',
          endsAt: 'timestamptz',
          endedAt: 'timestamptz',
          cancelledAt: 'timestamptz',
          settledAt: 'timestamptz',
        },
        samples.map((sample, n) => ({ n, ...sample })),
      )}) t order by t.n`);
  expect(rows).toEqual(samples.map((sample) => ({ state: stateOf(sample, sample.now), end: endOf(sample) })));
  expect(new Set(rows.map(({ state }) => state)).size).toBe(5);
});

test('the database and the domain see every prize in the same state', async () => {
  const samples = fc.sample(fc.record({ now: moment, claimedAt: maybe, expiresAt: maybe }), 500);
  const rows = await store.database.rows<{ state: string }>(sql`
    select ${prizeState(sql`p.now`)} as state from (
      select x."claimedAt" as claimed_at, x."expiresAt" as expires_at, x.now, x.n
      from ${recordset(
        { n: 'int', now: 'timestamptz', claimedAt: 'timestamptz', expiresAt: 'timestamptz' },
        samples.map((sample, n) => ({ n, ...sample })),
      )}) p order by p.n`);
  expect(rows.map(({ state }) => state)).toEqual(samples.map((sample) => prizeStateOf(sample, sample.now)));
  expect(new Set(rows.map(({ state }) => state)).size).toBe(3);
});
