import { sql } from 'drizzle-orm';
import type { Cadence } from '../../domain/leaderboards/period.ts';
import type { EntryValue } from '../../domain/leaderboards/standingOrder.ts';
import type { Submission } from '../../domain/submissions/submission.ts';

/** The `effect` column: short names, because every accepted submission carries one. */
export type Effect = {
  previous: [orderKey: number, reachedSeq: number] | null;
  entries: [periodId: number, cadence: Cadence, periodKey: string, orderKey: number, reachedSeq: number][];
  /** Left out where it counted in no tournament. */
  attempts?: [tournamentId: string, number: number][];
};

export type SubmissionRow = Pick<
  Submission,
  'leaderboardId' | 'outcome' | 'playedAt' | 'playerId' | 'score' | 'seq' | 'submittedAt'
> & { idempotencyKey: string; payloadHash: string; effect: Effect };

/** The columns of `SubmissionRow`, from `submissions s`. */
export const submissionColumns = sql`s.seq, s.player_id as "playerId", s.leaderboard_id as "leaderboardId", s.score,
  s.idempotency_key as "idempotencyKey", encode(s.payload_hash, 'hex') as "payloadHash",
  s.submitted_at as "submittedAt", s.played_at as "playedAt", s.outcome, s.effect`;

export function submissionOf(row: SubmissionRow): Submission {
  const { seq, playerId, leaderboardId, score, submittedAt, playedAt, outcome, effect } = row;
  const entries = effect.entries.map(([periodId, cadence, periodKey, orderKey, reachedSeq]) => ({
    periodId,
    cadence,
    periodKey,
    orderKey,
    reachedSeq,
  }));
  const attempts = (effect.attempts ?? []).map(([tournamentId, number]) => ({ tournamentId, number }));
  const previous = valueOf(effect.previous);
  return { seq, playerId, leaderboardId, score, submittedAt, playedAt, outcome, entries, previous, attempts };
}

export function effectOf({ entries, previous, attempts }: Submission): Effect {
  return {
    ...(attempts.length > 0 ? { attempts: attempts.map(({ tournamentId, number }) => [tournamentId, number]) } : {}),
    previous: previous && [previous.orderKey, previous.reachedSeq],
    entries: entries.map(({ periodId, cadence, periodKey, orderKey, reachedSeq }) => [
      periodId,
      cadence,
      periodKey,
      orderKey,
      reachedSeq,
    ]),
  };
}

function valueOf(pair: Effect['previous']): EntryValue | null {
  return pair && { orderKey: pair[0], reachedSeq: pair[1] };
}
