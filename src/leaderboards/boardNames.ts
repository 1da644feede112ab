import { createGroupWork } from '../async/groupWork.ts';
import { isOutage } from '../db/databaseErrors.ts';
import { findLeaderboards } from '../db/leaderboards/leaderboards.ts';
import type { Queryable } from '../db/open.ts';
import type { Leaderboard } from '../domain/leaderboards/leaderboard.ts';

/** Boards by the slugs of game and board. Null when there is no such board. */
export type BoardNames = {
  /** The board as it was at some moment since the question. Questions that come together share one statement. */
  find(game: string, slug: string): Promise<Leaderboard | null>;
  idOf(game: string, slug: string): Promise<string | null>;
};

type Name = { game: string; slug: string };

const REMEMBERED_MAX = 10_000;
const GROUPS_MAX = 2;
const GROUP_SIZE_MAX = 1_000;
const WAITING_MAX = 20_000;

/** Remembers ids: slugs never change and boards are never deleted. What does not exist is asked again. */
export function createBoardNames(database: Queryable): BoardNames {
  const known = new Map<string, string>();
  const looks = createGroupWork({
    sizeMax: GROUP_SIZE_MAX,
    waitingMax: WAITING_MAX,
    groupsMax: GROUPS_MAX,
    isOutage,
    work: async (names: Name[]) => {
      const different = new Map(names.map((name) => [textOf(name), name]));
      const boards = await findLeaderboards(database, [...different.values()]);
      const found = new Map([...different.keys()].map((text, index) => [text, boards[index] ?? null]));
      return names.map((name) => found.get(textOf(name)) ?? null);
    },
  });
  return {
    find: (game, slug) => looks.add({ game, slug }),
    idOf: async (game, slug) => {
      const name = textOf({ game, slug });
      const remembered = known.get(name);
      if (remembered) return remembered;
      const board = await looks.add({ game, slug });
      if (!board) return null;
      if (known.size >= REMEMBERED_MAX) known.clear();
      known.set(name, board.id);
      return board.id;
    },
  };
}

const textOf = ({ game, slug }: Name) => `${game}/${slug}`;
