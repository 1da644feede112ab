import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lintRules, withFolderTable } from '../src/commands/rooms/render.ts';
import { FLOORS_OF_TOPICS, type Room, ROOMS } from '../src/commands/rooms/table.ts';

/** Floors whose topics lie in folders, and the file of each floor that gathers its topics. */
const GATHERERS = ['schema/index.ts'];
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
  ['http/server.ts', `import { seed } from '../commands/seed.ts';`],
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

test('between the topics of one floor imports make no circle', () => {
  for (const floor of FLOORS_OF_TOPICS) expect(circlesOf(topicImports(floor, sources()))).toEqual([]);
});

test('a circle between two topics is found, over a third as well', () => {
  const circle = [
    { path: 'db/a/one.ts', text: `import { two } from '../b/two.ts';` },
    { path: 'db/b/two.ts', text: `import type { Three } from '../c/three.ts';` },
    { path: 'db/c/three.ts', text: `import { one } from '../a/one.ts';` },
  ];
  expect(circlesOf(topicImports('db', circle))).toHaveLength(3);
  expect(circlesOf(topicImports('db', circle.slice(1)))).toEqual([]);
});

test('the lint rules and the table in the docs are made from the table of rooms', () => {
  const file = (name: string) => readFileSync(join(root, name), 'utf8');
  expect(file('.oxlintrc.rooms.json')).toBe(lintRules());
  expect(withFolderTable(file('docs/architecture.md'))).toBe(file('docs/architecture.md'));
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
  const row = ROOMS.find(({ name }) => name === partOf(path));
  if (row === undefined) return [`${path}: ${partOf(path)} has no row in the table`];
  if (row.values.includes('*')) return [];
  return importsOf(text)
    .filter(({ from, isType }) =>
      from.startsWith('.') ? !mayImport(row, path, from, isType) : !mayUsePackage(row, from),
    )
    .map(({ from, isType }) => `${path} imports ${isType ? 'types from ' : ''}${from}`);
}

function mayImport({ values, types = [] }: Room, path: string, from: string, isType: boolean): boolean {
  const target = partOf(posix.join(posix.dirname(path), from));
  return target === partOf(path) || values.includes(target) || (isType && types.includes(target));
}

function mayUsePackage(row: Room, from: string): boolean {
  const includes = ({ packages = [] }: Room) => packages.some((name) => from === name || from.startsWith(`${name}/`));
  const owners = ROOMS.filter(includes);
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

/** Which topics of a floor each of its topics imports. */
function topicImports(floor: string, files: { path: string; text: string }[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { path, text } of files) {
    const topic = topicOf(floor, path);
    if (topic === null || GATHERERS.includes(path)) continue;
    const targets = importsOf(text)
      .filter(({ from }) => from.startsWith('.'))
      .flatMap(({ from }) => topicOf(floor, posix.join(posix.dirname(path), from)) ?? []);
    found.set(topic, new Set([...(found.get(topic) ?? []), ...targets.filter((target) => target !== topic)]));
  }
  return found;
}

/** `prizes` of `db/prizes/wallets.ts`; null for what lies elsewhere. */
function topicOf(floor: string, path: string): string | null {
  const [first, topic, file] = path.split('/');
  return first === floor && topic !== undefined && file !== undefined ? topic : null;
}

/** The topics that can be reached from themselves. */
function circlesOf(imports: Map<string, Set<string>>): string[] {
  const reached = (from: string, seen = new Set<string>()): Set<string> => {
    for (const next of imports.get(from) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      reached(next, seen);
    }
    return seen;
  };
  return [...imports.keys()].filter((topic) => reached(topic).has(topic));
}
