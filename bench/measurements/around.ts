import type { Bench } from '../bench.ts';
import { ask } from '../load/ask.ts';
import { compareLoads } from '../report/compareLoads.ts';
import { type Finding, type Group, rowOf } from '../report/finding.ts';
import { pickPlayers, seedBoard, signIn, writeEntries } from '../stores/seed.ts';
import { around as askAround } from '../work/reads.ts';

const ENTRIES = 10_000;
/** More than there are answers in memory (`http/hotAnswers`), so that nearly each is worked out. */
const PLAYERS = 5_000;
const RAW = 'raw HTTP, the same bytes';
const SLUG = 'around';

/** Eleven rows around a player with the own standing, each time another player. */
export async function around(bench: Bench): Promise<Finding[]> {
  const { database, databaseUrl, tokens } = bench;
  const boardId = await seedBoard(database, SLUG, ['ALL_TIME']);
  await writeEntries(databaseUrl, [boardId], ENTRIES);
  const players = await signIn(tokens, await pickPlayers(databaseUrl, boardId, PLAYERS));
  const ours = await bench.startLaurel();
  const asking = askAround({ boards: [SLUG], players });
  const raw = await bench.start('bench/servers/rawAnswer.ts', { ANSWER: await ask(ours.url, asking.request()) });
  const groups: Group[] = [];
  for (const connections of [16, 64]) {
    groups.push(
      await compareLoads(bench, {
        name: `${connections} connections`,
        subjects: [
          { name: 'Laurel', url: ours.url, ...asking },
          { name: RAW, url: raw.url, ...askAround({ boards: [SLUG], players }) },
        ],
        connections,
        ...(connections === 64 && {
          aim: { text: '0.1 of raw HTTP', isMet: (rows) => (rowOf(rows, RAW).ours?.median ?? 0) >= 0.1 },
        }),
      }),
    );
  }
  return [
    {
      kind: 'comparison',
      name: 'around',
      title: 'Around a player, with the own standing',
      about:
        `${PLAYERS} players of a board of ${ENTRIES} ask in turn, each with the own token, for eleven rows around the own ` +
        'one and for the own standing.',
      unit: 'requests/s',
      better: 'more',
      groups,
    },
  ];
}
