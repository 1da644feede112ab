import type { Bench } from '../bench.ts';
import { ask } from '../load/ask.ts';
import { compareLoads } from '../report/compareLoads.ts';
import { type Finding, rowOf } from '../report/finding.ts';
import { seedBoard, seedPlayers, signIn } from '../stores/seed.ts';
import { BATCH_SIZE, submitScores } from '../work/submissions.ts';

const PLAYERS = 500;
/** A few game servers, each of which sends for many players. */
const CONNECTIONS = 8;

/** Submissions that game servers send by the hundred. */
export async function batches(bench: Bench): Promise<Finding[]> {
  const { database, tokens, effort } = bench;
  const players = await signIn(tokens, await seedPlayers(database, PLAYERS));
  await seedBoard(database, 'batches', ['ALL_TIME', 'DAILY', 'WEEKLY']);
  const { token } = await tokens.sign('bench', ['server']);
  const ours = await bench.start('src/main.ts');
  const asking = submitScores({ players, boards: ['batches'] }, token);
  const raw = await bench.start('bench/servers/rawAnswer.ts', { ANSWER: await ask(ours.url, asking.request()) });
  const group = await compareLoads({
    name: `${CONNECTIONS} connections`,
    subjects: [
      { name: 'Laurel', url: ours.url, ...asking },
      { name: 'raw HTTP, the same bytes', url: raw.url, ...submitScores({ players, boards: ['raw'] }, token) },
    ],
    connections: CONNECTIONS,
    effort,
    perRequest: BATCH_SIZE,
    aim: { text: '30 000 scores/s', isMet: (rows) => rowOf(rows, 'Laurel').value >= 30_000 },
  });
  return [
    {
      kind: 'comparison',
      name: 'batches',
      title: `submitScores, ${BATCH_SIZE} scores a request`,
      about:
        `Game servers submit for ${PLAYERS} players to a board with three periods, ${BATCH_SIZE} scores in each request; ` +
        'every second one improves an entry.',
      unit: 'scores/s',
      better: 'more',
      groups: [group],
    },
  ];
}
