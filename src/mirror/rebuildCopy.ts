import type { Database, Queryable } from '../db/open.ts';
import { findPeriod, type PeriodEntry, readInOrder } from '../db/leaderboards/periods.ts';
import { inSnapshot } from '../db/inSnapshot.ts';
import type { PeriodRef } from '../domain/leaderboards/periodChange.ts';
import type { EntryValue } from '../domain/leaderboards/standingOrder.ts';
import type { Copies, NextCopy } from '../redis/copies.ts';

export type RebuiltCopy = { period: PeriodRef; entries: number; revision: number; durationMs: number };

/** Redis takes one such chunk in a few milliseconds, far below its deadline. */
const CHUNK = 2_000;

/**
 * Makes a new copy of a period beside the present one, and puts it in its place in one step: whoever reads meanwhile is
 * answered from the old one or by PostgreSQL. Changes that are committed meanwhile are in it. Null when somebody else is
 * at it, or when it was lost on the way: it may be asked for again.
 */
export async function rebuildCopy(
  { database, copies }: { database: Database; copies: Copies },
  period: PeriodRef,
): Promise<RebuiltCopy | null> {
  const startedAt = performance.now();
  const next = await copies.rebuild(period, crypto.randomUUID());
  if (!next) return null;
  try {
    const loaded = await inSnapshot(database, (snapshot) => loadAll(snapshot, period, next));
    if (!loaded || !(await next.promote(loaded.revision))) return null;
    return { period, ...loaded, durationMs: Math.round(performance.now() - startedAt) };
  } finally {
    await next.discard().catch(() => {});
  }
}

/** Reads the next chunk while Redis takes the last. Null when the rebuild was lost. */
async function loadAll(snapshot: Queryable, period: PeriodRef, next: NextCopy) {
  const stored = await findPeriod(snapshot, period);
  if (!stored) return { entries: 0, revision: 0 };
  const read = (after: EntryValue | null) => readInOrder(snapshot, { periodId: stored.id, after, limit: CHUNK });
  let entries = 0;
  let chunk: PeriodEntry[] = await read(null);
  while (chunk.length > 0) {
    const last = chunk.at(-1) ?? null;
    const [isOurs, following] = await Promise.all([
      next.load(chunk),
      chunk.length < CHUNK ? Promise.resolve([]) : read(last),
    ]);
    if (!isOurs) return null;
    entries += chunk.length;
    chunk = following;
  }
  return { entries, revision: stored.revision };
}
