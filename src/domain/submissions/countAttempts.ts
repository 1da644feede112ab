import { NotFoundError, ScoreOutOfRangeError } from '../errors.ts';
import type { Leaderboard } from '../leaderboards/standing.ts';
import { applyScore, type EntryValue, SCORE_MAX } from '../leaderboards/standingOrder.ts';
import { endOfPlay } from './playedAt.ts';
import type { NewSubmission } from './submission.ts';
import { stateOf, type Tournament, whyClosed, whyNoAttempt } from '../tournaments/tournament.ts';
import {
  AttemptLimitError,
  NotEnteredError,
  TournamentClosedError,
  TournamentFullError,
} from '../tournaments/tournamentErrors.ts';

/** A submission that counts in a tournament, as which of the player's attempts. */
export type Attempt = { tournamentId: string; number: number };

/** A player's seat. `value` is null before the first attempt. */
export type Seat = { attempts: number; value: EntryValue | null };

/** What the database says of the tournaments of a batch, read under their locks. */
export type TournamentsOfBatch = {
  tournaments: Tournament[];
  /** By `seatKey`; players without a seat are left out. */
  seats: Map<string, Seat>;
};

/** `joinedAt` is when the play ended that took the seat; it says nothing of a seat that is not new. */
export type ChangedSeat = EntryValue & {
  tournamentId: string;
  playerId: string;
  attempts: number;
  isNew: boolean;
  joinedAt: Date;
};

export type AttemptRefusal =
  | AttemptLimitError
  | NotEnteredError
  | NotFoundError
  | ScoreOutOfRangeError
  | TournamentClosedError
  | TournamentFullError;

export type AttemptCounter = {
  /**
   * Counts an accepted submission where it counts: in the tournament that it names, or else in every tournament of its
   * board that was open when its play ended and takes it. Refused, having counted nothing, only when it names one that does not take it.
   */
  count(item: NewSubmission, at: { seq: number; now: Date; board: Leaderboard }): Attempt[] | AttemptRefusal;
  /** The last state of each seat that changed. */
  changed(): ChangedSeat[];
};

export const seatKey = (of: { tournamentId: string; playerId: string }) => `${of.tournamentId} ${of.playerId}`;

/** Counts attempts in their order, exactly as if each submission had come alone. */
export function createAttemptCounter({ tournaments, seats }: TournamentsOfBatch): AttemptCounter {
  const byId = new Map(tournaments.map((tournament) => [tournament.id, { ...tournament }]));
  const present = new Map(seats);
  const changed = new Map<string, ChangedSeat>();

  const next = (tournament: Tournament, item: NewSubmission, at: { seq: number; now: Date; board: Leaderboard }) => {
    const seat = present.get(seatKey({ tournamentId: tournament.id, playerId: item.playerId })) ?? null;
    const playedAt = endOfPlay(item, at.now);
    const refusal = refusalOf(tournament, seat, { score: item.score, now: at.now, playedAt });
    if (refusal) return refusal;
    const value = applyScore(seat?.value ?? null, { score: item.score, seq: at.seq }, at.board);
    if (!value)
      return new ScoreOutOfRangeError(`The player's sum in the tournament would pass ±${SCORE_MAX}.`, at.board);
    return { tournament, seat: { attempts: (seat?.attempts ?? 0) + 1, value }, isNew: seat === null };
  };

  return {
    count(item, at) {
      const named = item.tournamentId == null ? null : byId.get(item.tournamentId);
      if (named === undefined || (named && named.leaderboardId !== item.leaderboardId)) {
        return new NotFoundError('There is no such tournament on this leaderboard.');
      }
      const candidates = named ? [named] : [...byId.values()].filter((one) => one.leaderboardId === item.leaderboardId);
      const attempts: Attempt[] = [];
      for (const tournament of candidates) {
        const counted = next(tournament, item, at);
        if (counted instanceof Error) {
          if (named) return counted;
          continue;
        }
        const { seat, isNew } = counted;
        const tournamentId = tournament.id;
        const key = seatKey({ tournamentId, playerId: item.playerId });
        if (isNew) tournament.entrants += 1;
        present.set(key, seat);
        const before = changed.get(key);
        changed.set(key, {
          tournamentId,
          playerId: item.playerId,
          attempts: seat.attempts,
          isNew: isNew || (before?.isNew ?? false),
          joinedAt: before?.joinedAt ?? endOfPlay(item, at.now),
          ...seat.value,
        });
        attempts.push({ tournamentId, number: seat.attempts });
      }
      return attempts;
    },
    changed: () => [...changed.values()],
  };
}

function refusalOf(
  tournament: Tournament,
  seat: Seat | null,
  { score, now, playedAt }: { score: number; now: Date; playedAt: Date },
): AttemptRefusal | null {
  const state = stateOf(tournament, now);
  const noAttempt = whyNoAttempt(tournament, { now, playedAt });
  if (noAttempt) return new TournamentClosedError(noAttempt, state);
  const { minScore, maxAttempts, capacity, entrants, joinRequired } = tournament;
  if (!seat) {
    if (joinRequired) return new NotEnteredError();
    const why = whyClosed(tournament, playedAt);
    if (why) return new TournamentClosedError(why, state);
    if (capacity !== null && entrants >= capacity) return new TournamentFullError(capacity);
  }
  if (maxAttempts !== null && (seat?.attempts ?? 0) >= maxAttempts) return new AttemptLimitError(maxAttempts);
  if (minScore !== null && score < minScore) {
    return new ScoreOutOfRangeError(`The tournament takes scores of at least ${minScore}.`, {
      minScore,
      maxScore: null,
    });
  }
  return null;
}
