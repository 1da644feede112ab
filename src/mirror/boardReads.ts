import type { VersionedPeriod } from '../db/leaderboards/readVersions.ts';
import { type BoardChange, pageOfChange } from '../domain/leaderboards/boardChange.ts';
import type { Leaderboard } from '../domain/leaderboards/leaderboard.ts';
import { cursorOf, type StandingsPage, type StandingsQuery } from '../domain/leaderboards/standingsPage.ts';
import { isOneState, type StandingsReader } from './standingsReader.ts';

/** Where one request reads boards, so that all of its answer shows a board and period in one state. */
export type BoardReads = {
  /** What is asked in one turn of the process is read together. */
  page(query: StandingsQuery): Promise<StandingsPage>;
  /** An event that is being answered: what it shows is read from it. */
  hold(change: BoardChange): void;
  /** The board with these slugs, or null. */
  board(game: string, slug: string): Promise<Leaderboard | null>;
  /** What the present execution has read so far. */
  seen(): SeenBoards;
  /** Begins an execution of the request's query, whose reads are remembered. */
  begin(): void;
  /**
   * Whether all that was read since `begin` is of one state. If not, what disagrees has been read again, together, and the
   * next execution is answered from that.
   */
  agree(): Promise<boolean>;
};

/** Boards by id, and the periods of which pages were read; the present period of a board has no key. */
export type SeenBoards = { boards: string[]; pages: VersionedPeriod[] };

type Waiting = { query: StandingsQuery; resolve(page: StandingsPage): void; reject(error: unknown): void };
type Read = { query: StandingsQuery; page: StandingsPage };

export function createBoardReads(options: {
  reader: Pick<StandingsReader, 'pages'>;
  findBoard: (game: string, slug: string) => Promise<Leaderboard | null>;
}): BoardReads {
  const { reader, findBoard } = options;
  let waiting: Waiting[] = [];
  let read: Read[] | null = null;
  let boards = new Set<string>();
  let held: BoardChange | null = null;
  const known = new Map<string, StandingsPage>();

  const readWaiting = () => {
    const asked = waiting;
    waiting = [];
    for (const group of Map.groupBy(asked, ({ query }) => boardOf(query)).values()) {
      readTogether(
        reader,
        group.map(({ query }) => query),
      ).then(
        (pages) => group.forEach(({ query, resolve }) => resolve(pages.get(nameOf(query)) as StandingsPage)),
        (error: unknown) => group.forEach(({ reject }) => reject(error)),
      );
    }
  };
  const ask = (query: StandingsQuery) =>
    new Promise<StandingsPage>((resolve, reject) => {
      waiting.push({ query, resolve, reject });
      // When all fields that can be resolved by now have asked.
      if (waiting.length === 1) void Promise.resolve().then(() => process.nextTick(readWaiting));
    });

  return {
    page: async (query) => {
      const page = known.get(nameOf(query)) ?? (held && pageOfChange(held, query)) ?? (await ask(query));
      read?.push({ query, page });
      return page;
    },
    hold: (change) => {
      held = change;
    },
    board: async (game, slug) => {
      const board = await findBoard(game, slug);
      if (board) boards.add(board.id);
      return board;
    },
    seen: () => ({ boards: [...boards], pages: (read ?? []).map(({ query, page }) => periodOf(query, page)) }),
    begin: () => {
      read = [];
      boards = new Set();
    },
    agree: async () => {
      const groups = [...Map.groupBy(read ?? [], ({ query }) => boardOf(query)).values()];
      const torn = groups.filter((reads) => !isOneState(reads.map(({ page }) => page)));
      for (const reads of torn) {
        const pages = await readTogether(
          reader,
          reads.map(({ query }) => query),
        );
        for (const [name, page] of pages) known.set(name, page);
      }
      return torn.length === 0;
    },
  };
}

/** By name: what is asked twice is read once. */
async function readTogether(
  reader: Pick<StandingsReader, 'pages'>,
  queries: StandingsQuery[],
): Promise<Map<string, StandingsPage>> {
  const byName = new Map(queries.map((query) => [nameOf(query), query]));
  const pages = await reader.pages([...byName.values()]);
  return new Map([...byName.keys()].map((name, index) => [name, pages[index] as StandingsPage]));
}

const boardOf = ({ leaderboardId, cadence }: StandingsQuery) => `${leaderboardId} ${cadence}`;
const nameOf = ({ leaderboardId, cadence, at, range, dense }: StandingsQuery) =>
  JSON.stringify([leaderboardId, cadence, at, range, dense]);

function periodOf(
  { leaderboardId, cadence, at, range }: StandingsQuery,
  { periodKey }: StandingsPage,
): VersionedPeriod {
  const isPresent = at === null && cursorOf(range) === null;
  return { leaderboardId, cadence, key: isPresent ? null : periodKey };
}
