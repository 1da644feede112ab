import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AUTH_SECRET } from '../setup/app.ts';
import { cloneDatabase } from '../setup/database.ts';
import { freePort } from '../setup/serverProcess.ts';
import { runScript } from './runScript.ts';

const migrate = (env: Record<string, string>) => runScript('migrate.ts', [], { env: { AUTH_SECRET, ...env } });

test('an embedded database is migrated once, in its folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-migrate-'));
  const env = { DATA_DIR: folder };
  const first = await migrate(env);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toContain(`The embedded database in ${folder} is up to date: applied`);
  expect(await migrate(env)).toMatchObject({ code: 0, stdout: `The embedded database in ${folder} is up to date.\n` });
  rmSync(folder, { recursive: true, force: true });
});

test('a database of DATABASE_URL is named without its password', async () => {
  const url = new URL(await cloneDatabase());
  url.password = 'not-shown';
  const { code, stdout } = await migrate({ DATABASE_URL: url.href });
  expect({ code, stdout }).toEqual({ code: 0, stdout: `postgres://${url.host}${url.pathname} is up to date.\n` });
});

test('a database that is away is one line and exit code 1', async () => {
  const { code, stderr } = await migrate({ DATABASE_URL: `postgres://root:word@127.0.0.1:${await freePort()}/laurel` });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^postgres:\/\/127\.0\.0\.1:\d+\/laurel does not let us in \(ECONNREFUSED\)\. .*DATABASE_URL\.\n$/,
  );
});
