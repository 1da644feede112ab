import type { Cadence } from './period.ts';
import type { Player } from '../players/player.ts';
import type { Leaderboard } from './leaderboard.ts';
import type { Standing } from './standing.ts';
import { neighbours, type StandingsPage, type StandingsQuery } from './standingsPage.ts';

export type MoveKind = 'DOWN' | 'ENTERED' | 'LEFT' | 'SCORED' | 'UP';

/** One player's change between two states of the top of a board. */
export type RankMove = {
  player: Player;
  kind: MoveKind;
  fromRank: number | null;
  toRank: number | null;
  fromScore: number | null;
  toScore: number | null;
};

/** A row as far as moves depend on it. */
export type RankedRow = Pick<Standing, 'player' | 'ranks' | 'score'>;

/** The top of a board at one revision of one period. A page is one. */
export type BoardState = Pick<StandingsPage, 'periodKey' | 'revision' | 'size'> & { rows: readonly RankedRow[] };

/** The top of one period of a board after a change. With `snapshot`, `moves` is empty and the rows replace all before. */
export type BoardChange = {
  leaderboard: Leaderboard;
  cadence: Cadence;
  periodKey: string;
  revision: number;
  at: Date;
  snapshot: boolean;
  standings: Standing[];
  moves: RankMove[];
  totalCount: number;
  source: StandingsPage['source'];
};

/**
 * What leads from one top of a board to the next, in the order of the new ranks, players who left last. A player whose
 * rank and score are the same is not mentioned.
 */
export function movesBetween(before: readonly RankedRow[], after: readonly RankedRow[]): RankMove[] {
  const old = new Map(before.map((standing) => [standing.player.id, standing]));
  const moves: RankMove[] = [];
  for (const standing of after) {
    const from = old.get(standing.player.id);
    old.delete(standing.player.id);
    const kind = kindOf(from, standing);
    if (kind) moves.push(moveOf(kind, from, standing));
  }
  for (const from of old.values()) moves.push(moveOf('LEFT', from, undefined));
  return moves;
}

function kindOf(from: RankedRow | undefined, to: RankedRow): MoveKind | null {
  if (!from) return 'ENTERED';
  const steps = from.ranks.ordinal - to.ranks.ordinal;
  if (steps !== 0) return steps > 0 ? 'UP' : 'DOWN';
  return from.score === to.score ? null : 'SCORED';
}

function moveOf(kind: MoveKind, from: RankedRow | undefined, to: RankedRow | undefined): RankMove {
  const player = (to ?? from)?.player;
  if (!player) throw new Error('a move needs a standing on one side');
  return {
    player,
    kind,
    fromRank: from?.ranks.ordinal ?? null,
    toRank: to?.ranks.ordinal ?? null,
    fromScore: from?.score ?? null,
    toScore: to?.score ?? null,
  };
}

/** The page that a change has already: the first rows of its period. Null where a question is about others, or more. */
export function pageOfChange(change: BoardChange, query: StandingsQuery): StandingsPage | null {
  const { leaderboard, cadence, standings, totalCount: size, periodKey, revision, source } = change;
  const { range } = query;
  if (query.leaderboardId !== leaderboard.id || query.cadence !== cadence || query.at !== null) return null;
  if (range.kind !== 'after' || range.cursor !== null) return null;
  if (range.limit > standings.length && standings.length < size) return null;
  const rows = standings.slice(0, range.limit);
  const ends = neighbours(range, rows, { first: 1, last: size });
  return { leaderboard, cadence, rows, periodKey, size, revision, horizon: revision, ...ends, source };
}

const snapshots = new WeakMap<BoardChange, BoardChange>();

/** The same state for a client that has not seen the one before. One object for all such clients. */
export function asSnapshot(change: BoardChange): BoardChange {
  if (change.snapshot) return change;
  const snapshot = snapshots.get(change) ?? Object.freeze({ ...change, snapshot: true, moves: [] });
  snapshots.set(change, snapshot);
  return snapshot;
}
