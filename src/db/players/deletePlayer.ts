import { sql } from 'drizzle-orm';
import type { Database, Queryable } from '../open.ts';
import type { PeriodChange } from '../../domain/leaderboards/periodChange.ts';
import { idsIn } from '../recordset.ts';
import { type Bump, bumpPeriods } from '../submissions/bumpPeriods.ts';
import { forgetEventPlayer } from '../events/forgetEventPlayer.ts';
import { forgetTournamentPlayer } from '../tournaments/forgetTournamentPlayer.ts';

/** When a player was deleted, which tournaments it left, and what is to be mirrored. `outboxId` is null where nothing is. */
export type PlayerDeletion = {
  deletedAt: Date;
  tournamentIds: string[];
  changes: PeriodChange[];
  outboxId: number | null;
};

/** So many rows are removed well within the deadline of a statement. */
const CHUNK = 5_000;

/**
 * Removes all that there is of a player in one transaction: submissions, entries, events, statistics, sessions, and device, name
 * and country. What stays of the player's row says only that somebody with this id was deleted. There is no audit table
 * yet; one would keep its rows without the player's id. Null when there never was such a player. Safe to repeat: a
 * player who was deleted before changes no period.
 *
 * Locks in the order of `saveSubmissions`: the player, then tournaments and at last periods by id.
 */
export async function deletePlayer(
  database: Database,
  playerId: string,
  { isMirrored = false }: { isMirrored?: boolean } = {},
): Promise<PlayerDeletion | null> {
  return database.transaction(async (tx) => {
    const [player] = await tx.rows<{ deletedAt: Date | null }>(
      sql`select deleted_at as "deletedAt" from players where id = ${playerId}::uuid for update`,
    );
    if (!player) return null;
    if (player.deletedAt) return { deletedAt: player.deletedAt, tournamentIds: [], changes: [], outboxId: null };
    const periodIds = await findPeriods(tx, playerId);
    const tournamentIds = await forgetTournamentPlayer(tx, playerId);
    await deleteSubmissions(tx, playerId);
    await forgetEventPlayer(tx, playerId);
    // Sent together and run in this order: the periods, which others wait for, are locked the shortest.
    const [deletedAt, , , bumps] = await Promise.all([
      emptyRow(tx, playerId),
      tx.rows(sql`delete from player_statistics where player_id = ${playerId}::uuid`),
      tx.rows(sql`delete from sessions where player_id = ${playerId}::uuid`),
      deleteEntries(tx, { playerId, periodIds, isMirrored }),
    ]);
    const changes = bumps.map(({ change }) => ({ ...change, entries: [], removed: [playerId] }));
    return { deletedAt, tournamentIds, changes, outboxId: bumps[0]?.outboxId ?? null };
  });
}

/** By way of the boards that the player has statistics of, because entries are not indexed by player. */
async function findPeriods(tx: Queryable, playerId: string): Promise<number[]> {
  const rows = await tx.rows<{ id: number }>(sql`
    select p.id from player_statistics t
    join board_periods p on p.leaderboard_id = t.leaderboard_id
    join lateral (select 1 from entries e where e.period_id = p.id and e.player_id = t.player_id limit 1) own on true
    where t.player_id = ${playerId}::uuid`);
  return rows.map(({ id }) => id);
}

async function deleteSubmissions(tx: Queryable, playerId: string): Promise<void> {
  for (;;) {
    const [row] = await tx.rows<{ count: number }>(sql`
      with gone as (
        delete from submissions where seq = any(array(
          select seq from submissions where player_id = ${playerId}::uuid limit ${CHUNK}::int
        )) returning 1
      ) select count(*)::int as count from gone`);
    if (!row || row.count < CHUNK) return;
  }
}

async function deleteEntries(
  tx: Queryable,
  { playerId, periodIds, isMirrored }: { playerId: string; periodIds: number[]; isMirrored: boolean },
): Promise<Bump[]> {
  if (periodIds.length === 0) return [];
  const losses = periodIds.map((id) => ({ id, added: -1 }));
  const [bumps] = await Promise.all([
    bumpPeriods(tx, losses, { isMirrored, seqs: [], removed: [playerId] }),
    tx.rows(sql`delete from entries where period_id = ${idsIn(periodIds, 'int8')} and player_id = ${playerId}::uuid`),
  ]);
  return bumps;
}

async function emptyRow(tx: Queryable, playerId: string): Promise<Date> {
  const [row] = await tx.rows<{ deletedAt: Date }>(sql`
    update players set device_hash = null, nickname = 'Deleted player', country = null, deleted_at = clock_timestamp()
    where id = ${playerId}::uuid returning deleted_at as "deletedAt"`);
  if (!row) throw new Error('the player who was locked is gone');
  return row.deletedAt;
}
