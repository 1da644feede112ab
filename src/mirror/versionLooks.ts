import type { VersionedPeriod } from '../db/leaderboards/readVersions.ts';

export type VersionLooks = {
  /**
   * The version of all these periods together, as it was at some moment since the question. Null when it has none: nobody
   * stands in one of them. Rejects when the database cannot be asked. Whoever asks with the same list shares the answer.
   */
  versionOf(periods: readonly VersionedPeriod[]): Promise<string | null>;
};

type Look = {
  periods: Map<string, VersionedPeriod>;
  versions: Promise<Map<string, string | null>>;
  asked: Map<readonly VersionedPeriod[], Promise<string | null>>;
};

/** With one, all would wait while it is under way; more than two only compete for the same connection and cores. */
const LOOKS_MAX = 2;

/**
 * Whoever asks while a look is under way shares the next one: a look that began before the question might not see what was
 * committed before it. So a crowd costs one statement at a time, whatever its size.
 */
export function createVersionLooks(read: (periods: VersionedPeriod[]) => Promise<(string | null)[]>): VersionLooks {
  let next: Look | null = null;
  /** The looks under way. The next waits for the older one. */
  const lanes: Promise<unknown>[] = Array.from({ length: LOOKS_MAX }, () => Promise.resolve());

  const begin = (): Look => {
    const periods = new Map<string, VersionedPeriod>();
    const versions = (lanes.shift() ?? Promise.resolve())
      // A turn of the process brings the questions that have arrived together.
      .then(() => new Promise((resolve) => setImmediate(resolve)))
      .then(async () => {
        next = null;
        const found = await read([...periods.values()]);
        return new Map([...periods.keys()].map((name, index) => [name, found[index] ?? null]));
      });
    lanes.push(versions.catch(() => {}));
    return { periods, versions, asked: new Map() };
  };

  const ask = async ({ periods, versions }: Look, wanted: readonly VersionedPeriod[]): Promise<string | null> => {
    const names = wanted.map(nameOf);
    for (const [index, name] of names.entries()) periods.set(name, wanted[index] as VersionedPeriod);
    const found = await versions;
    const parts = names.map((name) => found.get(name) ?? null);
    return parts.includes(null) ? null : parts.join(', ');
  };

  return {
    versionOf: (periods) => {
      const look = (next ??= begin());
      const known = look.asked.get(periods);
      if (known) return known;
      const version = ask(look, periods);
      look.asked.set(periods, version);
      return version;
    },
  };
}

const nameOf = ({ leaderboardId, cadence, key }: VersionedPeriod) => `${leaderboardId} ${cadence} ${key ?? ''}`;
