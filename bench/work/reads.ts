import type { Asking } from '../load/applyLoad.ts';
import type { Question } from '../load/question.ts';
import { GAME, type Player } from '../stores/seed.ts';

const TOP_TEN = `query ($game: String!, $slug: String!) {
  leaderboard(game: $game, slug: $slug) {
    standings(first: 10) { edges { node { rank score player { nickname } } } }
  }
}`;
const AROUND = `query ($game: String!, $slug: String!, $player: ID!) {
  leaderboard(game: $game, slug: $slug) {
    standings(around: $player, first: 11) { edges { node { rank score player { nickname } } } }
    standing(player: $player) { rank score }
  }
}`;
const RANK = `query ($game: String!, $slug: String!, $player: ID!) {
  leaderboard(game: $game, slug: $slug) { standing(player: $player) { rank score } }
}`;
const PAGE = `query ($game: String!, $slug: String!, $fromRank: Int!) {
  leaderboard(game: $game, slug: $slug) {
    standings(fromRank: $fromRank, first: 20) { edges { node { rank score player { nickname } } } }
  }
}`;

/** What is asked, and of which boards in turn. */
type Boards = { boards: [string, ...string[]] };

/** The same question again and again. */
export function topTen(slug: string): Question {
  return { body: JSON.stringify({ query: TOP_TEN, variables: { game: GAME, slug } }) };
}

/** Each player in turn asks for eleven rows around the own one and for the own standing. */
export function around({ boards, players, isAnew = false }: Boards & { players: Player[]; isAnew?: boolean }): Asking {
  const next = inTurn(boards, players);
  const request = (): Question => {
    const { slug, player } = next();
    const variables = { game: GAME, slug, player: player.globalId };
    return { body: JSON.stringify({ query: AROUND, variables }), token: player.token, isAnew };
  };
  return { request, isRight: (body) => body.includes('"standing":{"rank":') && !body.includes('"errors"') };
}

/** The standing of each player in turn, worked out anew. */
export function rank({ boards, players }: Boards & { players: Player[] }): Asking {
  const next = inTurn(boards, players);
  const request = (): Question => {
    const { slug, player } = next();
    const variables = { game: GAME, slug, player: player.globalId };
    return { body: JSON.stringify({ query: RANK, variables }), token: player.token, isAnew: true };
  };
  return { request, isRight: (body) => body.includes('"standing":{"rank":') };
}

/** Twenty rows from a random rank, worked out anew. */
export function page({ boards, entries }: Boards & { entries: number }): Asking {
  let count = 0;
  const request = (): Question => {
    count += 1;
    const slug = boards[count % boards.length];
    const fromRank = 1 + Math.floor(Math.random() * (entries - 20));
    return { body: JSON.stringify({ query: PAGE, variables: { game: GAME, slug, fromRank } }), isAnew: true };
  };
  return { request, isRight: (body) => body.includes('"rank":') && !body.includes('"errors"') };
}

function inTurn(boards: string[], players: Player[]) {
  let count = 0;
  return () => {
    count += 1;
    const player = players[count % players.length];
    const slug = boards[Math.floor(count / players.length + count) % boards.length];
    if (!player || slug === undefined) throw new Error('nobody to ask for');
    return { slug, player };
  };
}
