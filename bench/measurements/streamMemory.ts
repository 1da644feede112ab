import type { Bench } from '../bench.ts';
import { gather } from '../load/crowd.ts';
import { type Finding, rowOf, rowsOf } from '../report/finding.ts';
import type { Server } from '../servers/serverProcess.ts';
import { pickPlayers, seedBoard, signIn, writeEntries } from '../stores/seed.ts';
import { captureEvent, firstPlaces, streamOf } from '../work/changes.ts';

const SLUG = 'stream-memory';
const ENTRIES = 100;
const STREAMS = { quick: 500, full: 5_000 };
/** They come and go first, so that what the first stream of a process brings is not counted. */
const FORERUNNERS = 100;
const KIB_MAX = 25;
const RAW = 'raw sockets, the same bytes';

/** What a server holds for a stream that has had its first event and waits. A new process for each round: none gives all of it back. */
export async function streamMemory(bench: Bench): Promise<Finding[]> {
  const boardId = await seedBoard(bench.database, SLUG, ['ALL_TIME']);
  await writeEntries(bench.databaseUrl, [boardId], ENTRIES);
  const players = await signIn(bench.tokens, await pickPlayers(bench.databaseUrl, boardId, 1));
  const first = await bench.startLaurel();
  const change = firstPlaces({ url: first.url, slug: SLUG, players });
  const event = await captureEvent(streamOf(first.url, SLUG), change);
  await first.stop();

  const streams = bench.effort.isQuick ? STREAMS.quick : STREAMS.full;
  const ours: number[] = [];
  const raw: number[] = [];
  for (let round = 0; round < Math.min(bench.effort.rounds, 3); round += 1) {
    await bench.noteOthers();
    const laurel = await bench.startLaurel();
    ours.push(await measure(bench, laurel, { stream: streamOf(laurel.url, SLUG), streams }));
    const bare = await bench.start('bench/servers/rawStreams.ts', { EVENT: event });
    raw.push(await measure(bench, bare, { stream: new URL(bare.url), streams }));
  }
  const rows = rowsOf([
    { name: 'Laurel', rounds: ours },
    { name: RAW, rounds: raw },
  ]);
  const aim = { text: `${KIB_MAX} KiB`, isMet: rowOf(rows, 'Laurel').value <= KIB_MAX };
  return [
    {
      kind: 'comparison',
      name: 'stream-memory',
      title: 'Memory of an idle stream',
      about:
        `What the process of the server holds more with ${streams} streams that have had their first event, by the stream, ` +
        'after a collection of garbage. What the kernel holds for a socket is not in it.',
      unit: 'KiB',
      better: 'less',
      groups: [{ name: `${streams} streams`, rows, aim }],
    },
  ];
}

async function measure(
  bench: Bench,
  server: Server,
  { stream, streams }: { stream: URL; streams: number },
): Promise<number> {
  (await gather(stream, FORERUNNERS)).leave();
  const before = await server.collectedMemory();
  const crowd = await gather(stream, streams);
  bench.closing(crowd.leave);
  const after = await server.collectedMemory();
  crowd.leave();
  await server.stop();
  return (after.ownBytes - before.ownBytes) / streams / 1_024;
}
