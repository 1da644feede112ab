import { sql } from 'drizzle-orm';
import type { Cadence } from '../../domain/leaderboards/period.ts';
import type { Player } from '../../domain/players/player.ts';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import { leaderboardJson } from './leaderboardColumns.ts';
import type { Queryable } from '../open.ts';
import { periodKey } from './periodKey.ts';
import { playEnd } from './playEnd.ts';
import { recordset } from '../recordset.ts';

/** What is to be known of a row that another store has ranked. Null where the player or the play is gone. */
export type RowDetails = { player: Player; reachedAt: Date; metadata: unknown } | null;

/** `periodKey` is the key that was asked for, or the present one by the database's clock. */
export type PageDetails = { leaderboard: Leaderboard; periodKey: string; revision: number; rows: RowDetails[] };

type JoinedRow = { leaderboard: Leaderboard; periodKey: string; revision: number; n: number | null } & (
  | { nickname: string; country: string | null; createdAt: Date; reachedAt: Date; metadata: unknown }
  | { nickname: null }
);

/**
 * The details of a page whose ranks come from elsewhere, with the period's present revision, in one statement of look-ups
 * by key. `key` is null for the present period.
 */
export async function readPageDetails(
  database: Queryable,
  asked: {
    leaderboardId: string;
    cadence: Cadence;
    key: string | null;
    rows: { playerId: string; reachedSeq: number }[];
  },
): Promise<PageDetails> {
  const { leaderboardId, cadence, key } = asked;
  const joined = await database.rows<JoinedRow>(sql`
    with board as (
      select ${leaderboardJson} as leaderboard, l.id, ${key === null ? periodKey(cadence, null) : sql`${key}::text`} as key
      from leaderboards l where l.id = ${leaderboardId}
    )
    select b.leaderboard, b.key as "periodKey", coalesce(p.revision, 0)::int8 as revision, x.n,
      u.nickname, u.country, u.created_at as "createdAt", ${playEnd} as "reachedAt", s.metadata
    from board b
    left join board_periods p on p.leaderboard_id = b.id and p.cadence = ${cadence}::cadence and p.key = b.key
    left join ${recordset(
      { n: 'int', playerId: 'uuid', reachedSeq: 'int8' },
      asked.rows.map(({ playerId, reachedSeq }, n) => ({ n, playerId, reachedSeq })),
    )} on true
    left join (submissions s join players u on u.id = s.player_id) on s.seq = x."reachedSeq" and s.player_id = x."playerId"
    order by x.n`);
  const [first] = joined;
  if (!first) throw new Error('a page was asked of a leaderboard that does not exist');
  return {
    leaderboard: first.leaderboard,
    periodKey: first.periodKey,
    revision: first.revision,
    rows: joined.filter(({ n }) => n !== null).map((row, n) => detailsOf(row, asked.rows[n]?.playerId ?? '')),
  };
}

function detailsOf(row: JoinedRow, id: string): RowDetails {
  if (row.nickname === null) return null;
  const { nickname, country, createdAt, reachedAt, metadata } = row;
  return { player: { id, nickname, country, createdAt }, reachedAt, metadata };
}
