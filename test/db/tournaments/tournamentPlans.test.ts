import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listNewPrizes } from '../../../src/db/prizes/listNewPrizes.ts';
import { listPlayerPrizes } from '../../../src/db/prizes/prizes.ts';
import type { Queryable } from '../../../src/db/open.ts';
import { listTournaments } from '../../../src/db/tournaments/listTournaments.ts';
import { readTournamentStandings } from '../../../src/db/tournaments/readTournamentStandings.ts';
import { readWatchedTournament } from '../../../src/db/tournaments/readWatchedTournament.ts';
import type { StandingsRange } from '../../../src/domain/leaderboards/standingsPage.ts';
import type { Tournament } from '../../../src/domain/tournaments/tournament.ts';
import { type BoardStore, openBoardStore } from '../../setup/boards.ts';
import { planOf } from '../../setup/planOf.ts';
import { makeTournament } from '../../setup/tournaments.ts';

let store: BoardStore;
let tournament: Tournament;
beforeAll(async () => {
  store = await openBoardStore();
  tournament = await makeTournament(store.database, await store.newBoard());
  const { rows } = store.database;
  await rows(sql`
    insert into tournament_entries (tournament_id, player_id, joined_at, order_key, reached_seq)
    select ${tournament.id}::uuid, gen_random_uuid(), clock_timestamp(), n % 977, n from generate_series(1, 20000) as n`);
  await rows(sql`
    insert into tournament_standings (tournament_id, rank, player_id, player_hash, order_key, reached_seq, attempts)
    select ${tournament.id}::uuid, n, gen_random_uuid(), '', n % 977, n, 1 from generate_series(1, 20000) as n`);
});
afterAll(() => store.database.close());

const cursor = { periodKey: 'TOURNAMENT', orderKey: 400, reachedSeq: 9_000, horizon: 20_000 };
const ranges: StandingsRange[] = [
  { kind: 'after', cursor: null, limit: 10 },
  { kind: 'after', cursor, limit: 10 },
  { kind: 'before', cursor, limit: 10 },
  { kind: 'around', playerId: '00000000-0000-4000-8000-000000000000', limit: 10 },
];

test.each(ranges)('the page $kind of a large tournament is read by indexes alone, live and frozen', async (range) => {
  const pageOf = (read: Tournament) => (database: Queryable) =>
    readTournamentStandings(database, { tournament: read, range, dense: false });
  const live = await planOf(store.database, pageOf(tournament));
  const frozen = await planOf(store.database, pageOf({ ...tournament, settledAt: new Date() }));
  expect(live).toContain('using tournament_entries_standing_order');
  expect(frozen).toContain('using tournament_standings_standing_order');
  expect(live + frozen).not.toMatch(/Seq Scan|Bitmap|Gather|JIT/);
});

test('what is watched of a tournament, and the new prizes of many players, are read by indexes alone', async () => {
  const watched = await planOf(store.database, (database) => readWatchedTournament(database, tournament.id));
  const players = Array.from({ length: 1_000 }, () => ({ playerId: crypto.randomUUID(), after: new Date() }));
  const prizes = await planOf(store.database, (database) => listNewPrizes(database, players));
  expect(watched).toMatch(/using tournament_entries_\w+ on tournament_entries/);
  expect(prizes).toContain('using prizes_player');
  expect(watched + prizes).not.toMatch(/Seq Scan|Bitmap|Gather|JIT/);
});

test.each(['after', 'before'] as const)(
  'a page %s a tournament or a prize is read from its index as it stands',
  async (side) => {
    const page = { side, key: { at: new Date(), id: crypto.randomUUID() }, limit: 10 };
    const games = await planOf(store.database, (database) =>
      listTournaments(database, { ...page, of: { game: 'g' }, states: null }),
    );
    const prizes = await planOf(store.database, (database) =>
      listPlayerPrizes(database, { ...page, playerId: page.key.id, state: null }),
    );
    expect(games).toMatch(/using tournaments_game/);
    expect(prizes).toMatch(/using prizes_player/);
    expect(games + prizes).not.toMatch(/Seq Scan|Bitmap|Gather|JIT|Incremental Sort/);
    // The rows of the page, at most eleven, are put in order at last.
    expect(games.match(/Sort {2}/g)).toHaveLength(1);
  },
);
