import { randomInt, randomUUID } from 'node:crypto';
import { DEMO } from '../../domain/demo/demo.ts';

/** The input of `submitScore`. */
export type Play = { game: string; leaderboard: string; score: number; idempotencyKey: string };

type Board = (typeof DEMO.boards)[number];

/** A finished play on a random board of the demo game. `skill`, 0 to 1, makes some players better than others. */
export function makePlay(skill: number): Play {
  const board = DEMO.boards[randomInt(DEMO.boards.length)];
  if (!board) throw new Error('the demo game has no boards');
  return { game: DEMO.game.slug, leaderboard: board.slug, score: scoreOn(board, skill), idempotencyKey: randomUUID() };
}

/** In the range of the demo's first scores, so that the crowd mixes with them. */
function scoreOn(board: Board, skill: number): number {
  // Most plays are middling; a really good one is rare.
  const form = skill * 0.6 + Math.random() ** 2 * 0.4;
  if (board.operator === 'SUM') return 1 + Math.floor(form * 30);
  if (board.sortOrder === 'ASCENDING') return 95_000 - Math.floor(form * 37_000);
  return 10 * Math.floor(form * 800);
}

/** Names to show, without end: `Aida`, … `Lena`, `Aida 2`, … */
export function nicknameOf(index: number): string {
  const names = DEMO.nicknames;
  const round = Math.floor(index / names.length) + 1;
  const name = names[index % names.length] ?? 'Player';
  return round === 1 ? name : `${name} ${round}`;
}
