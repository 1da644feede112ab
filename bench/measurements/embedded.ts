import type { Tokens } from '../../src/auth/tokens.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import type { Bench } from '../bench.ts';
import type { Asking } from '../load/applyLoad.ts';
import { compareLoads } from '../report/compareLoads.ts';
import { type Finding, type Group, type Row, rowOf } from '../report/finding.ts';
import { newFolder, startEmbedded } from '../servers/embedded.ts';
import { pickPlayers, seedBoard, seedPlayers, signIn, writeEntries } from '../stores/seed.ts';
import { around, topTen } from '../work/reads.ts';
import { BATCH_SIZE, submitScore, submitScores } from '../work/submissions.ts';

const ENTRIES = 10_000;
const PLAYERS = 500;
const OWN = 'embedded';
const SHARED = 'DATABASE_URL and REDIS_URL';
const AIM = { text: '0.8', isMet: (rows: Row[]) => (rowOf(rows, SHARED).ours?.median ?? 0) >= 0.8 };

/** What is asked of a server, and by how many connections. */
type Work = { name: string; connections: number; perRequest: number; asking: Asking };

/** Laurel with nothing set, which runs a PostgreSQL of its own, beside Laurel on PostgreSQL and Redis. */
export async function embedded(bench: Bench): Promise<Finding[]> {
  const own = await startEmbedded(bench, newFolder(bench));
  const database = await openDatabase({ databaseUrl: own.databaseUrl, poolSize: 2 });
  bench.closing(() => database.close());
  const shared = await bench.startLaurel();
  const ofOwn = await prepare(bench.tokens, { database, databaseUrl: own.databaseUrl });
  const ofShared = await prepare(bench.tokens, bench);
  const groups: Group[] = [];
  for (const [index, { name, connections, perRequest, asking }] of ofOwn.entries()) {
    const other = ofShared[index];
    if (!other) throw new Error('the two have different work');
    const subjects = [
      { name: OWN, url: own.url, ...asking },
      { name: SHARED, url: shared.url, ...other.asking },
    ];
    const group = await compareLoads(bench, { name, subjects, connections, perRequest, aim: AIM });
    groups.push(group);
  }
  return [
    {
      kind: 'comparison',
      name: 'embedded',
      title: 'Embedded mode beside PostgreSQL and Redis',
      about:
        'The same work of a Laurel with nothing set, which runs the PostgreSQL that npm brings, and of one on the PostgreSQL ' +
        'and the Redis of the machine. Both wait for the disk at each commit where the latter does.',
      unit: 'scores/s or requests/s',
      better: 'more',
      hasOwnScales: true,
      groups,
    },
  ];
}

async function prepare(
  tokens: Tokens,
  { database, databaseUrl }: { database: Database; databaseUrl: string },
): Promise<Work[]> {
  const players = await signIn(tokens, await seedPlayers(database, PLAYERS));
  const { token } = await tokens.sign('bench', ['server']);
  await seedBoard(database, 'embedded-writes', ['ALL_TIME', 'DAILY', 'WEEKLY']);
  const readId = await seedBoard(database, 'embedded-reads', ['ALL_TIME']);
  await writeEntries(databaseUrl, [readId], ENTRIES);
  const readers = await signIn(tokens, await pickPlayers(databaseUrl, readId, ENTRIES / 2));
  const top = topTen('embedded-reads');
  const isTop = (body: Buffer) => body.includes('"rank":10,');
  const writes = { players, boards: ['embedded-writes'] as [string] };
  return [
    { name: 'submitScore, 64 connections', connections: 64, perRequest: 1, asking: submitScore(writes) },
    {
      name: `submitScores of ${BATCH_SIZE}, 8 connections`,
      connections: 8,
      perRequest: BATCH_SIZE,
      asking: submitScores(writes, token),
    },
    { name: 'top 10, 64 connections', connections: 64, perRequest: 1, asking: { request: () => top, isRight: isTop } },
    {
      name: 'around a player, 64 connections',
      connections: 64,
      perRequest: 1,
      asking: around({ boards: ['embedded-reads'], players: readers }),
    },
  ];
}
