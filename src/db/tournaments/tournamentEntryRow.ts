import { sql } from 'drizzle-orm';
import type { TournamentEntry } from '../../domain/tournaments/tournament.ts';

export type TournamentEntryRow = Omit<TournamentEntry, 'value'> & {
  orderKey: number | null;
  reachedSeq: number | null;
};

/** The columns of `TournamentEntryRow`, from `tournament_entries e`. */
export const tournamentEntryColumns = sql`e.tournament_id as "tournamentId", e.player_id as "playerId",
  e.joined_at as "joinedAt", e.attempts, e.order_key as "orderKey", e.reached_seq as "reachedSeq", (
    select l.sort_order from tournaments t join leaderboards l on l.id = t.leaderboard_id where t.id = e.tournament_id
  ) as "sortOrder"`;

export function tournamentEntryOf({ orderKey, reachedSeq, ...row }: TournamentEntryRow): TournamentEntry {
  return { ...row, value: orderKey === null || reachedSeq === null ? null : { orderKey, reachedSeq } };
}
