import { type SQL, sql } from 'drizzle-orm';
import type { NewTournament, Tournament } from '../../domain/tournaments/tournament.ts';
import { recordset } from '../recordset.ts';

/** The columns of `Tournament`, from `tournaments t`. */
export const tournamentColumns = tournamentColumnsAt(sql`clock_timestamp()`);

/** The same, read at a moment that the statement also uses elsewhere. */
export function tournamentColumnsAt(now: SQL): SQL {
  return sql`t.id, t.game_id as "gameId", t.leaderboard_id as "leaderboardId", t.series_id as "seriesId", t.name,
    t.starts_at as "startsAt", t.ends_at as "endsAt", t.registration_opens_at as "registrationOpensAt",
    t.registration_closes_at as "registrationClosesAt", t.join_required as "joinRequired", t.capacity,
    t.max_attempts as "maxAttempts", t.min_score as "minScore", t.payout_rule as "payoutRule",
    t.claim_expires_after_s as "claimExpiresAfterS", t.grace_s as "graceS", t.metadata, t.entrants,
    t.ended_at as "endedAt", t.cancelled_at as "cancelledAt", t.settled_at as "settledAt", t.checksum,
    date_trunc('milliseconds', ${now}) as "readAt"`;
}

const RULES = {
  name: 'text',
  startsAt: 'timestamptz',
  endsAt: 'timestamptz',
  registrationOpensAt: 'timestamptz',
  registrationClosesAt: 'timestamptz',
  joinRequired: 'bool',
  capacity: 'int',
  maxAttempts: 'int',
  minScore: 'int8',
  payoutRule: 'jsonb',
  claimExpiresAfterS: 'int',
  graceS: 'int',
  metadata: 'jsonb',
};

/** A new tournament as table `x`. */
export function newTournamentRecord(tournament: NewTournament): SQL {
  const columns = { gameId: 'uuid', leaderboardId: 'uuid', seriesId: 'uuid', ...RULES };
  return recordset(columns, [pick(tournament, columns)]);
}

/** What may change of a tournament, and its id, as table `x`. */
export function tournamentRecord(tournament: Tournament): SQL {
  const columns = { id: 'uuid', ...RULES, endedAt: 'timestamptz', cancelledAt: 'timestamptz' };
  return recordset(columns, [pick(tournament, columns)]);
}

function pick<Name extends string>(from: NoInfer<{ [name in Name]?: unknown }>, columns: Record<Name, string>) {
  const names = Object.keys(columns) as Name[];
  return Object.fromEntries(names.map((name) => [name, from[name] ?? null])) as Record<Name, unknown>;
}
