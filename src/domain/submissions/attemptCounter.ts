import { NotFoundError, ScoreOutOfRangeError } from '../errors.ts';
import type { Leaderboard } from '../leaderboards/leaderboard.ts';
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

/** A player's entry in a tournament, as far as attempts change it. `value` is null before the first attempt. */
export type AttemptEntry = { attempts: number; value: EntryValue | null };

/** What the database says of the tournaments of a batch, read under their locks. */
export type TournamentsOfBatch = {
  tournaments: Tournament[];
  /** By `tournamentEntryKey`; players who have not entered are left out. */
  entries: Map<string, AttemptEntry>;
};

/** `joinedAt` is when the play ended that made the entry; it says nothing of an entry that is not new. */
export type ChangedTournamentEntry = EntryValue & {
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
  /** The last state of each entry that changed. */
  changed(): ChangedTournamentEntry[];
};

export const tournamentEntryKey = (of: { tournamentId: string; playerId: string }) =>
  `${of.tournamentId} ${of.playerId}`;

/** Counts attempts in their order, exactly as if each submission had come alone. */
export function createAttemptCounter({ tournaments, entries }: TournamentsOfBatch): AttemptCounter {
  const byId = new Map(tournaments.map((tournament) => [tournament.id, { ...tournament }]));
  const present = new Map(entries);
  const changed = new Map<string, ChangedTournamentEntry>();

  const next = (tournament: Tournament, item: NewSubmission, at: { seq: number; now: Date; board: Leaderboard }) => {
    const entry = present.get(tournamentEntryKey({ tournamentId: tournament.id, playerId: item.playerId })) ?? null;
    const playedAt = endOfPlay(item, at.now);
    const refusal = refusalOf(tournament, entry, { score: item.score, now: at.now, playedAt });
    if (refusal) return refusal;
    const value = applyScore(entry?.value ?? null, { score: item.score, seq: at.seq }, at.board);
    if (!value)
      return new ScoreOutOfRangeError(`The player's sum in the tournament would pass ±${SCORE_MAX}.`, at.board);
    return { tournament, entry: { attempts: (entry?.attempts ?? 0) + 1, value }, isNew: entry === null };
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
        const { entry, isNew } = counted;
        const tournamentId = tournament.id;
        const key = tournamentEntryKey({ tournamentId, playerId: item.playerId });
        if (isNew) tournament.entrants += 1;
        present.set(key, entry);
        const before = changed.get(key);
        changed.set(key, {
          tournamentId,
          playerId: item.playerId,
          attempts: entry.attempts,
          isNew: isNew || (before?.isNew ?? false),
          joinedAt: before?.joinedAt ?? endOfPlay(item, at.now),
          ...entry.value,
        });
        attempts.push({ tournamentId, number: entry.attempts });
      }
      return attempts;
    },
    changed: () => [...changed.values()],
  };
}

function refusalOf(
  tournament: Tournament,
  entry: AttemptEntry | null,
  { score, now, playedAt }: { score: number; now: Date; playedAt: Date },
): AttemptRefusal | null {
  const state = stateOf(tournament, now);
  const noAttempt = whyNoAttempt(tournament, { now, playedAt });
  if (noAttempt) return new TournamentClosedError(noAttempt, state);
  const { minScore, maxAttempts, capacity, entrants, joinRequired } = tournament;
  if (!entry) {
    if (joinRequired) return new NotEnteredError();
    const why = whyClosed(tournament, playedAt);
    if (why) return new TournamentClosedError(why, state);
    if (capacity !== null && entrants >= capacity) return new TournamentFullError(capacity);
  }
  if (maxAttempts !== null && (entry?.attempts ?? 0) >= maxAttempts) return new AttemptLimitError(maxAttempts);
  if (minScore !== null && score < minScore) {
    return new ScoreOutOfRangeError(`The tournament takes scores of at least ${minScore}.`, {
      minScore,
      maxScore: null,
    });
  }
  return null;
}
