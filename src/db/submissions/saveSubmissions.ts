import { sql } from 'drizzle-orm';
import {
  type BatchDecision,
  type BatchState,
  decideSubmissions,
  type EntryRef,
  type EntryState,
  entryKey,
  entriesConcerned,
  playsKey,
  submissionKey,
} from '../../domain/submissions/decideSubmissions.ts';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import type { NewSubmission, SubmissionResult } from '../../domain/submissions/submission.ts';
import type { PeriodChange } from '../../domain/leaderboards/periodChange.ts';
import { type Bump, bumpPeriods, type PeriodGrowth } from './bumpPeriods.ts';
import { leaderboardJson } from '../leaderboards/leaderboardColumns.ts';
import type { Database, Queryable } from '../open.ts';
import { findTournamentsOfBatch, lockTournamentsOfBatch, readTournamentsOfBatch } from './readTournamentsOfBatch.ts';
import { recordset } from '../recordset.ts';
import { writeAttempts } from './writeAttempts.ts';
import { effectOf, submissionColumns, type SubmissionRow, submissionOf } from './submissionRow.ts';

/** What a batch came to: the verdicts in order, and what is to be mirrored. `outboxId` is null where nothing is. */
export type SavedBatch = {
  results: SubmissionResult[];
  changes: PeriodChange[];
  /** Where an attempt was counted. */
  tournamentIds: string[];
  outboxId: number | null;
};

/**
 * Decides a batch of submissions in one transaction: all that can be accepted are, each of the others gets its refusal.
 * Safe to repeat after any failure, because an accepted submission is found again by its idempotency key.
 *
 * Locks, in this order everywhere: players by id, tournaments by id, then new periods by key, then periods by id, just
 * before the commit.
 */
export async function saveSubmissions(
  database: Database,
  items: NewSubmission[],
  { isMirrored = false }: { isMirrored?: boolean } = {},
): Promise<SavedBatch> {
  return database.transaction(async (tx) => {
    // Sent together and run in this order, so a batch whose boards have no tournaments does not wait for the answer.
    const [players, found] = await Promise.all([lockPlayers(tx, items), findTournamentsOfBatch(tx, items)]);
    const [, state, lastPlays, tournaments] = await Promise.all([
      lockTournamentsOfBatch(tx, found),
      readState(tx, items),
      readLastPlays(tx, items),
      readTournamentsOfBatch(tx, found, [...players]),
    ]);
    return decideAndWrite(tx, items, { state: { players, tournaments, lastPlays, ...state }, isMirrored });
  });
}

async function decideAndWrite(
  tx: Queryable,
  items: NewSubmission[],
  { state, isMirrored }: { state: BatchState; isMirrored: boolean },
): Promise<SavedBatch> {
  const entries = await readEntries(tx, entriesConcerned(items, state));
  const decision = decideSubmissions(items, state, entries);
  const [bumps] = await Promise.all([write(tx, decision, isMirrored), writeAttempts(tx, decision)]);
  return {
    results: decision.results,
    changes: bumps.map(({ change }) => ({ ...change, entries: changedIn(change.periodId, decision), removed: [] })),
    tournamentIds: [...new Set(decision.tournamentEntries.map(({ tournamentId }) => tournamentId))],
    outboxId: bumps[0]?.outboxId ?? null,
  };
}

async function lockPlayers(tx: Queryable, items: NewSubmission[]): Promise<Set<string>> {
  const ids = [...new Set(items.map((item) => item.playerId))];
  const rows = await tx.rows<{ id: string }>(sql`
    select id from players where id = any(array(select x.id from ${recordset(
      { id: 'uuid' },
      ids.map((id) => ({ id })),
    )})) and deleted_at is null
    order by id for no key update`);
  return new Set(rows.map((row) => row.id));
}

/** Statements of their own after the locks: each sees what earlier holders of the locks committed. */
async function readState(
  tx: Queryable,
  items: NewSubmission[],
): Promise<Pick<BatchState, 'boards' | 'now' | 'seqs' | 'stored'>> {
  const [clock, boards, stored] = await Promise.all([
    tx.rows<{ now: Date; seqs: number[] }>(sql`
      select date_trunc('milliseconds', clock_timestamp()) as now,
        (select json_agg(nextval('submissions_seq')) from generate_series(1, ${items.length}::int)) as seqs`),
    tx.rows<{ board: Leaderboard }>(sql`
      select ${leaderboardJson} as board from leaderboards l where l.id = any(array(select x.id from ${recordset(
        { id: 'uuid' },
        [...new Set(items.map((item) => item.leaderboardId))].map((id) => ({ id })),
      )}))`),
    tx.rows<SubmissionRow>(sql`
      select ${submissionColumns} from submissions s join ${recordset(
        { playerId: 'uuid', idempotencyKey: 'text' },
        items.map(({ playerId, idempotencyKey }) => ({ playerId, idempotencyKey })),
      )} on s.player_id = x."playerId" and s.idempotency_key = x."idempotencyKey"`),
  ]);
  const { now, seqs } = clock[0] ?? { now: new Date(0), seqs: [] };
  return {
    now,
    seqs: seqs.toSorted((a, b) => a - b),
    boards: new Map(boards.map(({ board }) => [board.id, board])),
    stored: new Map(
      stored.map((row) => [submissionKey(row), { payloadHash: row.payloadHash, submission: submissionOf(row) }]),
    ),
  };
}

/** No statement for a batch that does not say when its plays ended. */
async function readLastPlays(tx: Queryable, items: NewSubmission[]): Promise<Map<string, Date>> {
  const late = items.filter(({ playedAt }) => playedAt);
  if (late.length === 0) return new Map();
  const rows = await tx.rows<{ playerId: string; leaderboardId: string; at: Date | null }>(sql`
    select x."playerId", x."leaderboardId", t.last_played_at as at from ${recordset(
      { playerId: 'uuid', leaderboardId: 'uuid' },
      late.map(({ playerId, leaderboardId }) => ({ playerId, leaderboardId })),
    )} join player_statistics t on t.player_id = x."playerId" and t.leaderboard_id = x."leaderboardId"`);
  return new Map(rows.flatMap((row) => (row.at ? [[playsKey(row), row.at] as const] : [])));
}

async function readEntries(tx: Queryable, places: EntryRef[]): Promise<EntryState> {
  if (places.length === 0) return new Map();
  const found = await selectEntries(tx, places);
  const unknown = places.filter((place) => !found.has(entryKey(place)));
  if (unknown.length === 0) return found;
  await insertPeriods(tx, unknown);
  return selectEntries(tx, places);
}

/** Entries by place; a place whose period has no row yet is left out. Lateral, so that each is one look-up by key. */
async function selectEntries(tx: Queryable, places: EntryRef[]): Promise<EntryState> {
  type Row = { place: number; periodId: number; orderKey: number | null; reachedSeq: number | null };
  const rows = await tx.rows<Row>(sql`
    select x.place, p.id as "periodId", e.order_key as "orderKey", e.reached_seq as "reachedSeq"
    from ${recordset(
      { place: 'int', leaderboardId: 'uuid', cadence: 'cadence', periodKey: 'text', playerId: 'uuid' },
      places.map((place, index) => ({ place: index, ...place })),
    )}
    join board_periods p on p.leaderboard_id = x."leaderboardId" and p.cadence = x.cadence and p.key = x."periodKey"
    left join lateral (
      select * from entries where period_id = p.id and player_id = x."playerId" limit 1
    ) e on true`);
  const entries: EntryState = new Map();
  for (const { place, periodId, orderKey, reachedSeq } of rows) {
    const value = orderKey === null || reachedSeq === null ? null : { orderKey, reachedSeq };
    const found = places[place];
    if (found) entries.set(entryKey(found), { periodId, value });
  }
  return entries;
}

async function insertPeriods(tx: Queryable, places: EntryRef[]): Promise<void> {
  const periods = new Map(places.map((place) => [`${place.leaderboardId} ${place.cadence} ${place.periodKey}`, place]));
  await tx.rows(sql`
    insert into board_periods (leaderboard_id, cadence, key)
    select x."leaderboardId", x.cadence, x."periodKey"
    from ${recordset(
      { leaderboardId: 'uuid', cadence: 'cadence', periodKey: 'text' },
      [...periods.values()].map(({ leaderboardId, cadence, periodKey }) => ({ leaderboardId, cadence, periodKey })),
    )}
    order by x."leaderboardId", x.cadence, x."periodKey" on conflict do nothing`);
}

/** The statements are sent together: none needs the answer of another, and the periods' locks are held the shortest. */
async function write(tx: Queryable, { accepted, changed }: BatchDecision, isMirrored: boolean): Promise<Bump[]> {
  if (accepted.length === 0) return [];
  const log = insertSubmissions(tx, accepted);
  const statistics = addStatistics(tx, accepted);
  if (changed.length === 0) {
    await Promise.all([log, statistics]);
    return [];
  }
  const seqs = [...new Set(changed.map(({ reachedSeq }) => reachedSeq))];
  const bumped = bumpPeriods(tx, growthOf(changed), { isMirrored, seqs, removed: [] });
  const [bumps] = await Promise.all([bumped, log, statistics, upsertEntries(tx, changed)]);
  return bumps;
}

async function insertSubmissions(tx: Queryable, accepted: BatchDecision['accepted']): Promise<void> {
  await tx.rows(sql`
    insert into submissions
      (seq, player_id, leaderboard_id, score, idempotency_key, payload_hash, metadata, submitted_at, played_at, outcome,
        effect)
    select x.seq, x."playerId", x."leaderboardId", x.score, x."idempotencyKey", decode(x."payloadHash", 'hex'),
      x.metadata, x."submittedAt", x."playedAt", x.outcome, x.effect
    from ${recordset(
      {
        seq: 'int8',
        playerId: 'uuid',
        leaderboardId: 'uuid',
        score: 'int8',
        idempotencyKey: 'text',
        payloadHash: 'text',
        metadata: 'jsonb',
        submittedAt: 'timestamptz',
        playedAt: 'timestamptz',
        outcome: 'submission_outcome',
        effect: 'jsonb',
      },
      accepted.map(({ submission, source, payloadHash }) => ({
        seq: submission.seq,
        playerId: submission.playerId,
        leaderboardId: submission.leaderboardId,
        score: submission.score,
        idempotencyKey: source.idempotencyKey,
        payloadHash,
        metadata: source.metadata ?? null,
        submittedAt: submission.submittedAt,
        playedAt: submission.playedAt,
        outcome: submission.outcome,
        effect: effectOf(submission),
      })),
    )}`);
}

async function addStatistics(tx: Queryable, accepted: BatchDecision['accepted']): Promise<void> {
  await tx.rows(sql`
    insert into player_statistics as t (player_id, leaderboard_id, scores, sum, high_score, last_played_at)
    select x."playerId", x."leaderboardId", count(*), sum(x.score), max(x.score), max(x."playedAt")
    from ${recordset(
      { playerId: 'uuid', leaderboardId: 'uuid', score: 'int8', playedAt: 'timestamptz' },
      accepted.map(({ submission: { playerId, leaderboardId, score, playedAt, submittedAt } }) => ({
        playerId,
        leaderboardId,
        score,
        playedAt: playedAt ?? submittedAt,
      })),
    )}
    group by 1, 2
    on conflict (player_id, leaderboard_id) do update set scores = t.scores + excluded.scores,
      sum = t.sum + excluded.sum, high_score = greatest(t.high_score, excluded.high_score),
      last_played_at = greatest(t.last_played_at, excluded.last_played_at)`);
}

function growthOf(changed: BatchDecision['changed']): PeriodGrowth[] {
  const growth = new Map<number, PeriodGrowth>();
  for (const { periodId, isNew } of changed) {
    const added = growth.get(periodId)?.added ?? 0;
    growth.set(periodId, { id: periodId, added: added + (isNew ? 1 : 0) });
  }
  return [...growth.values()];
}

function changedIn(periodId: number, { changed }: BatchDecision): PeriodChange['entries'] {
  return changed
    .filter((entry) => entry.periodId === periodId)
    .map(({ playerId, orderKey, reachedSeq }) => ({ playerId, orderKey, reachedSeq }));
}

async function upsertEntries(tx: Queryable, changed: BatchDecision['changed']): Promise<void> {
  await tx.rows(sql`
    insert into entries (period_id, player_id, order_key, reached_seq, revision)
    select x."periodId", x."playerId", x."orderKey", x."reachedSeq", p.revision
    from ${recordset(
      { periodId: 'int8', playerId: 'uuid', orderKey: 'int8', reachedSeq: 'int8' },
      changed.map(({ periodId, playerId, orderKey, reachedSeq }) => ({ periodId, playerId, orderKey, reachedSeq })),
    )} join board_periods p on p.id = x."periodId"
    on conflict (period_id, player_id) do update
      set order_key = excluded.order_key, reached_seq = excluded.reached_seq, revision = excluded.revision`);
}
