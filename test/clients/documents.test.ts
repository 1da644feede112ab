import { readdirSync, readFileSync } from 'node:fs';
import { assertObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { KEY_ARGUMENTS } from './apollo.ts';

const PAGING = ['after', 'before', 'first', 'last'];

const flat = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
const page = readFileSync(new URL('../../docs/clients.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```(?:ts|graphql)\n(.*?)```/gs)].map(([, code = '']) => code);
const folder = new URL('./', import.meta.url);
const clients = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => flat(readFileSync(new URL(file, folder), 'utf8')));

test('the page on clients has an example for each of them', () => {
  expect(examples.length).toBeGreaterThanOrEqual(5);
});

test.each(examples)('what the page on clients shows is what the clients run here:\n%s', (example) => {
  expect(clients.filter((text) => text.includes(flat(example)))).toHaveLength(1);
});

test('the key arguments of a board’s standings are all that do not page', () => {
  const { args } = assertObjectType(schema.getType('Leaderboard')).getFields()['standings'] ?? { args: [] };
  const names = args.map(({ name }) => name).filter((name) => !PAGING.includes(name));
  expect(KEY_ARGUMENTS.toSorted()).toEqual(names.toSorted());
});
