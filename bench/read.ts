import type { Bench } from './bench.ts';
import { compareLoads } from './compareLoads.ts';
import { post } from './post.ts';
import { GAME, seedBoard, seedPlayers, seedScores } from './seed.ts';

const ENTRIES = 10_000;
const CONNECTIONS = 64;
const TOP_TEN = `query ($game: String!, $slug: String!) {
  leaderboard(game: $game, slug: $slug) {
    standings(first: 10) { edges { node { rank score player { nickname } } } }
  }
}`;

/** The first ten of a board of 10 000 that does not change meanwhile. */
export async function read(bench: Bench): Promise<void> {
  const { database, seconds, rounds } = bench;
  const boardId = await seedBoard(database, 'read', ['ALL_TIME']);
  await seedScores(database, boardId, await seedPlayers(database, ENTRIES));
  const body = JSON.stringify({ query: TOP_TEN, variables: { game: GAME, slug: 'read' } });
  const ours = await bench.start('src/main.ts');
  const answer = await post(ours.url, { body });
  const raw = await bench.start('bench/rawAnswer.ts', { ANSWER: answer });
  const yoga = await bench.start('bench/memoryYoga.ts');
  const fromMemory = await post(yoga.url, { body });

  const request = () => ({ body });
  await compareLoads({
    title: `Top 10 of ${ENTRIES} entries`,
    unit: { name: 'requests', perRequest: 1 },
    subjects: [
      { name: 'Laurel', url: ours.url, request, isRight: (text) => text === answer },
      { name: 'plain Yoga, from memory', url: yoga.url, request, isRight: (text) => text === fromMemory },
      { name: 'raw HTTP, the same bytes', url: raw.url, request, isRight: (text) => text === answer },
    ],
    connections: CONNECTIONS,
    seconds,
    rounds,
  });
}
