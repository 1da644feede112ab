import { type ChangedTournamentEntry, createAttemptCounter, type TournamentsOfBatch } from './attemptCounter.ts';
import {
  IdempotencyConflictError,
  NotFoundError,
  type PeriodOverError,
  ScoreOutOfRangeError,
  type ValidationError,
} from '../errors.ts';
import type { Cadence } from '../leaderboards/period.ts';
import type { Leaderboard } from '../leaderboards/leaderboard.ts';
import { applyScore, type EntryValue, SCORE_MAX } from '../leaderboards/standingOrder.ts';
import { endOfPlay, periodsOfPlay, refusalOfPlayedAt } from './playedAt.ts';
import { whyNoAttempt } from '../tournaments/tournament.ts';
import {
  type EntryAfter,
  type NewSubmission,
  hashPayload,
  type Submission,
  type SubmissionResult,
} from './submission.ts';

/** Names a player's entry in one period, whether or not there is one yet. */
export type EntryRef = { leaderboardId: string; cadence: Cadence; periodKey: string; playerId: string };

/** What the database says about a batch, read under the locks of its players. */
export type BatchState = {
  now: Date;
  /** Unused numbers of the log, at least one for each submission. */
  seqs: number[];
  players: Set<string>;
  boards: Map<string, Leaderboard>;
  /** Accepted earlier, by `submissionKey`. */
  stored: Map<string, { payloadHash: string; submission: Submission }>;
  /** When a player's latest play on a board ended, by `playsKey`; only for who now says when one ended. */
  lastPlays: Map<string, Date>;
  tournaments: TournamentsOfBatch;
};

/** Entries by `entryKey`. Every one that `entriesConcerned` names is there. */
export type EntryState = Map<string, { periodId: number; value: EntryValue | null }>;

export type ChangedEntry = EntryValue & { periodId: number; playerId: string; isNew: boolean };

export type BatchDecision = {
  results: SubmissionResult[];
  accepted: { submission: Submission; source: NewSubmission; payloadHash: string }[];
  /** The last value of each entry that changed. */
  changed: ChangedEntry[];
  /** The last state of each entry in a tournament that changed. */
  tournamentEntries: ChangedTournamentEntry[];
};

export const submissionKey = (of: { playerId: string; idempotencyKey: string }) =>
  `${of.playerId} ${of.idempotencyKey}`;

export const playsKey = (of: { playerId: string; leaderboardId: string }) => `${of.playerId} ${of.leaderboardId}`;

export const entryKey = (entry: EntryRef) =>
  `${entry.leaderboardId} ${entry.cadence} ${entry.periodKey} ${entry.playerId}`;

/** The entries that a batch may change. Submissions that are refused or known already have none. */
export function entriesConcerned(items: NewSubmission[], state: BatchState): EntryRef[] {
  const concerned = new Map<string, EntryRef>();
  for (const item of items) {
    const board = state.boards.get(item.leaderboardId);
    if (!board || !state.players.has(item.playerId) || state.stored.has(submissionKey(item))) continue;
    if (refusalOfBoard(item, board, state)) continue;
    for (const entry of entriesOf(item, board, state.now)) concerned.set(entryKey(entry), entry);
  }
  return [...concerned.values()];
}

/** Applies a batch in its order, exactly as if each submission had come alone: one that is refused changes nothing. */
export function decideSubmissions(items: NewSubmission[], state: BatchState, entries: EntryState): BatchDecision {
  const seen = new Map(state.stored);
  const values = new Map([...entries].map(([key, { value }]) => [key, value]));
  const changed = new Map<string, ChangedEntry>();
  const accepted: BatchDecision['accepted'] = [];
  const seqs = state.seqs.values();
  const attemptCounter = createAttemptCounter(state.tournaments);
  const lastPlays = new Map(state.lastPlays);

  const decide = (item: NewSubmission): SubmissionResult => {
    const hash = hashPayload(item);
    const known = seen.get(submissionKey(item));
    if (known)
      return known.payloadHash === hash ? { ...known.submission, replayed: true } : new IdempotencyConflictError();
    const board = state.boards.get(item.leaderboardId);
    if (!board) return new NotFoundError('There is no such leaderboard.');
    if (!state.players.has(item.playerId)) return new NotFoundError('There is no such player.');
    const refusal = refusalOfBoard(item, board, { ...state, lastPlays });
    if (refusal) return refusal;

    const seq = seqs.next().value;
    if (seq === undefined) throw new Error('a batch was given too few sequence numbers');
    const refs = entriesOf(item, board, state.now);
    const after: EntryAfter[] = [];
    for (const ref of refs) {
      const key = entryKey(ref);
      const value = applyScore(values.get(key) ?? null, { score: item.score, seq }, board);
      if (!value) return sumTooLarge(board);
      const { periodId } = entries.get(key) ?? throwMissing(key);
      after.push({ ...value, periodId, cadence: ref.cadence, periodKey: ref.periodKey });
    }

    const attempts = attemptCounter.count(item, { seq, now: state.now, board });
    if (attempts instanceof Error) return attempts;
    const { over } = periodsOfPlay(item, board, state.now);
    if (over && attempts.length === 0) return over;
    const allTime = refs.find(({ cadence }) => cadence === 'ALL_TIME');
    const submission: Submission = {
      seq,
      playerId: item.playerId,
      leaderboardId: item.leaderboardId,
      score: item.score,
      submittedAt: state.now,
      playedAt: item.playedAt ?? null,
      outcome: after.some((entry) => entry.reachedSeq === seq) ? 'IMPROVED' : 'UNCHANGED',
      entries: after,
      previous: (allTime && values.get(entryKey(allTime))) ?? null,
      attempts,
    };
    for (const [index, ref] of refs.entries()) {
      const entry = after[index];
      if (entry?.reachedSeq !== seq) continue;
      const key = entryKey(ref);
      const { periodId, orderKey, reachedSeq } = entry;
      const isNew = entries.get(key)?.value === null;
      values.set(key, { orderKey, reachedSeq });
      changed.set(key, { periodId, playerId: item.playerId, orderKey, reachedSeq, isNew });
    }
    seen.set(submissionKey(item), { payloadHash: hash, submission });
    lastPlays.set(playsKey(item), laterOf(lastPlays.get(playsKey(item)), endOfPlay(item, state.now)));
    accepted.push({ submission, source: item, payloadHash: hash });
    return { ...submission, replayed: false };
  };

  const results = items.map(decide);
  return { results, accepted, changed: [...changed.values()], tournamentEntries: attemptCounter.changed() };
}

function entriesOf(item: NewSubmission, board: Leaderboard, now: Date): EntryRef[] {
  const { leaderboardId, playerId } = item;
  return periodsOfPlay(item, board, now).taken.map(({ cadence, key }) => ({
    leaderboardId,
    cadence,
    periodKey: key,
    playerId,
  }));
}

/** Why the board takes no such score, or none that was played then. */
function refusalOfBoard(
  item: NewSubmission,
  board: Leaderboard,
  state: Pick<BatchState, 'lastPlays' | 'now' | 'tournaments'>,
): PeriodOverError | ScoreOutOfRangeError | ValidationError | null {
  const { now, lastPlays } = state;
  const last = lastPlays.get(playsKey(item)) ?? null;
  const flaw = refusalOfScore(item.score, board) ?? refusalOfPlayedAt(item, { now, last });
  if (flaw) return flaw;
  const { over } = periodsOfPlay(item, board, now);
  return over && !isAwaited(item, state) ? over : null;
}

/** Whether a tournament of the board waits for plays of that moment. The attempt itself may still be refused. */
function isAwaited(item: NewSubmission, { now, tournaments }: Pick<BatchState, 'now' | 'tournaments'>): boolean {
  const at = { now, playedAt: endOfPlay(item, now) };
  return tournaments.tournaments.some((one) => one.leaderboardId === item.leaderboardId && !whyNoAttempt(one, at));
}

function laterOf(a: Date | undefined, b: Date): Date {
  return a && a > b ? a : b;
}

function refusalOfScore(score: number, board: Leaderboard): ScoreOutOfRangeError | null {
  const { minScore, maxScore } = board;
  const below = minScore !== null && score < minScore;
  const above = maxScore !== null && score > maxScore;
  if (!below && !above) return null;
  const wanted = [minScore !== null && `at least ${minScore}`, maxScore !== null && `at most ${maxScore}`];
  return new ScoreOutOfRangeError(`This board takes scores of ${wanted.filter(Boolean).join(' and ')}.`, board);
}

function sumTooLarge(board: Leaderboard): ScoreOutOfRangeError {
  return new ScoreOutOfRangeError(
    `The player's sum would pass ±${SCORE_MAX}, the largest that is kept exactly.`,
    board,
  );
}

function throwMissing(key: string): never {
  throw new Error(`the entry of ${key} was not read`);
}
