import type { Asking } from '../load/applyLoad.ts';
import type { Question } from '../load/question.ts';
import { GAME, type Player } from '../stores/seed.ts';

export const BATCH_SIZE = 100;

const SINGLE = `mutation ($input: SubmitScoreInput!) {
  submitScore(input: $input) { __typename ... on Submission { outcome replayed } }
}`;
const BATCH = `mutation ($input: [ServerScoreInput!]!) {
  submitScores(input: $input) { __typename ... on Submission { outcome replayed } }
}`;

type Submitting = {
  players: Player[];
  boards: [string, ...string[]];
  /** Of the `count`-th submission, counted from 1. */
  score?: (count: number) => number;
};

/** One score a request, of the players and to the boards in turn. */
export function submitScore(submitting: Submitting): Asking {
  const next = submissionsOf(submitting);
  const request = (): Question => {
    const { player, input } = next();
    return { body: JSON.stringify({ query: SINGLE, variables: { input } }), token: player.token };
  };
  return { request, isRight: isAccepted };
}

/** A hundred scores a request, sent by a game server. */
export function submitScores(submitting: Submitting, token: string): Asking {
  const next = submissionsOf(submitting);
  const item = () => {
    const { player, input } = next();
    return { ...input, player: player.globalId };
  };
  const request = (): Question => ({
    body: JSON.stringify({ query: BATCH, variables: { input: Array.from({ length: BATCH_SIZE }, item) } }),
    token,
  });
  return { request, isRight: isAccepted };
}

function submissionsOf({ players, boards, score }: Submitting) {
  const run = crypto.randomUUID();
  let count = 0;
  return () => {
    count += 1;
    const player = players[count % players.length];
    if (!player) throw new Error('no players');
    const value = score ? score(count) : everySecondImproves(count, players.length);
    const leaderboard = boards[Math.floor(count / players.length + count) % boards.length];
    return { player, input: { game: GAME, leaderboard, score: value, idempotencyKey: `${run} ${count}` } };
  };
}

/** Every second score of each player improves an entry: the price lies between that of the best and the worst case. */
function everySecondImproves(count: number, players: number): number {
  return ((count % players) + Math.floor(count / players)) % 2 === 0 ? count : 0;
}

function isAccepted(body: Buffer): boolean {
  return body.includes('"replayed":false') && !body.includes('Error') && !body.includes('"replayed":true');
}
