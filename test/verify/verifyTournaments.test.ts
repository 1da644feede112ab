import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimPrize } from '../../src/db/prizes/claimPrize.ts';
import type { Queryable } from '../../src/db/open.ts';
import { settleTournament } from '../../src/db/tournaments/settleTournament.ts';
import type { Difference } from '../../src/verify/difference.ts';
import { verifyLedger } from '../../src/verify/verifyLedger.ts';
import { verifyTournaments } from '../../src/verify/verifyTournaments.ts';
import { type BoardStore, openBoardStore } from '../setup/boards.ts';
import { enterWithScores, makeTournament, passEnd } from '../setup/tournaments.ts';

let store: BoardStore;
beforeAll(async () => {
  store = await openBoardStore();
  const tournament = await makeTournament(store.database, await store.newBoard());
  const players = await store.newPlayers(3);
  await enterWithScores(
    store.database,
    tournament,
    players.map((playerId, score) => ({ playerId, score })),
  );
  await passEnd(store.database, tournament);
  await settleTournament(store.database, tournament.id);
  for (const playerId of players.slice(0, 2)) {
    const [prize] = await store.database.rows<{ id: string }>(
      sql`select id from prizes where player_id = ${playerId}::uuid`,
    );
    await claimPrize(store.database, { prizeId: prize?.id ?? '', playerId });
  }
});
afterAll(() => store.database.close());

class Undo extends Error {}

/** What is found wrong after a statement that no code of ours would run, which is then undone. */
async function foundAfter(spoil: SQL): Promise<string[]> {
  let found: string[] = [];
  const undone = store.database.transaction(async (tx) => {
    await tx.rows(spoil);
    found = (await differencesIn(tx)).map(({ what }) => what);
    throw new Undo();
  });
  await expect(undone).rejects.toThrow(Undo);
  return [...new Set(found)].toSorted();
}

async function differencesIn(snapshot: Queryable): Promise<Difference[]> {
  const differences: Difference[] = [];
  const { claimed } = await verifyTournaments(snapshot, differences);
  await verifyLedger(snapshot, claimed, differences);
  return differences;
}

test('nothing is found where nothing is wrong', async () => {
  expect(await differencesIn(store.database)).toEqual([]);
});

test.for<[what: string, found: string[], spoil: SQL]>([
  ['a wrong count of entrants', ['entrants'], sql`update tournaments set entrants = 7`],
  ['an attempt too many', ['entry'], sql`update tournament_entries set attempts = attempts + 1 where order_key = -2`],
  ['a better entry', ['entry'], sql`update tournament_entries set order_key = -99 where order_key = -2`],
  [
    'a source that was lost',
    ['entry'],
    sql`delete from tournament_sources where ctid = (select min(ctid) from tournament_sources)`,
  ],
  ['a lost entry', ['entrants', 'entry'], sql`delete from tournament_entries where order_key = -2`],
  ['another score', ['checksum'], sql`update tournament_standings set order_key = -9 where rank = 1`],
  ['another moment', ['checksum'], sql`update tournament_standings set reached_seq = 99 where rank = 1`],
  [
    'another player',
    ['frozen standing', 'prize'],
    sql`update tournament_standings set player_id = gen_random_uuid() where rank = 1`,
  ],
  ['another checksum', ['checksum'], sql`update tournaments set checksum = 'x'`],
  ['a lost standing', ['checksum', 'frozen standing', 'prize'], sql`delete from tournament_standings where rank = 1`],
  ['a lost last standing', ['checksum', 'prize'], sql`delete from tournament_standings where rank = 3`],
  ['a larger prize', ['prize'], sql`update prizes set coins = coins + 1 where claimed_at is null`],
  ['a larger claimed prize', ['claimed prizes', 'prize'], sql`update prizes set coins = coins + 1 where rank = 3`],
  ['a prize to another', ['prize'], sql`update prizes set player_id = gen_random_uuid() where rank = 1`],
  ['a lost prize', ['prize'], sql`delete from prizes where rank = 1`],
  [
    'another table',
    ['prize'],
    sql`update tournaments set payout_rule = '{"ranks":[],"percentPrizes":[],"participation":null}'`,
  ],
  ['a claim without a grant', ['claimed prizes'], sql`update prizes set claimed_at = clock_timestamp()`],
  ['a grant without a claim', ['claimed prizes'], sql`update prizes set claimed_at = null`],
  ['a richer wallet', ['wallet'], sql`update wallets set gems = gems + 1`],
  ['a lost wallet', ['wallet'], sql`delete from wallets`],
  ['a wallet out of nothing', ['wallet'], sql`insert into wallets (player_id, coins) values (gen_random_uuid(), 5)`],
  [
    'one side of a transfer',
    ['transaction', 'wallet'],
    sql`update ledger_entries set amount = amount + 1 where account like 'player:%' and currency = 'coins'`,
  ],
])('%s is found', async ([, found, spoil]) => {
  expect(await foundAfter(spoil)).toEqual(found);
});
