import { sql } from 'drizzle-orm';
import type { NewTournament, Tournament } from '../../domain/tournaments/tournament.ts';
import type { Queryable } from '../open.ts';
import { newTournamentRecord, tournamentColumns } from './tournamentRow.ts';

/** Null when the board has a tournament with this name and start. */
export async function insertTournament(database: Queryable, tournament: NewTournament): Promise<Tournament | null> {
  const [row] = await database.rows<Tournament>(sql`
    insert into tournaments as t (game_id, leaderboard_id, series_id, name, starts_at, ends_at, registration_opens_at,
      registration_closes_at, join_required, capacity, max_attempts, min_score, payout_rule, claim_expires_after_s,
      grace_s, metadata)
    select x."gameId", x."leaderboardId", x."seriesId", x.name, x."startsAt", x."endsAt", x."registrationOpensAt",
      x."registrationClosesAt", x."joinRequired", x.capacity, x."maxAttempts", x."minScore", x."payoutRule",
      x."claimExpiresAfterS", x."graceS", x.metadata
    from ${newTournamentRecord(tournament)}
    on conflict do nothing returning ${tournamentColumns}`);
  return row ?? null;
}
