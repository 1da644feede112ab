import type { Cadence } from './period.ts';
import type { Player } from '../players/player.ts';
import type { Leaderboard } from './leaderboard.ts';
import type { RankStyle } from './standingOrder.ts';

/** An entry with its rank at the moment of reading. All ranks of one answer come from one snapshot. */
export type Standing = {
  player: Player;
  leaderboard: Leaderboard;
  cadence: Cadence;
  periodKey: string;
  score: number;
  reachedSeq: number;
  /** When the play ended that reached the score. Ties go by `reachedSeq`. */
  reachedAt: Date;
  /** What the play that holds the score sent along; null when it sent nothing. */
  metadata: unknown;
  ranks: Ranks;
  /** How many players stand in the period. */
  size: number;
  /** Where it is a tournament's: then its window is the period. */
  tournament?: TournamentWindow;
};

/** The half-open window `[startsAt, endsAt)` of a tournament; `endsAt` is the moment at which it was ended, if by hand. */
export type TournamentWindow = { id: string; startsAt: Date; endsAt: Date };

/** 1-based. `dense` is null where the reader was not asked for it, because it costs a walk over the board. */
export type Ranks = { ordinal: number; competition: number; dense: number | null };

export function rankOf(ranks: Ranks, style: RankStyle): number {
  if (style === 'ORDINAL') return ranks.ordinal;
  if (style === 'COMPETITION') return ranks.competition;
  if (ranks.dense === null) throw new Error('the dense rank was not read');
  return ranks.dense;
}

/** The share of players, 0 to 100, that a standing is ahead of or level with. */
export function percentileOf(standing: Pick<Standing, 'ranks' | 'size'>): number {
  return ((standing.size - standing.ranks.competition + 1) / standing.size) * 100;
}
