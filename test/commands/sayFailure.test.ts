import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import postgres from 'postgres';
import { expect, inject, onTestFinished, test } from 'vitest';
import { startEmbedded } from '../../src/db/embedded/startEmbedded.ts';
import { AUTH_SECRET } from '../setup/app.ts';
import { cloneDatabase } from '../setup/database.ts';
import { newDataDir } from '../setup/dataDir.ts';
import { expectNoInternals } from '../setup/http.ts';
import { databaseUrl } from '../setup/postgres.ts';
import { refusedStart } from '../setup/refusedStart.ts';
import { freePort } from '../setup/serverProcess.ts';
import { runScript } from './runScript.ts';

/** What a server and both commands say, which is the same sentence, without a stack, JSON or a secret. */
async function saidOf(url: string): Promise<string> {
  const env = { DATABASE_URL: url };
  const [server, verify, migrate] = await Promise.all([
    refusedStart({ ...env, AUTH_SECRET }),
    // Neither of them asks for a secret.
    runScript('verify.ts', [], { env }),
    runScript('migrate.ts', [], { env }),
  ]);
  expect([server.code, verify.code, migrate.code]).toEqual([1, 1, 1]);
  const sentence = verify.stderr.trimEnd();
  expect(server.printed).toBe(`Laurel did not start.\n${sentence}\n`);
  expect(migrate.stderr.trimEnd()).toBe(sentence);
  expect(sentence).not.toMatch(/[{}\n]|hunter2|\bat \//);
  expectNoInternals(sentence);
  return sentence;
}

test('a database that does not exist is named', async () => {
  const said = await saidOf(databaseUrl(inject('postgresUrl'), 'no_such_database'));
  expect(said).toMatch(/\/no_such_database does not exist \(3D000\)\. Create it, or correct DATABASE_URL\.$/);
});

test('a port where no database is, is named', async () => {
  const port = await freePort();
  const said = await saidOf(`postgres://laurel:hunter2@127.0.0.1:${port}/laurel`);
  expect(said).toBe(
    `postgres://127.0.0.1:${port}/laurel does not let us in (ECONNREFUSED). Start it, or correct DATABASE_URL.`,
  );
});

test('a password that is refused is said, and not shown', async () => {
  const embedded = await startEmbedded(newDataDir(), { info: () => {}, warn: () => {}, error: () => {} });
  onTestFinished(() => embedded.stop());
  const url = new URL(embedded.url);
  url.password = 'hunter2';
  expect(await saidOf(url.href)).toMatch(/\(28P01\): user or password is refused\. Correct DATABASE_URL\.$/);
});

test('a database with too many connections says so', async () => {
  const url = new URL(await cloneDatabase());
  const sql = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} });
  onTestFinished(async () => {
    await sql`drop role laurel_of_none`;
    await sql.end();
  });
  await sql`create role laurel_of_none login password 'hunter2' connection limit 0`;
  Object.assign(url, { username: 'laurel_of_none', password: 'hunter2' });
  expect(await saidOf(url.href)).toMatch(/\(53300\): it has too many connections\./);
});

test('a port that is taken is named', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { code, printed } = await refusedStart({
    DATABASE_URL: await cloneDatabase(),
    AUTH_SECRET,
    PORT: String(port),
  });
  expect({ code, printed }).toEqual({
    code: 1,
    printed: `Laurel did not start.\nThe port ${port} is taken. Stop the other server, or set PORT to another one.\n`,
  });
});

test('verify makes no database where there is none', async () => {
  const dataDir = newDataDir();
  const { code, stderr } = await runScript('verify.ts', [], { env: { DATA_DIR: dataDir } });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^There is no database in .* yet\. npm start makes one; .*\n$/);
  expect(readdirSync(dataDir)).toEqual([]);
});

test('verify of a database that has never been migrated says what to run', async () => {
  const { url, stop } = await startEmbedded(newDataDir(), { info: () => {}, warn: () => {}, error: () => {} });
  onTestFinished(stop);
  const { code, stderr } = await runScript('verify.ts', [], { env: { DATABASE_URL: url } });
  expect(code).toBe(1);
  expect(stderr).toMatch(/lacks tables \(42P01\)\. Run: npm run migrate\n$/);
});
