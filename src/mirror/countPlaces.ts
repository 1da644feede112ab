import { type AskedPlace, type CountedRanks, nameOfPlace } from '../db/submissions/storeRanks.ts';
import type { Queryable } from '../db/open.ts';
import { readRevisions } from '../db/leaderboards/periods.ts';
import { periodName } from '../domain/leaderboards/periodChange.ts';
import type { CopyReader } from '../redis/copyReader.ts';

/** Counts what it can; what it leaves out is counted by PostgreSQL. */
export type PlaceCounter = (places: AskedPlace[]) => Promise<CountedRanks>;

/**
 * Counts in Redis where entries stand right after their submissions, as far as its copies are as new as PostgreSQL is by
 * then: such a copy holds the submissions and everything that was committed before. Rejects only when PostgreSQL does.
 */
export async function countPlaces(
  { database, ranks }: { database: Queryable; ranks: CopyReader },
  places: AskedPlace[],
): Promise<CountedRanks> {
  const counted: CountedRanks = new Map();
  const revisions = await readRevisions(
    database,
    places.map(({ periodId }) => periodId),
  );
  const count = async (group: AskedPlace[]) => {
    const [first] = group;
    if (!first) return;
    const answer = await ranks.places(first, first.playerId, group);
    if (typeof answer === 'string' || answer.revision < (revisions.get(first.periodId) ?? Infinity)) return;
    for (const [index, place] of group.entries()) {
      const found = answer.places[index];
      if (!found) continue;
      counted.set(nameOfPlace(place), {
        ordinal: found.before + 1,
        competition: found.ahead + 1,
        dense: found.lowerKeys + 1,
        size: answer.size,
      });
    }
  };
  // Places of one submission in one period are asked for together: the rank before and the rank after are of one revision.
  const groups = Map.groupBy(places, (place) => `${place.seq} ${periodName(place)}`);
  await Promise.allSettled([...groups.values()].map(count));
  return counted;
}
