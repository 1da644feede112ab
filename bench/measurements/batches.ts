import type { Bench } from '../bench.ts';
import { ask } from '../load/ask.ts';
import { compareLoads } from '../report/compareLoads.ts';
import { type Finding, rowOf } from '../report/finding.ts';
import { seedBoard, seedPlayers, signIn } from '../stores/seed.ts';
import { BATCH_SIZE, submitScores } from '../work/submissions.ts';

const PLAYERS = 500;
/** A few game servers, each of which sends for many players. */
const CONNECTIONS = 8;
const SLUG = 'batches';

/** Submissions that game servers send by the hundred. */
export async function batches(bench: Bench): Promise<Finding[]> {
  const { database, tokens } = bench;
  const players = await signIn(tokens, await seedPlayers(database, PLAYERS));
  await seedBoard(database, SLUG, ['ALL_TIME', 'DAILY', 'WEEKLY']);
  const { token } = await tokens.sign('bench', ['server']);
  const ours = await bench.startLaurel();
  const asking = () => submitScores({ players, boards: [SLUG] }, token);
  const env = { ANSWER: await ask(ours.url, asking().request()) };
  const raw = await bench.start('bench/servers/rawAnswer.ts', env);
  const bare = await bench.start('bench/servers/bareStatements.ts', env);
  const group = await compareLoads(bench, {
    name: `${CONNECTIONS} connections`,
    subjects: [
      { name: 'Laurel', url: ours.url, ...asking() },
      { name: 'raw HTTP, the same bytes', url: raw.url, ...asking() },
      { name: 'bare statements', url: bare.url, ...asking() },
    ],
    connections: CONNECTIONS,
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
        'every second one improves an entry. The bare server writes the same rows in one statement for each request.',
      unit: 'scores/s',
      better: 'more',
      groups: [group],
    },
  ];
}
