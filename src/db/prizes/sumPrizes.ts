import { sql } from 'drizzle-orm';
import type { PrizeStatistics } from '../../domain/prizes/prize.ts';
import { SCORE_MAX } from '../../domain/leaderboards/standingOrder.ts';
import type { Queryable } from '../open.ts';
import { prizeState } from './prizeRow.ts';

/** Which prizes: one tournament's, or those of all tournaments of a game, or of all games. */
export type PrizesOf = { tournamentId: string } | { game: string | null };

/** Sums are capped at 2^53−1. */
export async function sumPrizes(database: Queryable, of: PrizesOf): Promise<PrizeStatistics> {
  const condition =
    'tournamentId' in of
      ? sql`p.tournament_id = ${of.tournamentId}::uuid`
      : sql`(${of.game}::text is null or t.game_id = (select g.id from games g where g.slug = ${of.game}))`;
  const capped = (sum: ReturnType<typeof sql>) => sql`least(coalesce(${sum}, 0), ${SCORE_MAX}::int8)::int8`;
  const state = prizeState(sql`statement_timestamp()`);
  const [row] = await database.rows<PrizeStatistics>(sql`
    select count(*)::int as awarded,
      count(*) filter (where p.claimed_at is not null)::int as claimed,
      count(*) filter (where p.player_id is not null and ${state} = 'PENDING')::int as pending,
      count(*) filter (where p.player_id is not null and ${state} = 'EXPIRED')::int as expired,
      count(*) filter (where p.player_id is null and p.claimed_at is null)::int as lapsed,
      ${capped(sql`sum(p.coins)`)} as "coinsAwarded", ${capped(sql`sum(p.gems)`)} as "gemsAwarded",
      ${capped(sql`sum(p.coins) filter (where p.claimed_at is not null)`)} as "coinsClaimed",
      ${capped(sql`sum(p.gems) filter (where p.claimed_at is not null)`)} as "gemsClaimed"
    from prizes p join tournaments t on t.id = p.tournament_id where ${condition}`);
  if (!row) throw new Error('an aggregate has no row');
  return row;
}
