import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

type Row = {
  /** Folders and files of src that may be imported. */
  values: string[];
  /** What may be imported with `import type` as well. */
  types?: string[];
  /** Packages that belong to this row; in rows that do not name them they are not imported, not even as types. */
  packages?: string[];
};

const core = ['domain', 'auth', 'db', 'redis', 'leaderboards'];
const work = ['resolvers', 'consumers', 'jobs'];
const graphql = ['graphql', 'graphql-yoga', '@graphql-yoga', '@pothos'];

/** Which part of src may import what. The same rules stand in .oxlintrc.json, for the editor, and in docs/architecture.md, for people. */
const allowed: Record<string, Row | 'everything'> = {
  domain: { values: [], packages: ['croner'] },
  db: { values: ['domain'], types: ['config.ts'], packages: ['drizzle-orm', 'postgres', '@electric-sql/pglite'] },
  redis: {
    values: ['domain'],
    types: ['config.ts'],
    packages: ['ioredis', 'graphql-subscriptions', 'graphql-redis-subscriptions', 'rate-limiter-flexible'],
  },
  auth: { values: ['domain'], types: ['config.ts'] },
  leaderboards: { values: ['domain', 'db', 'redis'], types: ['config.ts'] },
  resolvers: { values: core, types: ['config.ts', 'context.ts'] },
  consumers: { values: core, types: ['config.ts'] },
  jobs: { values: core, types: ['config.ts'], packages: ['pg-boss'] },
  schema: {
    values: ['domain', 'resolvers'],
    types: [...core, ...work, 'http', 'config.ts', 'context.ts'],
    packages: graphql,
  },
  http: { values: [...core, ...work, 'schema'], types: ['config.ts', 'context.ts'], packages: graphql },
  'config.ts': { values: ['domain'] },
  'context.ts': { values: [], types: [...core, 'consumers', 'jobs', 'config.ts'] },
  'ownMetrics.ts': { values: [], types: [...core, 'http', 'context.ts'] },
  'app.ts': { values: [...core, ...work, 'schema', 'http', 'config.ts', 'context.ts', 'ownMetrics.ts'] },
  'main.ts': { values: [...core, ...work, 'schema', 'http', 'config.ts', 'context.ts', 'app.ts'] },
  commands: 'everything',
};

const LINES_MAX = 300;
const root = fileURLToPath(new URL('..', import.meta.url));

test('every import in src follows the table', () => {
  expect(sources().flatMap(({ path, text }) => forbiddenImports(path, text))).toEqual([]);
});

test.for([
  ['db/open.ts', `import { rank } from '../redis/rank.ts';`],
  ['db/deep/open.ts', `import type { Rank } from '../../redis/rank.ts';`],
  ['domain/period.ts', `import type { Config } from '../config.ts';`],
  ['http/server.ts', `import { port } from '../config.ts';`],
  ['schema/score.ts', `import {\n  type Entry,\n  readEntry,\n} from '../db/entries.ts';`],
  ['resolvers/submit.ts', `import type { GraphQLResolveInfo } from 'graphql';`],
  ['resolvers/submit.ts', `export * from '../jobs/settle.ts';`],
  ['jobs/settle.ts', `import '../consumers/runner.ts';`],
  ['jobs/settle.ts', `const { run } = await import('../consumers/runner.ts');`],
  ['leaderboards/read.ts', `import { sql } from 'drizzle-orm/pg-core';`],
  ['app.ts', `import { seed } from './commands/seed.ts';`],
  ['elsewhere/file.ts', ''],
] as const)('the table forbids, in %s, %j', ([path, text]) => {
  expect(forbiddenImports(path, text)).toHaveLength(1);
});

test.for([
  ['db/deep/open.ts', `import { tables } from '../tables.ts';\nimport postgres from 'postgres';`],
  ['schema/score.ts', `import type { Entry } from '../db/entries.ts';`],
  ['http/server.ts', `import { createYoga } from 'graphql-yoga';\nimport { schema } from '../schema/index.ts';`],
  ['jobs/settle.ts', `// import { run } from '../consumers/runner.ts';\nimport { setTimeout } from 'node:timers';`],
  ['commands/migrate.ts', `import { config } from '../config.ts';\nimport postgres from 'postgres';`],
] as const)('the table allows, in %s, %j', ([path, text]) => {
  expect(forbiddenImports(path, text)).toEqual([]);
});

test('docs/architecture.md has a row for every folder in src', () => {
  const document = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const folders = new Set(sources().map(({ path }) => partOf(path)));
  const missing = [...folders].filter((part) => !part.endsWith('.ts') && !document.includes(`| \`src/${part}/\` |`));
  expect(missing).toEqual([]);
});

test(`no file in src is longer than ${LINES_MAX} lines`, () => {
  const long = sources().filter(({ text }) => text.trimEnd().split('\n').length > LINES_MAX);
  expect(long.map(({ path }) => path)).toEqual([]);
});

test('schema/index.ts is the only index file', () => {
  const indexes = sources().filter(({ path }) => posix.basename(path) === 'index.ts');
  expect(indexes.map(({ path }) => path).filter((path) => path !== 'schema/index.ts')).toEqual([]);
});

test('only config.ts reads the environment', () => {
  const readers = sources().filter(({ text }) => readsEnvironment(text));
  expect(readers.map(({ path }) => path).filter((path) => path !== 'config.ts')).toEqual([]);
});

test.for(['process.env.PORT', `process['env']`, 'const { env } = process;', `import { env } from 'node:process';`])(
  '%s counts as reading the environment',
  (text) => expect(readsEnvironment(text)).toBe(true),
);

/** One line for each import of a file, given by its path below src, that the table does not allow. */
function forbiddenImports(path: string, text: string): string[] {
  const row = allowed[partOf(path)];
  if (row === undefined) return [`${path}: ${partOf(path)} has no row in the table`];
  if (row === 'everything') return [];
  return importsOf(text)
    .filter(({ from, isType }) =>
      from.startsWith('.') ? !mayImport(row, path, from, isType) : !mayUsePackage(row, from),
    )
    .map(({ from, isType }) => `${path} imports ${isType ? 'types from ' : ''}${from}`);
}

function mayImport({ values, types = [] }: Row, path: string, from: string, isType: boolean): boolean {
  const target = partOf(posix.join(posix.dirname(path), from));
  return target === partOf(path) || values.includes(target) || (isType && types.includes(target));
}

function mayUsePackage(row: Row, from: string): boolean {
  const includes = ({ packages = [] }: Row) => packages.some((name) => from === name || from.startsWith(`${name}/`));
  const owners = Object.values(allowed).filter((owner) => owner !== 'everything' && includes(owner));
  return owners.length === 0 || owners.includes(row);
}

/** The first folder below src, or the name of a file that lies directly in src. */
function partOf(path: string): string {
  return path.split('/')[0] ?? path;
}

/** Static imports and re-exports, and dynamic imports of a literal. `import { type A }` counts as an import of values, since it runs the file. */
function importsOf(text: string): { from: string; isType: boolean }[] {
  const statics = text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[\w$\s{},*]+\sfrom\s+)?['"]([^'"]+)['"]/gm);
  const dynamics = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g);
  return [
    ...Array.from(statics, ([, type, from = '']) => ({ from, isType: type !== undefined })),
    ...Array.from(dynamics, ([, from = '']) => ({ from, isType: false })),
  ];
}

function readsEnvironment(text: string): boolean {
  return /\bprocess\s*(\??\.\s*|\[['"])env\b|\benv\b[^=;]*\}\s*=\s*process\b|from 'node:process'/.test(text);
}

function sources(): { path: string; text: string }[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(root, 'src', path), 'utf8') }));
}
