import { type SQL, sql } from 'drizzle-orm';
import type { Cadence } from '../../domain/leaderboards/period.ts';
import type { Player } from '../../domain/players/player.ts';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import { leaderboardJson } from './leaderboardColumns.ts';
import { arrayOf } from '../arrays.ts';
import { fixed, given } from '../fixed.ts';
import type { Queryable } from '../open.ts';
import { periodKey } from './periodKey.ts';
import { playEnd } from './playEnd.ts';

/** What is to be known of a row that another store has ranked. Null where the player or the play is gone. */
export type RowDetails = { player: Player; reachedAt: Date; metadata: unknown } | null;

/** `periodKey` is the key that was asked for, or the present one by the database's clock. */
export type PageDetails = { leaderboard: Leaderboard; periodKey: string; revision: number; rows: RowDetails[] };

/** The board is told once, with the first row. */
type JoinedRow = { leaderboard: Leaderboard | null; periodKey: string; revision: number; n: number | null } & (
  | { nickname: string; country: string | null; createdAt: Date; reachedAt: Date; metadata: unknown }
  | { nickname: null }
);

type Values = 'cadence' | 'leaderboardId' | 'playerIds' | 'reachedSeqs';

const detailsOfPeriod = (key: SQL) => sql`
  with board as (
    select ${leaderboardJson} as leaderboard, l.id, ${key} as key from leaderboards l
    where l.id = ${given('leaderboardId')}::uuid
  )
  select case when coalesce(x.n, 1) = 1 then b.leaderboard end as leaderboard, b.key as "periodKey",
    coalesce(p.revision, 0)::int8 as revision, x.n::int,
    u.nickname, u.country, u.created_at as "createdAt", ${playEnd} as "reachedAt", s.metadata
  from board b
  left join board_periods p
    on p.leaderboard_id = b.id and p.cadence = ${given('cadence')}::cadence and p.key = b.key
  left join unnest(${given('playerIds')}::uuid[], ${given('reachedSeqs')}::int8[]) with ordinality
    as x(player_id, reached_seq, n) on true
  left join (submissions s join players u on u.id = s.player_id)
    on s.seq = x.reached_seq and s.player_id = x.player_id
  order by x.n`;
const detailsAt = fixed<Values | 'key'>(detailsOfPeriod(sql`${given('key')}::text`));
const presentDetails = {
  DAILY: fixed<Values>(detailsOfPeriod(periodKey('DAILY', null))),
  WEEKLY: fixed<Values>(detailsOfPeriod(periodKey('WEEKLY', null))),
  MONTHLY: fixed<Values>(detailsOfPeriod(periodKey('MONTHLY', null))),
  ALL_TIME: fixed<Values>(detailsOfPeriod(periodKey('ALL_TIME', null))),
};

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
  const values = {
    leaderboardId,
    cadence,
    playerIds: arrayOf(asked.rows.map(({ playerId }) => playerId)),
    reachedSeqs: arrayOf(asked.rows.map(({ reachedSeq }) => reachedSeq)),
  };
  const joined = await database.rows<JoinedRow>(
    key === null ? presentDetails[cadence](values) : detailsAt({ ...values, key }),
  );
  const [first] = joined;
  if (!first?.leaderboard) throw new Error('a page was asked of a leaderboard that does not exist');
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
