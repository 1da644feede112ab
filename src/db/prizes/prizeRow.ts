import { type SQL, sql } from 'drizzle-orm';

/** The columns of `Prize`, from `prizes p`, read at a moment. */
export function prizeColumnsAt(now: SQL): SQL {
  return sql`p.id, p.tournament_id as "tournamentId", p.player_id as "playerId", p.rank, p.coins, p.gems,
    p.awarded_at as "awardedAt", p.claimed_at as "claimedAt", p.expires_at as "expiresAt",
    date_trunc('milliseconds', ${now}) as "readAt"`;
}

/** The state of `prizes p` at a moment. Agrees with `prizeStateOf`. */
export const prizeState = (now: SQL) => sql`case
  when p.claimed_at is not null then 'CLAIMED'
  when p.expires_at <= ${now} then 'EXPIRED'
  else 'PENDING' end`;
