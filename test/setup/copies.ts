import { randomUUID } from 'node:crypto';
import type { PeriodChange, PeriodRef } from '../../src/domain/leaderboards/periodChange.ts';
import { compareEntries, type EntryValue } from '../../src/domain/leaderboards/standingOrder.ts';
import type { RankedEntry } from '../../src/redis/copyReader.ts';

export const newPeriod = (): PeriodRef => ({ leaderboardId: randomUUID(), cadence: 'ALL_TIME', periodKey: 'ALL' });

/** A period kept the slow and obvious way. */
export type Model = Map<string, EntryValue>;

export function applyToModel(model: Model, { entries, removed }: PeriodChange): void {
  for (const { playerId, ...value } of entries) model.set(playerId, value);
  for (const playerId of removed) model.delete(playerId);
}

export function rankModel(model: Model): RankedEntry[] {
  const rows = [...model].map(([playerId, value]) => ({ playerId, ...value })).toSorted(compareEntries);
  let competition = 0;
  let dense = 0;
  return rows.map((row, index) => {
    if (row.orderKey !== rows[index - 1]?.orderKey) {
      competition = index + 1;
      dense += 1;
    }
    return { ...row, ordinal: index + 1, competition, dense };
  });
}

/** A chain of changes of one period: each gives some players an entry or takes theirs away. */
export function chainOf(
  period: PeriodRef,
  steps: { player: number; orderKey: number | null }[][],
  { firstSeq = 1 } = {},
): PeriodChange[] {
  let seq = firstSeq;
  let revision = 0;
  return steps.map((step) => {
    const fromRevision = revision;
    const last = new Map(step.map(({ player, orderKey }) => [player, orderKey]));
    const entries: PeriodChange['entries'] = [];
    const removed: string[] = [];
    for (const [player, orderKey] of last) {
      const playerId = playerOf(player);
      seq += 1;
      if (orderKey === null) removed.push(playerId);
      else entries.push({ playerId, orderKey, reachedSeq: seq });
    }
    revision = Math.max(revision + 1, seq);
    return { ...period, periodId: 1, fromRevision, toRevision: revision, entries, removed };
  });
}

export const playerOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
