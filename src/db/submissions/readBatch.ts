import { sql } from 'drizzle-orm';
import { type BatchState, playsKey, submissionKey } from '../../domain/submissions/decideSubmissions.ts';
import type { NewSubmission } from '../../domain/submissions/submission.ts';
import { arrayOf, textArray } from '../arrays.ts';
import { fixed, given } from '../fixed.ts';
import type { Queryable } from '../open.ts';
import { submissionColumns, type SubmissionRow, submissionOf } from './submissionRow.ts';

const clock = fixed<'count'>(sql`
  select date_trunc('milliseconds', clock_timestamp()) as now,
    (select json_agg(nextval('submissions_seq')) from generate_series(1, ${given('count')}::int)) as seqs`);

/** The moment of the batch, and unused log numbers for it in their order. To be asked for under its locks. */
export async function readClock(tx: Queryable, { length }: NewSubmission[]): Promise<Pick<BatchState, 'now' | 'seqs'>> {
  const [row] = await tx.rows<{ now: Date; seqs: number[] }>(clock({ count: length }));
  if (!row) throw new Error('the database did not tell the time');
  return { now: row.now, seqs: row.seqs.toSorted((a, b) => a - b) };
}

const storedAnswers = fixed<'keys' | 'playerIds'>(sql`
  select ${submissionColumns} from unnest(${given('playerIds')}::uuid[], ${given('keys')}::text[]) as x(player_id, key)
  join submissions s on s.player_id = x.player_id and s.idempotency_key = x.key`);

/** What was accepted earlier under the keys of a batch. */
export async function readStored(tx: Queryable, items: NewSubmission[]): Promise<BatchState['stored']> {
  const rows = await tx.rows<SubmissionRow>(
    storedAnswers({
      playerIds: arrayOf(items.map(({ playerId }) => playerId)),
      keys: textArray(items.map(({ idempotencyKey }) => idempotencyKey)),
    }),
  );
  return new Map(
    rows.map((row) => [submissionKey(row), { payloadHash: row.payloadHash, submission: submissionOf(row) }]),
  );
}

const lastPlays = fixed<'leaderboardIds' | 'playerIds'>(sql`
  select t.player_id as "playerId", t.leaderboard_id as "leaderboardId", t.last_played_at as at
  from unnest(${given('playerIds')}::uuid[], ${given('leaderboardIds')}::uuid[]) as x(player_id, leaderboard_id)
  join player_statistics t on t.player_id = x.player_id and t.leaderboard_id = x.leaderboard_id`);

/** No statement for a batch that does not say when its plays ended. */
export async function readLastPlays(tx: Queryable, items: NewSubmission[]): Promise<BatchState['lastPlays']> {
  const late = items.filter(({ playedAt }) => playedAt);
  if (late.length === 0) return new Map();
  const rows = await tx.rows<{ playerId: string; leaderboardId: string; at: Date | null }>(
    lastPlays({
      playerIds: arrayOf(late.map(({ playerId }) => playerId)),
      leaderboardIds: arrayOf(late.map(({ leaderboardId }) => leaderboardId)),
    }),
  );
  return new Map(rows.flatMap((row) => (row.at ? [[playsKey(row), row.at] as const] : [])));
}
