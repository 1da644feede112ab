import type { PayoutRule } from '../prizes/payoutRule.ts';
import type { SortOrder } from '../leaderboards/standingOrder.ts';

export type TournamentState = 'CANCELLED' | 'ENDED' | 'OPEN' | 'SCHEDULED' | 'SETTLED';

/** What the state follows from. `endedAt` is set when it was ended by hand, before `endsAt`. */
export type TournamentMoments = {
  startsAt: Date;
  endsAt: Date;
  endedAt: Date | null;
  cancelledAt: Date | null;
  settledAt: Date | null;
};

/** What an admin decides about a tournament. */
export type TournamentRules = {
  name: string;
  startsAt: Date;
  endsAt: Date;
  /** Null: from its creation. */
  registrationOpensAt: Date | null;
  /** Null: until its end. */
  registrationClosesAt: Date | null;
  joinRequired: boolean;
  capacity: number | null;
  maxAttempts: number | null;
  minScore: number | null;
  payoutRule: PayoutRule;
  claimExpiresAfterS: number | null;
  graceS: number;
  metadata: unknown;
};

export type NewTournament = TournamentRules & { gameId: string; leaderboardId: string; seriesId: string | null };

export type Tournament = NewTournament &
  TournamentMoments & {
    id: string;
    entrants: number;
    checksum: string | null;
    /** When this was read, by the database's clock: the moment that `stateOf` is asked about. */
    readAt: Date;
  };

/**
 * A tournament, and what tells one state of its entries from another. `rowVersion` is another one each time somebody has come
 * or left, also when who came has left again: what was read in between must be read once more.
 */
export type WatchedTournament = {
  tournament: Tournament;
  entries: { rowVersion: string; attempts: number; lastSeq: number | null; lastJoinedAt: Date | null };
};

/** A player in a tournament. `value` is null before the first accepted attempt. */
export type TournamentEntry = {
  tournamentId: string;
  playerId: string;
  joinedAt: Date;
  attempts: number;
  value: { orderKey: number; reachedSeq: number } | null;
  sortOrder: SortOrder;
};

/** The rules of a tournament or a series that says nothing else. */
export const RULES_DEFAULT = {
  joinRequired: false,
  capacity: 10_000,
  maxAttempts: null,
  minScore: null,
  claimExpiresAfterS: null,
  graceS: 60,
  metadata: null,
};

/** The first moment after the tournament. */
export function endOf({ endsAt, endedAt }: Pick<TournamentMoments, 'endedAt' | 'endsAt'>): Date {
  return endedAt !== null && endedAt < endsAt ? endedAt : endsAt;
}

/** The state at a moment. `db/tournamentState` says the same in SQL. */
export function stateOf(moments: TournamentMoments, now: Date): TournamentState {
  if (moments.cancelledAt) return 'CANCELLED';
  if (moments.settledAt) return 'SETTLED';
  if (now < moments.startsAt) return 'SCHEDULED';
  return now < endOf(moments) ? 'OPEN' : 'ENDED';
}

/** When the state changes next by the clock alone; null when it does not. */
export function nextChangeOf(moments: TournamentMoments, now: Date): Date | null {
  const state = stateOf(moments, now);
  if (state === 'SCHEDULED') return moments.startsAt;
  return state === 'OPEN' ? endOf(moments) : null;
}

/** The first moment at which it is settled and takes nothing that arrives late. */
function graceEndOf(tournament: TournamentMoments & { graceS: number }): Date {
  return new Date(endOf(tournament).getTime() + tournament.graceS * 1_000);
}

/** Whether late arrivals have been waited for long enough, and nobody has settled or cancelled it. */
export function isDue(tournament: TournamentMoments & { graceS: number }, now: Date): boolean {
  return !tournament.cancelledAt && !tournament.settledAt && graceEndOf(tournament) <= now;
}

/**
 * Why a play that ended at `playedAt` and is told of at `now` is no attempt, as a sentence; null when it is one: when it
 * ended while the tournament was open, and the grace period is not over. Says nothing of entries and limits.
 */
export function whyNoAttempt(tournament: Tournament, { now, playedAt }: { now: Date; playedAt: Date }): string | null {
  const state = stateOf(tournament, now);
  if (state === 'CANCELLED' || state === 'SCHEDULED') return `The tournament is ${state}, not OPEN.`;
  if (playedAt < tournament.startsAt) {
    return `The play ended before the tournament began at ${tournament.startsAt.toISOString()}.`;
  }
  if (playedAt >= endOf(tournament)) return `The tournament is ${state}, not OPEN.`;
  if (state === 'OPEN' || (state === 'ENDED' && now < graceEndOf(tournament))) return null;
  return `The tournament is ${state}; what was played before its end was taken until ${graceEndOf(tournament).toISOString()}.`;
}

/** Why nobody can join at a moment, as a sentence; null when players can. Says nothing of the capacity. */
export function whyClosed(tournament: Tournament, now: Date): string | null {
  const state = stateOf(tournament, now);
  if (state === 'CANCELLED') return 'The tournament was cancelled.';
  if (state === 'SETTLED' || state === 'ENDED') return 'The tournament is over.';
  const { registrationOpensAt, registrationClosesAt } = tournament;
  if (registrationOpensAt && now < registrationOpensAt) {
    return `Registration opens at ${registrationOpensAt.toISOString()}.`;
  }
  if (registrationClosesAt && now >= registrationClosesAt) {
    return `Registration closed at ${registrationClosesAt.toISOString()}.`;
  }
  return null;
}
