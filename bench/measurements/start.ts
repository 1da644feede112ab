import { rmSync } from 'node:fs';
import { openDatabase } from '../../src/db/open.ts';
import type { Bench } from '../bench.ts';
import { applyLoad, type Load } from '../load/applyLoad.ts';
import { ask } from '../load/ask.ts';
import { type Finding, type Group, rowsOf } from '../report/finding.ts';
import { newFolder, startEmbedded } from '../servers/embedded.ts';
import type { Server } from '../servers/serverProcess.ts';
import { seedBoard, seedPlayers, signIn } from '../stores/seed.ts';
import { topTen } from '../work/reads.ts';
import { submitScore } from '../work/submissions.ts';

const MIB = 1_024 ** 2;
const SLUG = 'start';
const PLAYERS = 500;
const CONNECTIONS = 16;
/** A first start takes seconds. */
const ROUNDS_MAX = 3;
const READS_PER_SECOND = 500;
const LOAD_SECONDS = { quick: 1, full: 60 };
const RAW_SCRIPT = 'bench/servers/rawAnswer.ts';
const NAMES = { embedded: 'Laurel, embedded', shared: 'Laurel on DATABASE_URL', raw: 'a bare node:http server' };

/** How long a start takes, the first and the next, and what is held in memory after a minute of load. */
export async function start(bench: Bench): Promise<Finding[]> {
  const groups = await timeStarts(bench);
  return [
    {
      kind: 'comparison',
      name: 'start',
      title: 'Start, cold and warm',
      about:
        'From the start of the process until it listens. The first start compiles the sources, makes the database, applies ' +
        'the migrations and, embedded, seeds the demo; the next finds all that. `npm` itself is not in it.',
      unit: 'ms',
      better: 'less',
      groups,
    },
    await memoryAfterLoad(bench),
  ];
}

async function timeStarts(bench: Bench): Promise<Group[]> {
  const { stores, effort } = bench;
  const cold = { embedded: [] as number[], shared: [] as number[] };
  const warm = { embedded: [] as number[], shared: [] as number[], raw: [] as number[] };
  const timed = async (server: Server) => {
    await server.stop();
    return server.startedInMs;
  };
  for (let round = 0; round < Math.min(ROUNDS_MAX, effort.rounds); round += 1) {
    await bench.noteOthers();
    const folder = newFolder(bench);
    const own = () => bench.startLaurel({ DATABASE_URL: '', REDIS_URL: '', DATA_DIR: folder });
    const spare = await stores.createDatabase();
    bench.closing(spare.drop);
    const shared = () => bench.startLaurel({ DATABASE_URL: spare.url });
    forgetCompiled();
    cold.embedded.push(await timed(await own()));
    forgetCompiled();
    cold.shared.push(await timed(await shared()));
    warm.embedded.push(await timed(await own()));
    warm.shared.push(await timed(await shared()));
    warm.raw.push(await timed(await bench.start(RAW_SCRIPT)));
  }
  const rowOf = (key: 'embedded' | 'raw' | 'shared', rounds: number[]) => ({ name: NAMES[key], rounds });
  const raw = rowOf('raw', warm.raw);
  return [
    {
      name: 'the first start',
      rows: rowsOf([rowOf('embedded', cold.embedded), rowOf('shared', cold.shared), raw]),
      aim: null,
    },
    {
      name: 'the next',
      rows: rowsOf([rowOf('embedded', warm.embedded), rowOf('shared', warm.shared), raw]),
      aim: null,
    },
  ];
}

/** As `bin/compileCache.mjs` keeps it. */
function forgetCompiled() {
  rmSync(new URL('../../node_modules/.cache/laurel', import.meta.url), { recursive: true, force: true });
}

async function memoryAfterLoad(bench: Bench): Promise<Finding> {
  const { effort } = bench;
  const seconds = effort.isQuick ? LOAD_SECONDS.quick : LOAD_SECONDS.full;
  const own = await startEmbedded(bench, newFolder(bench));
  const database = await openDatabase({ databaseUrl: own.databaseUrl, poolSize: 2 });
  bench.closing(() => database.close());
  const ofOwn = await loadOf({ ...bench, database }, own, seconds);
  const embedded = await loaded(own, ofOwn);
  await database.close();
  await own.stop();

  const shared = await bench.startLaurel();
  const ofShared = await loadOf(bench, shared, seconds);
  const alone = await loaded(shared, ofShared);
  const answer = await ask(shared.url, ofShared.beside.request());
  await shared.stop();

  const bare = await bench.start(RAW_SCRIPT, { ANSWER: answer });
  const any = { isRight: () => true };
  const raw = await loaded(bare, { ...ofShared, url: bare.url, ...any, beside: { ...ofShared.beside, ...any } });
  return {
    kind: 'comparison',
    name: 'memory',
    title: `Memory in all after ${seconds === 60 ? 'a minute' : `${seconds} s`} of load`,
    about:
      `${CONNECTIONS} connections submit without a pause, and ${READS_PER_SECOND} reads a second ask for the top ten. ` +
      'Embedded counts the process and its PostgreSQL; the others the process alone, as it stands, with garbage.',
    unit: 'MiB',
    better: 'less',
    groups: [
      {
        name: 'the process and those that it runs',
        rows: rowsOf([
          { name: NAMES.embedded, ...embedded },
          { name: NAMES.shared, ...alone },
          { name: NAMES.raw, ...raw },
        ]),
        aim: null,
      },
    ],
  };
}

async function loadOf({ database, tokens }: Pick<Bench, 'database' | 'tokens'>, { url }: Server, seconds: number) {
  await seedBoard(database, SLUG, ['ALL_TIME', 'DAILY', 'WEEKLY']);
  const players = await signIn(tokens, await seedPlayers(database, PLAYERS));
  const top = topTen(SLUG);
  const isTop = (body: Buffer) => !body.includes('"errors"');
  const beside = { perSecond: READS_PER_SECOND, request: () => top, isRight: isTop };
  return { url, connections: CONNECTIONS, seconds, ...submitScore({ players, boards: [SLUG] }), beside };
}

async function loaded(server: Server, load: Load): Promise<{ rounds: number[]; more: Record<string, number> }> {
  const { perSecond } = await applyLoad(load);
  const { treeBytes, ownBytes, processes } = server.memory();
  return { rounds: [treeBytes / MIB], more: { 'of it node MiB': ownBytes / MIB, processes, 'scores/s': perSecond } };
}
