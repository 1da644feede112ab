import type { Bench } from '../bench.ts';
import { alternate } from '../load/alternate.ts';
import { ask } from '../load/ask.ts';
import { gather } from '../load/crowd.ts';
import { median, percentile } from '../load/statistics.ts';
import { type Finding, type Group, type Row, rowOf, rowsOf, type Subject } from '../report/finding.ts';
import { pickPlayers, seedBoard, signIn, writeEntries } from '../stores/seed.ts';
import { captureEvent, type Change, firstPlaces, streamOf, timeChanges } from '../work/changes.ts';

const SLUG = 'fanout';
const ENTRIES = 100;
const PLAYERS = 20;
const RAW = 'raw sockets, the same bytes';
const ALL_READ = 'Laurel, all reading';
const STREAMS = { quick: [200], full: [2_000, 5_000, 10_000] };
const STREAMS_OF_AIM = 5_000;
/** Watch first, so that a server knows the way. */
const FORERUNNERS = 100;
/** In a round, unless its time is over before. */
const CHANGES = { quick: { count: 2, seconds: 1 }, full: { count: 20, seconds: 10 } };
const TO_WARM_UP = { count: 4, seconds: 3 };

type Watched = {
  name: string;
  stream: URL;
  change: Change;
  /** Of ten streams, how many do not read; nobody waits for them. */
  silentOfTen?: number;
};

/** One change to thousands of streams of one board, from sending the mutation until the last has heard of it. */
export async function fanout(bench: Bench): Promise<Finding[]> {
  const boardId = await seedBoard(bench.database, SLUG, ['ALL_TIME']);
  await writeEntries(bench.databaseUrl, [boardId], ENTRIES);
  const players = await signIn(bench.tokens, await pickPlayers(bench.databaseUrl, boardId, PLAYERS));
  const { url } = await bench.startLaurel();
  const ours = { stream: streamOf(url, SLUG), change: firstPlaces({ url, slug: SLUG, players }) };
  const event = await captureEvent(ours.stream, ours.change);
  const raw = await bench.start('bench/servers/rawStreams.ts', { EVENT: event });
  const beside = { name: RAW, stream: new URL(raw.url), change: rawChange(raw.url) };

  const sizes = bench.effort.isQuick ? STREAMS.quick : STREAMS.full;
  const groups: Group[] = [];
  for (const size of sizes) {
    const rows = await compare(bench, size, [{ name: 'Laurel', ...ours }, beside]);
    groups.push({ name: `${size} streams`, rows, aim: size === STREAMS_OF_AIM ? aimOf(rows) : null });
  }
  const size = Math.min(STREAMS_OF_AIM, ...sizes.slice(-1));
  const rows = await compare(bench, size, [
    { name: 'Laurel', ...ours, silentOfTen: 1 },
    { name: ALL_READ, ...ours },
  ]);
  const isMet = (rowOf(rows, ALL_READ).ours?.median ?? Number.POSITIVE_INFINITY) <= 1.3;
  groups.push({ name: `${size} streams, one in ten not reading`, rows, aim: { text: '1.3 times all reading', isMet } });
  return [
    {
      kind: 'comparison',
      name: 'fanout',
      title: 'One change of a board to all its streams',
      about:
        `From sending the mutation until the last stream has the event of ${event.length} bytes, the median of the changes ` +
        'of a round. Each is the new best score, so all ten rows move. Beside it bare sockets that are written the same ' +
        'bytes, for a request that changes nothing and commits nothing.',
      unit: 'ms',
      better: 'less',
      groups,
    },
  ];
}

async function compare(bench: Bench, size: number, watched: [Watched, ...Watched[]]): Promise<Row[]> {
  const measured = await alternate(
    watched.map((one) => ({
      name: one.name,
      measure: ({ warmUp }) => watch(bench, one, warmUp ? FORERUNNERS : size),
    })),
    bench,
  );
  const subjectOf = ({ name }: Watched, index: number): Subject => {
    const rounds = measured[index] ?? [];
    const all = rounds.flat();
    return {
      name,
      rounds: rounds.map(median),
      more: { 'p99 ms': percentile(all, 0.99), 'worst ms': Math.max(...all) },
    };
  };
  const [ours, ...others] = watched;
  return rowsOf([subjectOf(ours, 0), ...others.map((one, index) => subjectOf(one, index + 1))]);
}

/** They gather for each round, so that no server is measured while it holds the streams of an earlier one. */
async function watch(bench: Bench, { stream, change, silentOfTen = 0 }: Watched, size: number): Promise<number[]> {
  const silent = await gather(stream, (size / 10) * silentOfTen);
  bench.closing(silent.leave);
  silent.stopReading();
  const crowd = await gather(stream, (size / 10) * (10 - silentOfTen));
  bench.closing(crowd.leave);
  try {
    const watched = [{ crowd, change }];
    await timeChanges(watched, TO_WARM_UP);
    return await timeChanges(watched, bench.effort.isQuick ? CHANGES.quick : CHANGES.full);
  } finally {
    silent.leave();
    crowd.leave();
  }
}

function aimOf(rows: Row[]): Group['aim'] {
  return {
    text: '1.6 times raw sockets and 20 ms',
    isMet: rowOf(rows, 'Laurel').value <= 1.6 * rowOf(rows, RAW).value + 20,
  };
}

function rawChange(url: string): Change {
  return async () => (JSON.parse(await ask(url, { body: '{}' })) as { revision: number }).revision;
}
