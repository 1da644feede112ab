import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runScript } from './runScript.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = ['src', 'drizzle', 'test', 'schema.graphql', 'codegen.ts', 'drizzle.config.ts', 'package.json'];

/** A copy of the tree: the files that others rely on are not altered. */
let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'laurel-tree-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

const check = () => runScript('checkGenerated.ts', [], { root: copy });

test('the generated files of this tree are current', async () => {
  expect(await check()).toMatchObject({ code: 0, stderr: '' });
});

test('an altered schema.graphql is stale, and npm run codegen renews it', async () => {
  appendFileSync(join(copy, 'schema.graphql'), '\ntype Forgotten { id: ID }\n');
  const { code, stderr } = await check();
  expect(code).toBe(1);
  expect(stderr).toBe('schema.graphql is stale. Renew it with: npm run codegen\n');
});

test('missing types of documents are stale', async () => {
  rmSync(join(copy, 'test/generated/graphql.ts'));
  const { code, stderr } = await check();
  expect(code).toBe(1);
  expect(stderr).toBe('test/generated/graphql.ts is stale. Renew it with: npm run codegen\n');
});

test('a column without a migration makes the migrations stale', async () => {
  const tables = join(copy, 'src/db/players/tables.ts');
  const text = readFileSync(tables, 'utf8');
  writeFileSync(
    tables,
    text.replace("country: text('country'),", "country: text('country'),\n  motto: text('motto'),"),
  );
  const { code, stderr } = await check();
  expect(code).toBe(1);
  expect(stderr).toBe('drizzle/ is stale. Renew it with: npm run db:generate\n');
});
