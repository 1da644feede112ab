import type { Bench } from '../bench.ts';
import { alternate } from '../load/alternate.ts';
import { ask } from '../load/ask.ts';
import { gather } from '../load/crowd.ts';
import { median, percentile } from '../load/statistics.ts';
import { type Aim, type Finding, type Group, type Row, rowOf, rowsOf } from '../report/finding.ts';
import { pickPlayers, seedBoard, signIn, writeEntries } from '../stores/seed.ts';
import { captureEvent, type Change, firstPlaces, streamOf, timeChanges } from '../work/changes.ts';

const SLUG = 'fanout';
const ENTRIES = 100;
const PLAYERS = 20;
const RAW = 'raw HTTP, the same bytes';
const STREAMS = { quick: [2_000, 5_000], full: [2_000, 5_000, 10_000] };
/** Watch first, so that a server knows the way. */
const FORERUNNERS = 100;
/** In a round, unless its time is over before. */
const CHANGES = { quick: 6, full: 20 };
const SECONDS = { quick: 3, full: 10 };
const CHANGES_TO_WARM_UP = 4;

type Watched = { name: string; stream: URL; change: Change };

/** One change to thousands of streams of one board, from sending the mutation until the last has heard of it. */
export async function fanout(bench: Bench): Promise<Finding[]> {
  const { effort } = bench;
  const boardId = await seedBoard(bench.database, SLUG, ['ALL_TIME']);
  await writeEntries(bench.databaseUrl, [boardId], ENTRIES);
  const players = await signIn(bench.tokens, await pickPlayers(bench.databaseUrl, boardId, PLAYERS));
  const ours = await bench.start('src/main.ts');
  const change = firstPlaces({ url: ours.url, slug: SLUG, players });
  const stream = streamOf(ours.url, SLUG);
  const event = await captureEvent(stream, change);
  const raw = await bench.start('bench/servers/rawStreams.ts', { EVENT: event });
  const watched = [
    { name: 'Laurel', stream, change },
    { name: RAW, stream: new URL(raw.url), change: rawChange(raw.url) },
  ];
  const groups: Group[] = [];
  for (const size of effort.isQuick ? STREAMS.quick : STREAMS.full) {
    const measured = await alternate(
      watched.map((one) => ({
        name: one.name,
        measure: ({ warmUp }) => watch(bench, one, warmUp ? FORERUNNERS : size),
      })),
      effort.rounds,
    );
    groups.push(groupOf(size, watched, measured));
  }
  return [
    {
      kind: 'comparison',
      name: 'fanout',
      title: 'One change of a board to all its streams',
      about:
        `From sending the mutation until the last stream has the event of ${event.length} bytes, the median of the changes ` +
        'of a round. Each is the new best score, so all ten rows move. Beside it `node:http` writes the same bytes to as many streams.',
      unit: 'ms',
      better: 'less',
      groups,
    },
  ];
}

/** They gather for each round, so that no server is measured while it holds the streams of an earlier one. */
async function watch(bench: Bench, { stream, change }: Watched, size: number): Promise<number[]> {
  const { isQuick } = bench.effort;
  const crowd = await gather(stream, size);
  bench.closing(crowd.leave);
  try {
    const watched = [{ crowd, change }];
    await timeChanges(watched, { count: CHANGES_TO_WARM_UP, seconds: SECONDS.quick });
    return await timeChanges(watched, {
      count: isQuick ? CHANGES.quick : CHANGES.full,
      seconds: isQuick ? SECONDS.quick : SECONDS.full,
    });
  } finally {
    crowd.leave();
  }
}

function groupOf(size: number, watched: Watched[], measured: number[][][]): Group {
  const [ours, ...others] = watched.map(({ name }, index) => {
    const rounds = measured[index] ?? [];
    const all = rounds.flat();
    return {
      name,
      rounds: rounds.map(median),
      more: { 'p99 ms': percentile(all, 0.99), 'worst ms': Math.max(...all) },
    };
  });
  if (!ours) throw new Error('nothing was watched');
  const rows = rowsOf([ours, ...others]);
  return { name: `${size} streams`, rows, aim: size === 5_000 ? aimOf(rows) : null };
}

function aimOf(rows: Row[]): Aim {
  return {
    text: '1.6 times raw HTTP and 20 ms',
    isMet: rowOf(rows, 'Laurel').value <= 1.6 * rowOf(rows, RAW).value + 20,
  };
}

function rawChange(url: string): Change {
  return async () => (JSON.parse(await ask(url, { body: '{}' })) as { revision: number }).revision;
}
