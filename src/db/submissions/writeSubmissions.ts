import { sql } from 'drizzle-orm';
import type { BatchDecision } from '../../domain/submissions/decideSubmissions.ts';
import { arrayOf, jsonLines, textArray } from '../arrays.ts';
import { fixed, given } from '../fixed.ts';
import type { Queryable } from '../open.ts';
import { effectOf } from './submissionRow.ts';

/** JSON has no line breaks of its own. */
const jsonOf = (name: string) => sql`string_to_array(${given(name)}::text, e'\n', 'null')::jsonb[]`;

const insertSubmissions = fixed<
  | 'effects'
  | 'hashes'
  | 'keys'
  | 'leaderboardIds'
  | 'metadata'
  | 'outcomes'
  | 'playedAt'
  | 'playerIds'
  | 'scores'
  | 'seqs'
  | 'submittedAt'
>(sql`
  with x as materialized (
    select * from unnest(${given('seqs')}::int8[], ${given('playerIds')}::uuid[], ${given('leaderboardIds')}::uuid[],
      ${given('scores')}::int8[], ${given('keys')}::text[], ${given('hashes')}::text[], ${jsonOf('metadata')},
      ${given('submittedAt')}::timestamptz[], ${given('playedAt')}::timestamptz[],
      ${given('outcomes')}::submission_outcome[], ${jsonOf('effects')})
    as x(seq, player_id, leaderboard_id, score, key, hash, metadata, submitted_at, played_at, outcome, effect)
  ), logged as (
    insert into submissions
      (seq, player_id, leaderboard_id, score, idempotency_key, payload_hash, metadata, submitted_at, played_at, outcome,
        effect)
    select seq, player_id, leaderboard_id, score, key, decode(hash, 'hex'), metadata, submitted_at, played_at, outcome,
      effect
    from x
  )
  insert into player_statistics as t (player_id, leaderboard_id, scores, sum, high_score, last_played_at)
  select player_id, leaderboard_id, count(*), sum(score), max(score), max(coalesce(played_at, submitted_at)) from x
  group by 1, 2
  on conflict (player_id, leaderboard_id) do update set scores = t.scores + excluded.scores,
    sum = t.sum + excluded.sum, high_score = greatest(t.high_score, excluded.high_score),
    last_played_at = greatest(t.last_played_at, excluded.last_played_at)`);

/** Writes the log rows of a batch and adds them to the statistics of its players. */
export async function writeSubmissions(tx: Queryable, accepted: BatchDecision['accepted']): Promise<void> {
  if (accepted.length === 0) return;
  const submissions = accepted.map(({ submission }) => submission);
  await tx.rows(
    insertSubmissions({
      seqs: arrayOf(submissions.map(({ seq }) => seq)),
      playerIds: arrayOf(submissions.map(({ playerId }) => playerId)),
      leaderboardIds: arrayOf(submissions.map(({ leaderboardId }) => leaderboardId)),
      scores: arrayOf(submissions.map(({ score }) => score)),
      keys: textArray(accepted.map(({ source }) => source.idempotencyKey)),
      hashes: arrayOf(accepted.map(({ payloadHash }) => payloadHash)),
      metadata: jsonLines(accepted.map(({ source }) => source.metadata)),
      submittedAt: arrayOf(submissions.map(({ submittedAt }) => submittedAt)),
      playedAt: arrayOf(submissions.map(({ playedAt }) => playedAt)),
      outcomes: arrayOf(submissions.map(({ outcome }) => outcome)),
      effects: jsonLines(submissions.map(effectOf)),
    }),
  );
}
