import type { Told } from '../setup/live.ts';

/** A client that watches the top of a board. */
export type Live = {
  /** What it was told so far. */
  heard: Told[];
  /** Why its subscription is over, null while it is not. */
  ended(): unknown;
  leave(): void;
};

/** A query that a page shows: its store tells it when the answer has changed. */
export type Shown = {
  data(): unknown;
  leave(): void;
};

export type TopOfBoard = { game: string; slug: string; cadence?: 'ALL_TIME'; first: number };

/** The sink of any client's subscription, and what it took. `dataOf` finds the data of what the client hands out. */
export function listening<Result>(dataOf: (result: Result) => unknown) {
  const heard: Told[] = [];
  let end: unknown = null;
  const sink = {
    next: (result: Result) => {
      const data = dataOf(result) as { leaderboardChanged: Told } | null | undefined;
      if (data) heard.push(data.leaderboardChanged);
      else end ??= result;
    },
    error: (error: unknown) => void (end ??= error),
    complete: () => void (end ??= 'complete'),
  };
  return { sink, live: (leave: () => void): Live => ({ heard, ended: () => end, leave }) };
}
