import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonicalJson.ts';
import type { Attempt, AttemptRefusal } from './attemptCounter.ts';
import type {
  IdempotencyConflictError,
  NotFoundError,
  PeriodOverError,
  ScoreOutOfRangeError,
  ValidationError,
} from '../errors.ts';
import type { Cadence } from '../leaderboards/period.ts';
import type { Ranks } from '../leaderboards/standing.ts';
import type { EntryValue } from '../leaderboards/standingOrder.ts';

export const METADATA_BYTES_MAX = 1024;
export const IDEMPOTENCY_KEY_LENGTH_MAX = 128;

/** One attempt, checked in shape but not yet accepted. `metadata` is any JSON value. */
export type NewSubmission = {
  playerId: string;
  leaderboardId: string;
  score: number;
  idempotencyKey: string;
  metadata: unknown;
  /** The tournament that it must count in; without one it counts in all that take it. */
  tournamentId?: string | null;
  /** When the play ended; without it, at the moment of acceptance. */
  playedAt?: Date | null;
  /** From somebody who may tell of plays however long ago. No part of the payload: it says who submits. */
  isImport?: boolean;
};

export type SubmissionOutcome = 'IMPROVED' | 'UNCHANGED';

/** The player's entry in one period, as it stood right after the submission. */
export type EntryAfter = EntryValue & { periodId: number; cadence: Cadence; periodKey: string };

/** An accepted submission: a row of the log, immutable but for the ranks, which are read and kept when first asked for. */
export type Submission = {
  seq: number;
  playerId: string;
  leaderboardId: string;
  score: number;
  /** When it was accepted. */
  submittedAt: Date;
  /** When the play ended, as was said; null: at `submittedAt`. */
  playedAt: Date | null;
  outcome: SubmissionOutcome;
  entries: EntryAfter[];
  /** The ALL_TIME entry before, null for a first score and for boards without ALL_TIME. */
  previous: EntryValue | null;
  /** In which tournaments it counted. */
  attempts: Attempt[];
};

export type SubmissionAnswer = Submission & { replayed: boolean };
export type SubmissionRefusal =
  | AttemptRefusal
  | IdempotencyConflictError
  | NotFoundError
  | PeriodOverError
  | ScoreOutOfRangeError
  | ValidationError;
export type SubmissionResult = SubmissionAnswer | SubmissionRefusal;

/** Ranks right after a submission, read once and then kept: by period id, and the ALL_TIME rank before it. */
export type SubmissionRanks = {
  periods: Map<number, Ranks & { size: number }>;
  previousRank: number | null;
};

/**
 * Tells one payload from another under the same idempotency key: SHA-256 over its canonical JSON, in hex. What is not
 * given at the end is left out, so that a payload hashes as it did before there was more to give.
 */
export function payloadHash({ leaderboardId, score, metadata, tournamentId, playedAt }: NewSubmission): string {
  const payload: unknown[] = [leaderboardId, score, metadata ?? null];
  if (tournamentId != null || playedAt) payload.push(tournamentId ?? null);
  if (playedAt) payload.push(playedAt.toISOString());
  return createHash('sha256').update(canonicalJson(payload)).digest('hex');
}
