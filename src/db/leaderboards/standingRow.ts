import { sql } from 'drizzle-orm';
import type { Standing } from '../../domain/leaderboards/standing.ts';
import { orderKeyOf } from '../../domain/leaderboards/standingOrder.ts';
import { playEnd } from './playEnd.ts';

export type StandingRow =
  | { playerId: null }
  | {
      playerId: string;
      nickname: string;
      country: string | null;
      createdAt: Date;
      orderKey: number;
      reachedSeq: number;
      reachedAt: Date;
      metadata: unknown;
      ordinal: number;
      competition: number;
      dense: number | null;
    };

/** The columns of `StandingRow`, from what `joinStandings` adds. */
export const standingColumns = sql`r.player_id as "playerId", u.nickname, u.country, u.created_at as "createdAt",
  r.order_key as "orderKey", r.reached_seq as "reachedSeq", r.ordinal::int as ordinal, r.competition::int as competition,
  r.dense::int as dense, ${playEnd} as "reachedAt", s.metadata`;

/** The rows of `rankedEntries` with their plays and players; one row of nulls where there are none. */
export const joinStandings = sql`left join ranked r on true
  left join submissions s on s.seq = r.reached_seq left join players u on u.id = r.player_id`;

/** The standings of one board or tournament. */
export function standingsOf(
  rows: StandingRow[],
  on: Pick<Standing, 'cadence' | 'leaderboard' | 'periodKey' | 'size' | 'tournament'>,
): Standing[] {
  return rows.flatMap((row) => {
    if (row.playerId === null) return [];
    const { playerId: id, nickname, country, createdAt, orderKey, reachedSeq, reachedAt, metadata } = row;
    const { ordinal, competition, dense } = row;
    return [
      {
        ...on,
        player: { id, nickname, country, createdAt },
        score: orderKeyOf(orderKey, on.leaderboard.sortOrder),
        reachedSeq,
        reachedAt,
        metadata,
        ranks: { ordinal, competition, dense },
      },
    ];
  });
}
