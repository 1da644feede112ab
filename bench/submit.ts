import type { Bench } from './bench.ts';
import { compareLoads } from './compareLoads.ts';
import { post } from './post.ts';
import { GAME, seedBoard, seedPlayers } from './seed.ts';

const PLAYERS = 500;
const CONNECTIONS = 64;
/** A few game servers, each of which sends for many players. */
const BATCH_CONNECTIONS = 8;
const BATCH_SIZE = 100;

const SINGLE = `mutation ($input: SubmitScoreInput!) {
  submitScore(input: $input) { __typename ... on Submission { outcome replayed } }
}`;
const BATCH = `mutation ($input: [ServerScoreInput!]!) {
  submitScores(input: $input) { __typename ... on Submission { outcome replayed } }
}`;

type Player = { id: string; token: string };

/** Durable submissions of 500 players to a board with three periods: grouped as we do it, and one transaction each. */
export async function submit(bench: Bench): Promise<void> {
  const { database, tokens, seconds, rounds } = bench;
  const players = await Promise.all(
    (await seedPlayers(database, PLAYERS)).map(async (id) => ({
      id,
      token: (await tokens.sign(id, ['player'])).token,
    })),
  );
  for (const slug of ['grouped', 'one-per-call']) await seedBoard(database, slug, ['ALL_TIME', 'DAILY', 'WEEKLY']);
  const { token: serverToken } = await tokens.sign('bench', ['server']);
  const ours = await bench.start('src/main.ts');
  const onePerCall = await bench.start('bench/onePerCall.ts');
  const answer = await post(ours.url, singles(players, 'grouped')());
  const raw = await bench.start('bench/rawAnswer.ts', { ANSWER: answer });
  const batchAnswer = await post(ours.url, batches(players, 'grouped', serverToken)());
  const rawBatch = await bench.start('bench/rawAnswer.ts', { ANSWER: batchAnswer });

  await compareLoads({
    title: 'submitScore, one a request',
    unit: { name: 'scores', perRequest: 1 },
    subjects: [
      { name: 'Laurel', url: ours.url, request: singles(players, 'grouped'), isRight: isAccepted },
      {
        name: 'one transaction a call',
        url: onePerCall.url,
        request: singles(players, 'one-per-call'),
        isRight: isAccepted,
      },
      { name: 'raw HTTP, the same bytes', url: raw.url, request: singles(players, 'raw'), isRight: isAccepted },
    ],
    connections: CONNECTIONS,
    seconds,
    rounds,
  });
  await compareLoads({
    title: `submitScores, ${BATCH_SIZE} a request`,
    unit: { name: 'scores', perRequest: BATCH_SIZE },
    subjects: [
      { name: 'Laurel', url: ours.url, request: batches(players, 'grouped', serverToken), isRight: isAccepted },
      {
        name: 'raw HTTP, the same bytes',
        url: rawBatch.url,
        request: batches(players, 'raw', serverToken),
        isRight: isAccepted,
      },
    ],
    connections: BATCH_CONNECTIONS,
    seconds,
    rounds,
  });
}

const isAccepted = (body: string) => body.includes('"replayed":false') && !body.includes('Error');

/** Every second score of each player improves an entry: the price lies between that of the best and the worst case. */
function scores(players: Player[], leaderboard: string) {
  const run = crypto.randomUUID();
  let count = 0;
  return () => {
    count += 1;
    const index = count % players.length;
    const pass = Math.floor(count / players.length);
    const score = (index + pass) % 2 === 0 ? count : 0;
    const player = players[index];
    if (!player) throw new Error('no players');
    return { player, input: { game: GAME, leaderboard, score, idempotencyKey: `${run} ${count}` } };
  };
}

function singles(players: Player[], leaderboard: string) {
  const next = scores(players, leaderboard);
  return () => {
    const { player, input } = next();
    return { body: JSON.stringify({ query: SINGLE, variables: { input } }), token: player.token };
  };
}

function batches(players: Player[], leaderboard: string, token: string) {
  const next = scores(players, leaderboard);
  const ids = new Map(players.map(({ id }) => [id, Buffer.from(`Player:${id}`).toString('base64')]));
  const item = () => {
    const { player, input } = next();
    return { ...input, player: ids.get(player.id) };
  };
  return () => {
    const input = Array.from({ length: BATCH_SIZE }, item);
    return { body: JSON.stringify({ query: BATCH, variables: { input } }), token };
  };
}
