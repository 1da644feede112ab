import type { Bench } from '../bench.ts';
import { ask } from '../load/ask.ts';
import { compareLoads } from '../report/compareLoads.ts';
import { type Comparison, type Finding, type Group, rowOf } from '../report/finding.ts';
import { seedBoard, seedPlayers, signIn } from '../stores/seed.ts';
import { submitScore } from '../work/submissions.ts';

const PLAYERS = 500;
const RAW = 'raw HTTP, the same bytes';

/** Durable submissions of 500 players to a board with three periods: as we group them, and with a transaction each. */
export async function submit(bench: Bench): Promise<Finding[]> {
  const { database, tokens, effort } = bench;
  const players = await signIn(tokens, await seedPlayers(database, PLAYERS));
  for (const slug of ['grouped', 'one-per-call']) await seedBoard(database, slug, ['ALL_TIME', 'DAILY', 'WEEKLY']);
  const ours = await bench.start('src/main.ts');
  const onePerCall = await bench.start('bench/servers/onePerCall.ts');
  const grouped = submitScore({ players, boards: ['grouped'] });
  const raw = await bench.start('bench/servers/rawAnswer.ts', { ANSWER: await ask(ours.url, grouped.request()) });
  const subjects = [
    { name: 'Laurel', url: ours.url, ...grouped },
    { name: RAW, url: raw.url, ...submitScore({ players, boards: ['raw'] }) },
    {
      name: 'one transaction a call',
      url: onePerCall.url,
      ...submitScore({ players, boards: ['one-per-call'] }),
    },
  ];
  const groups: Group[] = [];
  for (const connections of [16, 64, 256]) {
    groups.push(
      await compareLoads({
        name: `${connections} connections`,
        subjects,
        connections,
        effort,
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
      'Laurel with a transaction for each submission.',
    unit: 'scores/s',
    better: 'more',
    groups,
  };
  return [finding];
}
