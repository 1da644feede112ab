import { type AskedPlace, type CountedRanks, nameOfPlace } from '../db/keepRanks.ts';
import { placeName } from '../domain/periodChange.ts';
import type { Ranks } from '../redis/ranks.ts';

/**
 * Counts in Redis where entries stand right after their submissions, as far as its copies are up to that: a copy that
 * holds the player's entry of the submission, or a later one, holds everything that was committed before. Never throws.
 */
export async function countPlaces(ranks: Ranks, places: AskedPlace[]): Promise<CountedRanks> {
  const counted: CountedRanks = new Map();
  const count = async (group: AskedPlace[]) => {
    const [first] = group;
    if (!first) return;
    const answer = await ranks.places(first, first.playerId, group);
    if (typeof answer === 'string') return;
    const after = group.find(({ prefix }) => prefix !== 'previous');
    if (answer.heldSeq === null || answer.heldSeq < (after?.reachedSeq ?? Infinity)) return;
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
  const groups = Map.groupBy(places, (place) => `${place.seq} ${placeName(place)}`);
  await Promise.allSettled([...groups.values()].map(count));
  return counted;
}
