import type { Bench } from '../bench.ts';
import { ask } from '../load/ask.ts';
import { compareLoads, type LoadSubject } from '../report/compareLoads.ts';
import { type Finding, type Group, rowOf } from '../report/finding.ts';
import { pickPlayers, SCORE_MAX, seedBoard, signIn, writeEntries } from '../stores/seed.ts';
import { topTen } from '../work/reads.ts';
import { submitScore } from '../work/submissions.ts';

const ENTRIES = 10_000;
const SUBMITTING = 200;
const SUBMISSIONS_PER_SECOND = 200;
const RAW = 'raw HTTP, the same bytes';
const SLUG = 'top';

/** The first ten of one board that everybody asks for: while it rests, and while each of 200 submissions a second changes it. */
export async function top(bench: Bench): Promise<Finding[]> {
  const { database, databaseUrl, tokens } = bench;
  const boardId = await seedBoard(database, SLUG, ['ALL_TIME']);
  await writeEntries(databaseUrl, [boardId], ENTRIES);
  const question = topTen(SLUG);
  const ours = await bench.startLaurel();
  const answer = Buffer.from(await ask(ours.url, question));
  const raw = await bench.start('bench/servers/rawAnswer.ts', { ANSWER: answer.toString() });
  const yoga = await bench.start('bench/servers/memoryYoga.ts');
  const fromMemory = Buffer.from(await ask(yoga.url, question));
  const request = () => question;
  const still = (expected: Buffer) => ({ request, isRight: (body: Buffer) => body.equals(expected) });

  const resting = await atEach([16, 64], bench, 0.6, [
    { name: 'Laurel', url: ours.url, ...still(answer) },
    { name: RAW, url: raw.url, ...still(answer) },
    { name: 'plain Yoga, from memory', url: yoga.url, ...still(fromMemory) },
  ]);

  const players = await signIn(tokens, await pickPlayers(databaseUrl, boardId, SUBMITTING));
  const submitting = submitScore({ players, boards: [SLUG], score: (count) => SCORE_MAX + count });
  const beside = { perSecond: SUBMISSIONS_PER_SECOND, request: submitting.request };
  const isTen = (body: Buffer) => body.includes('"rank":10,') && !body.includes('"errors"');
  const changing = await atEach([16, 64], bench, 0.4, [
    { name: 'Laurel', url: ours.url, request, isRight: isTen, beside: { ...beside, isRight: submitting.isRight } },
    { name: RAW, url: raw.url, request, isRight: isTen, beside: { ...beside, isRight: isTen } },
  ]);
  const common = { kind: 'comparison', unit: 'requests/s', better: 'more' } as const;
  return [
    {
      ...common,
      name: 'top',
      title: 'Top 10 of a hot board',
      about:
        `The first ten of ${ENTRIES} entries, with names, while the board rests. Beside it \`node:http\` with the same ` +
        'bytes, and GraphQL Yoga as it comes, which executes a query of the same shape from memory.',
      groups: resting,
    },
    {
      ...common,
      name: 'top-changing',
      title: `Top 10 while ${SUBMISSIONS_PER_SECOND} submissions a second change it`,
      about:
        `The same question while ${SUBMISSIONS_PER_SECOND} submissions a second each bring somebody to the first place. ` +
        'No answer is older than its question. The raw server is sent as many further requests.',
      groups: changing,
    },
  ];
}

async function atEach(each: number[], bench: Bench, aimed: number, subjects: LoadSubject[]): Promise<Group[]> {
  const groups: Group[] = [];
  for (const connections of each) {
    const aim = {
      text: `${aimed} of raw HTTP`,
      isMet: (rows: Group['rows']) => (rowOf(rows, RAW).ours?.median ?? 0) >= aimed,
    };
    const name = `${connections} connections`;
    groups.push(await compareLoads(bench, { name, subjects, connections, ...(connections === 64 && { aim }) }));
  }
  return groups;
}
