import { and, eq, getTableColumns, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Player, ScoreStatistics } from '../../domain/players/player.ts';
import type { Cadence } from '../../domain/leaderboards/period.ts';
import type { Database } from '../open.ts';
import { isPresent } from '../leaderboards/periodKey.ts';
import { recordset } from '../recordset.ts';
import { players } from './tables.ts';

const { deviceHash: _deviceHash, deletedAt: _deletedAt, ...columns } = getTableColumns(players);

/** The player of a device, created on first sight: two first sights at once create one player. */
export async function findOrInsertPlayer(
  database: Database,
  { deviceHash, nickname }: { deviceHash: Uint8Array; nickname: string },
): Promise<Player> {
  const [existing] = await database.orm.select(columns).from(players).where(eq(players.deviceHash, deviceHash));
  if (existing) return existing;
  await database.orm.insert(players).values({ deviceHash, nickname }).onConflictDoNothing();
  const [player] = await database.orm.select(columns).from(players).where(eq(players.deviceHash, deviceHash));
  if (!player) throw new Error('the player that was just created is gone');
  return player;
}

/** Without those who were deleted. */
export async function loadPlayers(database: Database, ids: string[]): Promise<Player[]> {
  return database.orm
    .select(columns)
    .from(players)
    .where(and(inArray(players.id, ids), isNull(players.deletedAt)));
}

/** The players' accepted submissions summed up over the boards of a game, or of all games, by player. One statement. */
export async function sumStatistics(
  database: Database,
  playerIds: string[],
  game: string | null,
): Promise<Map<string, ScoreStatistics>> {
  type Row = { playerId: string; scores: number; sum: string; highScore: number | null };
  const rows = await database.rows<Row>(sql`
    select x.id as "playerId", s.* from ${recordsetOf(playerIds)} cross join lateral (
      select coalesce(sum(t.scores), 0)::int8 as scores, coalesce(sum(t.sum), 0)::text as sum,
        max(t.high_score) as "highScore"
      from player_statistics t join leaderboards l on l.id = t.leaderboard_id join games g on g.id = l.game_id
      where t.player_id = x.id and (${game}::text is null or g.slug = ${game})) s`);
  return new Map(
    rows.map(({ playerId, scores, sum, highScore }) => [playerId, { scores, sum: Number(sum), highScore }]),
  );
}

export type PresentEntry = { playerId: string; leaderboardId: string; cadence: Cadence };

/**
 * Where the players stand in the present periods of the boards of a game, or of all games: 100 periods of each player at
 * most, in the order of games, boards and cadences. One statement.
 */
export async function listPresentEntries(
  database: Database,
  { playerIds, game }: { playerIds: string[]; game: string | null },
): Promise<PresentEntry[]> {
  return database.rows<PresentEntry>(sql`
    select x.id as "playerId", p.* from ${recordsetOf(playerIds)} cross join lateral (
      select l.id as "leaderboardId", p.cadence
      from entries e join board_periods p on p.id = e.period_id
      join leaderboards l on l.id = p.leaderboard_id join games g on g.id = l.game_id
      where e.player_id = x.id and (${game}::text is null or g.slug = ${game})
        and ${isPresent}
      order by g.slug, l.slug, p.cadence limit 100) p`);
}

function recordsetOf(playerIds: string[]): SQL {
  return recordset(
    { id: 'uuid' },
    [...new Set(playerIds)].map((id) => ({ id })),
  );
}
