import type { Database, Queryable } from '../db/open.ts';
import {
  findPeriod,
  type PeriodEntry,
  type PeriodRow,
  playersWithin,
  readInOrder,
} from '../db/leaderboards/periods.ts';
import { inSnapshot } from '../db/inSnapshot.ts';
import type { PeriodRef } from '../domain/leaderboards/periodChange.ts';
import type { EntryValue } from '../domain/leaderboards/standingOrder.ts';
import type { HeldEntry, CopyReader } from '../redis/copyReader.ts';

/** Something that the copy says otherwise than PostgreSQL. `playerId` is null where it is about the whole period. */
export type CopyDifference = { playerId: string | null; inPostgres: string | null; inRedis: string | null };

/**
 * `COMPARED`: `differences` are all there are. `MISSING`: there is no copy. `BEHIND`: the copy has not caught up with the
 * revision that was to be compared, which is no difference by itself.
 */
export type CopyComparison = {
  period: PeriodRef;
  state: 'BEHIND' | 'COMPARED' | 'MISSING';
  revision: number;
  entries: number;
  differences: CopyDifference[];
};

const TOP = 100;
const CHUNK = 2_000;
/** What is wrong altogether need not be listed row by row. */
const DIFFERENCES_MAX = 100;

type Comparing = {
  database: Database;
  snapshot: Queryable;
  copyReader: CopyReader;
  period: PeriodRef;
  stored: PeriodRow;
};

/**
 * Compares the copy of a period with one revision of it in PostgreSQL, however much is submitted meanwhile: entries that
 * changed after that revision say so themselves, and are left to the next time. The top 100 come first, then every row,
 * then whether the copy has any that it should not; without `isFull`, the top alone.
 */
export async function compareCopy(
  { database, copyReader }: { database: Database; copyReader: CopyReader },
  period: PeriodRef,
  { isFull }: { isFull: boolean },
): Promise<CopyComparison> {
  return inSnapshot(database, async (snapshot) => {
    const stored = await findPeriod(snapshot, period);
    const copyRevision = await copyReader.revision(period);
    const revision = stored?.revision ?? 0;
    const result = (state: CopyComparison['state'], entries = 0, differences: CopyDifference[] = []) => ({
      period,
      state,
      revision,
      entries,
      differences,
    });
    if (!stored || copyRevision === null) return result('MISSING');
    if (copyRevision < revision) return result('BEHIND');
    const comparing = { database, snapshot, copyReader, period, stored };
    const top = await compareRows(comparing, TOP);
    if (!isFull || top.differences.length > 0) return result('COMPARED', top.entries, top.differences);
    const all = await compareRows(comparing, Infinity);
    // With every row there and the right number of them, there is no room for another.
    const extra = all.isCounted ? [] : await listExtra(comparing);
    return result('COMPARED', all.entries, [...all.differences, ...extra].slice(0, DIFFERENCES_MAX));
  });
}

async function compareRows(comparing: Comparing, limit: number) {
  const { snapshot, copyReader, period, stored } = comparing;
  const differences: CopyDifference[] = [];
  const keys = new Set<number>();
  let entries = 0;
  let after: EntryValue | null = null;
  while (entries < limit && differences.length < DIFFERENCES_MAX) {
    const wanted = Math.min(CHUNK, limit - entries);
    const rows: PeriodEntry[] = await readInOrder(snapshot, { periodId: stored.id, after, limit: wanted });
    const copy = await copyReader.inspect(period, rows);
    if (!copy) return { entries, differences: [differenceOfWhole('a copy', 'none')], isCounted: false };
    for (const [index, row] of rows.entries()) {
      keys.add(row.orderKey);
      const { held = null, isWhole = false } = copy.entries[index] ?? {};
      if (!isDifferent(row, held, { isWhole, revision: stored.revision })) continue;
      // Gone since: an entry that was removed leaves no trace that says when.
      if (!held && !(await playersWithin(comparing.database, stored.id, [row.playerId])).has(row.playerId)) continue;
      differences.push({ playerId: row.playerId, inPostgres: textOf(row), inRedis: held && textOf(held) });
    }
    entries += rows.length;
    after = rows.at(-1) ?? after;
    if (rows.length < wanted) {
      const isCounted = copy.revision === stored.revision && copy.size === stored.size;
      if (copy.revision === stored.revision) differences.push(...countDifferences(stored, keys.size, copy));
      return { entries, differences, isCounted };
    }
  }
  return { entries, differences, isCounted: false };
}

/** What the copy has of players who have no entry. */
async function listExtra({ snapshot, copyReader, period, stored }: Comparing): Promise<CopyDifference[]> {
  const differences: CopyDifference[] = [];
  let cursor = '0';
  do {
    const found = await copyReader.scan(period, cursor);
    cursor = found.cursor;
    const held = found.entries.filter((entry) => entry.revision <= stored.revision);
    const known = await playersWithin(
      snapshot,
      stored.id,
      held.map(({ playerId }) => playerId),
    );
    for (const entry of held) {
      const { playerId } = entry;
      if (!known.has(playerId)) differences.push({ playerId, inPostgres: null, inRedis: textOf(entry) });
    }
  } while (cursor !== '0' && differences.length < DIFFERENCES_MAX);
  return differences;
}

function isDifferent(
  row: PeriodEntry,
  held: HeldEntry | null,
  { isWhole, revision }: { isWhole: boolean; revision: number },
): boolean {
  if (!held) return true;
  if (held.revision > revision) return false;
  return !isWhole || textOf(row) !== textOf(held);
}

function countDifferences(stored: PeriodRow, distinct: number, copy: { size: number; distinct: number }) {
  const differences: CopyDifference[] = [];
  if (copy.size !== stored.size) differences.push(differenceOfWhole(`${stored.size} entries`, `${copy.size} entries`));
  if (copy.distinct !== distinct) differences.push(differenceOfWhole(`${distinct} scores`, `${copy.distinct} scores`));
  return differences;
}

function differenceOfWhole(inPostgres: string, inRedis: string): CopyDifference {
  return { playerId: null, inPostgres, inRedis };
}

function textOf({ orderKey, reachedSeq, revision }: EntryValue & { revision: number }): string {
  return `${orderKey} at ${reachedSeq}, revision ${revision}`;
}
