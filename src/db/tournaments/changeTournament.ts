import { sql } from 'drizzle-orm';
import { ConflictError } from '../../domain/errors.ts';
import type { Tournament } from '../../domain/tournaments/tournament.ts';
import { retryBusy } from '../retryBusy.ts';
import { lockTournament } from './lockTournament.ts';
import type { Database, Queryable } from '../open.ts';
import { tournamentColumns, tournamentRecord } from './tournamentRow.ts';

/**
 * Applies what `change` makes of the tournament as it is under its lock, by the clock under the lock. Null when there is
 * no such tournament. What `change` throws is passed on; ConflictError when its name and start are another's on the board.
 */
export async function changeTournament(
  database: Database,
  id: string,
  change: (tournament: Tournament) => Tournament,
): Promise<Tournament | null> {
  return retryBusy(() =>
    database.transaction(async (tx) => {
      const tournament = await lockTournament(tx, id);
      if (!tournament) return null;
      const changed = change(tournament);
      return changed === tournament ? tournament : updateTournament(tx, changed);
    }),
  );
}

async function updateTournament(tx: Queryable, tournament: Tournament): Promise<Tournament> {
  const [row] = await tx.rows<Tournament>(sql`
    update tournaments t set name = x.name, starts_at = x."startsAt", ends_at = x."endsAt",
      registration_opens_at = x."registrationOpensAt", registration_closes_at = x."registrationClosesAt",
      join_required = x."joinRequired", capacity = x.capacity, max_attempts = x."maxAttempts",
      min_score = x."minScore", payout_rule = x."payoutRule", claim_expires_after_s = x."claimExpiresAfterS",
      grace_s = x."graceS", metadata = x.metadata, ended_at = x."endedAt", cancelled_at = x."cancelledAt"
    from ${tournamentRecord(tournament)}
    where t.id = x.id and not exists (
      select 1 from tournaments o where o.leaderboard_id = t.leaderboard_id and o.name = x.name
        and o.starts_at = x."startsAt" and o.id <> t.id and o.cancelled_at is null and x."cancelledAt" is null)
      and not exists (
        select 1 from tournaments o where o.series_id = t.series_id and o.starts_at = x."startsAt" and o.id <> t.id)
    returning ${tournamentColumns}`);
  if (!row) throw new ConflictError('The leaderboard or the series has a tournament with this name or start already.');
  return row;
}
