import { type AskedEntry, type CountedRanks, nameOfEntry } from '../db/submissions/storeRanks.ts';
import type { Queryable } from '../db/open.ts';
import { readRevisions } from '../db/leaderboards/periods.ts';
import { periodName } from '../domain/leaderboards/periodChange.ts';
import type { CopyReader } from '../redis/copyReader.ts';

/** Counts what it can; what it leaves out is counted by PostgreSQL. */
export type RankCounter = (entries: AskedEntry[]) => Promise<CountedRanks>;

/**
 * Counts in Redis where entries stand right after their submissions, as far as its copies are as new as PostgreSQL is by
 * then: such a copy holds the submissions and everything that was committed before. Rejects only when PostgreSQL does.
 */
export async function countRanks(
  { database, copyReader }: { database: Queryable; copyReader: CopyReader },
  entries: AskedEntry[],
): Promise<CountedRanks> {
  const counted: CountedRanks = new Map();
  const revisions = await readRevisions(
    database,
    entries.map(({ periodId }) => periodId),
  );
  const count = async (group: AskedEntry[]) => {
    const [first] = group;
    if (!first) return;
    const answer = await copyReader.positions(first, first.playerId, group);
    if (typeof answer === 'string' || answer.revision < (revisions.get(first.periodId) ?? Infinity)) return;
    for (const [index, entry] of group.entries()) {
      const found = answer.positions[index];
      if (!found) continue;
      counted.set(nameOfEntry(entry), {
        ordinal: found.before + 1,
        competition: found.ahead + 1,
        dense: found.lowerKeys + 1,
        size: answer.size,
      });
    }
  };
  // Entries of one submission in one period are counted together: the rank before and the rank after are of one revision.
  const groups = Map.groupBy(entries, (entry) => `${entry.seq} ${periodName(entry)}`);
  await Promise.allSettled([...groups.values()].map(count));
  return counted;
}
