import type { Bench } from '../bench.ts';
import { ask } from '../load/ask.ts';
import { compareLoads } from '../report/compareLoads.ts';
import { type Comparison, type Finding, type Group, rowOf } from '../report/finding.ts';
import { seedBoard, seedPlayers, signIn } from '../stores/seed.ts';
import { submitScore } from '../work/submissions.ts';

const PLAYERS = 500;
const SLUG = 'submit';
const RAW = 'raw HTTP, the same bytes';

/** Durable submissions of 500 players to a board with three periods. */
export async function submit(bench: Bench): Promise<Finding[]> {
  const { database, tokens } = bench;
  const players = await signIn(tokens, await seedPlayers(database, PLAYERS));
  await seedBoard(database, SLUG, ['ALL_TIME', 'DAILY', 'WEEKLY']);
  const asking = () => submitScore({ players, boards: [SLUG] });
  const ours = await bench.startLaurel();
  const env = { ANSWER: await ask(ours.url, asking().request()) };
  const raw = await bench.start('bench/servers/rawAnswer.ts', env);
  const bare = await bench.start('bench/servers/bareStatements.ts', env);
  const subjects = [
    { name: 'Laurel', url: ours.url, ...asking() },
    { name: RAW, url: raw.url, ...asking() },
    { name: 'bare statements', url: bare.url, ...asking() },
  ];
  const groups: Group[] = [];
  for (const connections of [16, 64, 256]) {
    groups.push(
      await compareLoads(bench, {
        name: `${connections} connections`,
        subjects,
        connections,
        ...(connections === 64 && {
          aim: {
            text: '0.15 of raw HTTP, p99 under 30 ms',
            isMet: (rows) =>
              (rowOf(rows, RAW).ours?.median ?? 0) >= 0.15 && (rowOf(rows, 'Laurel').more['p99 ms'] ?? 0) < 30,
          },
        }),
      }),
    );
  }
  const finding: Comparison = {
    kind: 'comparison',
    name: 'submit',
    title: 'submitScore, one score a request',
    about:
      `${PLAYERS} players submit to a board with three periods; every second score improves an entry, and each answer ` +
      'comes after the commit. Beside it a server of `node:http` that parses the request and answers the same bytes, and ' +
      'one that also commits a log row and three entries in one statement for each, with no rules, ranks or notices.',
    unit: 'scores/s',
    better: 'more',
    groups,
  };
  return [finding];
}
