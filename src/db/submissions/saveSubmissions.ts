import {
  type BatchState,
  decideSubmissions,
  type EntryState,
  entryKey,
  entriesConcerned,
} from '../../domain/submissions/decideSubmissions.ts';
import type { PeriodChange } from '../../domain/leaderboards/periodChange.ts';
import type { NewSubmission, SubmissionResult } from '../../domain/submissions/submission.ts';
import type { Database } from '../open.ts';
import type { Pipeline } from '../pipeline.ts';
import { lockPlayers } from './lockPlayers.ts';
import { readClock, readLastPlays, readStored } from './readBatch.ts';
import { readBoards, readEntries, readPresentEntries } from './readEntries.ts';
import { findTournamentsOfBatch, lockTournamentsOfBatch, readTournamentsOfBatch } from './readTournamentsOfBatch.ts';
import { writeAttempts } from './writeAttempts.ts';
import { writeEntries } from './writeEntries.ts';
import { writeSubmissions } from './writeSubmissions.ts';

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
  database: Pick<Database, 'pipelined'>,
  items: NewSubmission[],
  { isMirrored = false }: { isMirrored?: boolean } = {},
): Promise<SavedBatch> {
  return database.pipelined(async (tx) => {
    const { state, present } = await readUnderLocks(tx, items);
    const entries = await complete(tx, present, items, state);
    const decision = decideSubmissions(items, state, entries);
    // Sent together: none needs the answer of another, and the periods, which others wait for, are locked the shortest.
    const [, , { changes, outboxId }] = await Promise.all([
      writeSubmissions(tx, decision.accepted),
      writeAttempts(tx, decision),
      writeEntries(tx, decision.changed, isMirrored),
      tx.commit(),
    ]);
    const tournamentIds = [...new Set(decision.tournamentEntries.map(({ tournamentId }) => tournamentId))];
    return { results: decision.results, changes, tournamentIds, outboxId };
  });
}

/**
 * Sent together and run in this order, as statements of their own: each sees what earlier holders of the locks before it
 * committed. A batch whose boards have no tournament waits once; others wait for their locks, and the moment that counts is
 * the one after that.
 */
async function readUnderLocks(
  tx: Pipeline,
  items: NewSubmission[],
): Promise<{ state: BatchState; present: EntryState }> {
  const [players, found, clock, boards, stored, lastPlays, present] = await Promise.all([
    lockPlayers(tx, items),
    findTournamentsOfBatch(tx, items),
    readClock(tx, items),
    readBoards(tx, items),
    readStored(tx, items),
    readLastPlays(tx, items),
    readPresentEntries(tx, items),
  ]);
  const state = { players, boards, stored, lastPlays };
  if (found.length === 0) return { state: { ...state, ...clock, tournaments: NO_TOURNAMENTS }, present };
  const [, late, tournaments] = await Promise.all([
    lockTournamentsOfBatch(tx, found),
    readClock(tx, items),
    readTournamentsOfBatch(tx, found, [...players]),
  ]);
  return { state: { ...state, ...late, tournaments }, present };
}

const NO_TOURNAMENTS: BatchState['tournaments'] = { tournaments: [], entries: new Map() };

/** Reads what is missing: periods that are not present or have no row yet. */
async function complete(
  tx: Pipeline,
  present: EntryState,
  items: NewSubmission[],
  state: BatchState,
): Promise<EntryState> {
  const missing = entriesConcerned(items, state).filter((ref) => !present.has(entryKey(ref)));
  if (missing.length === 0) return present;
  return new Map([...present, ...(await readEntries(tx, missing))]);
}
