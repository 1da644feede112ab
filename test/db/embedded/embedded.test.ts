import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { borrowEmbedded } from '../../../src/db/embedded/borrowEmbedded.ts';
import { EmbeddedError } from '../../../src/db/embedded/embeddedError.ts';
import { type Embedded, startEmbedded } from '../../../src/db/embedded/startEmbedded.ts';
import { FolderInUseError } from '../../../src/db/lockFolder.ts';
import { newDataDir, postmasterIn } from '../../setup/dataDir.ts';

const LONG = 'a folder with spaces and a name that is long, '.repeat(5).trim();
const silent = { info: () => {}, warn: () => {}, error: () => {} };

async function started(dataDir: string): Promise<Embedded> {
  const embedded = await startEmbedded(dataDir, silent);
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await embedded.stop();
    isStopped = true;
  };
  onTestFinished(stop);
  return { ...embedded, stop };
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return (await sql.unsafe(statement)).flatMap((row) => Object.values(row) as unknown[]);
  } finally {
    await sql.end();
  }
}

test('a path of six hundred bytes with spaces holds a database, and the next start finds what was in it', async () => {
  const dataDir = newDataDir(LONG, LONG, LONG);
  const first = await started(dataDir);
  await ask(first.url, 'create table kept as select 7 as number');
  await first.stop();
  expect(postmasterIn(dataDir)).toBeNull();
  const second = await started(dataDir);
  expect(await ask(second.url, 'select number from kept')).toEqual([7]);
});

test('what is committed is on the disk, and a small machine has room for it', async () => {
  const { url } = await started(newDataDir());
  const shown = ['fsync', 'full_page_writes', 'synchronous_commit', 'jit', 'shared_buffers', 'listen_addresses'];
  const values = await Promise.all(shown.map(async (name) => (await ask(url, `show ${name}`))[0]));
  expect(values).toEqual(['on', 'on', 'on', 'off', '16MB', '127.0.0.1']);
});

test.skipIf(process.platform === 'win32')(
  'only the owner can read the password, and without it nobody is let in',
  async () => {
    const dataDir = newDataDir();
    const { url } = await started(dataDir);
    const file = join(dataDir, 'postgres-password');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(new URL(url).password).toBe(readFileSync(file, 'utf8'));
    const other = new URL(url);
    other.password = 'guessed';
    await expect(ask(other.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  },
);

test.skipIf(process.getuid?.() !== 0)(
  'as root, PostgreSQL runs as somebody else, who owns its folder and nothing beside it',
  async () => {
    const dataDir = newDataDir();
    await started(dataDir);
    const { uid } = statSync(`/proc/${postmasterIn(dataDir)?.pid}`);
    expect(uid).not.toBe(0);
    expect(statSync(join(dataDir, 'postgres')).uid).toBe(uid);
    const beside = readdirSync(dataDir).filter((name) => name !== 'postgres');
    expect(beside.map((name) => statSync(join(dataDir, name)).uid)).toEqual(beside.map(() => 0));
  },
);

test('a second one in a folder is refused; a command uses the database of the first and leaves it running', async () => {
  const dataDir = newDataDir();
  const first = await started(dataDir);
  await expect(startEmbedded(dataDir, silent)).rejects.toThrow(FolderInUseError);
  const borrowed = await borrowEmbedded(dataDir);
  expect(borrowed.url).toBe(first.url);
  await borrowed.stop();
  expect(await ask(first.url, 'select 1 as one')).toEqual([1]);
});

test('a command where none runs starts the database and stops it', async () => {
  const dataDir = newDataDir();
  const borrowed = await borrowEmbedded(dataDir);
  expect(await ask(borrowed.url, 'select 1 as one')).toEqual([1]);
  await borrowed.stop();
  expect(postmasterIn(dataDir)).toBeNull();
});

test('two commands at once share one database, and the first to end does not end it for the other', async () => {
  const dataDir = newDataDir();
  const [one, other] = await Promise.all([borrowEmbedded(dataDir), borrowEmbedded(dataDir)]);
  const sql = postgres(other.url, { max: 1 });
  await sql`select 1`;
  const ended = one.stop();
  expect(await sql`select 2 as two`).toEqual([{ two: 2 }]);
  await sql.end();
  await Promise.all([ended, other.stop()]);
  expect(postmasterIn(dataDir)).toBeNull();
});

test('a database of another major version is refused in words, and not touched', async () => {
  const dataDir = newDataDir();
  await (await started(dataDir)).stop();
  const data = join(dataDir, 'postgres', 'data');
  writeFileSync(join(data, 'PG_VERSION'), '17\n');
  const before = readdirSync(data);
  const refused = await refusal(dataDir);
  expect(refused).toContain('holds a database of PostgreSQL 17');
  expect(refused).toContain('DATA_DIR');
  expect(readdirSync(data)).toEqual(before);
});

test('a folder of another major version is left as it was, its owner included', async () => {
  const dataDir = newDataDir();
  const home = join(dataDir, 'postgres');
  mkdirSync(join(home, 'data'), { recursive: true });
  writeFileSync(join(home, 'data', 'PG_VERSION'), '15\n');
  const { uid } = statSync(home);
  expect(await refusal(dataDir)).toContain('holds a database of PostgreSQL 15');
  expect(statSync(home).uid).toBe(uid);
  expect(readdirSync(dataDir)).toEqual(['postgres']);
  expect(readdirSync(home)).toEqual(['data']);
});

test('a database that PGlite has made is refused in words, and nothing is put beside it', async () => {
  const dataDir = newDataDir();
  mkdirSync(join(dataDir, 'database'), { recursive: true });
  writeFileSync(join(dataDir, 'database', 'PG_VERSION'), '17\n');
  expect(await refusal(dataDir)).toContain('made by PGlite');
  expect(readdirSync(dataDir)).toEqual(['database']);
});

test('what an interrupted first start has left is made anew', async () => {
  const dataDir = newDataDir();
  mkdirSync(join(dataDir, 'postgres', 'data.new'), { recursive: true });
  writeFileSync(join(dataDir, 'postgres', 'data.new', 'PG_VERSION'), '18\n');
  writeFileSync(join(dataDir, 'postgres-password'), 'half');
  const { url } = await started(dataDir);
  expect(await ask(url, 'select 1 as one')).toEqual([1]);
});

test('the file of a dead PostgreSQL whose pid is another process’s now does not keep the next from starting', async () => {
  const dataDir = newDataDir();
  await (await started(dataDir)).stop();
  const path = join(dataDir, 'postgres', 'data', 'postmaster.pid');
  writeFileSync(path, `${process.pid}\n/proc/self/cwd\n1795596011\n20000\n\n127.0.0.1\n1 1\nready   \n`);
  const { url } = await started(dataDir);
  expect(await ask(url, 'select 1 as one')).toEqual([1]);
});

test('where npm has no PostgreSQL for the machine, one sentence names DATABASE_URL', async () => {
  const { arch } = process;
  onTestFinished(() => void Object.defineProperty(process, 'arch', { value: arch }));
  Object.defineProperty(process, 'arch', { value: 'mips' });
  expect(await refusal(newDataDir())).toMatch(
    /^npm has brought no PostgreSQL for \w+-mips\. Set DATABASE_URL [^.]+\.$/,
  );
});

async function refusal(dataDir: string): Promise<string> {
  const error = await startEmbedded(dataDir, silent).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(EmbeddedError);
  return (error as Error).message;
}
