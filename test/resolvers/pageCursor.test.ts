import { expect, test } from 'vitest';
import {
  formatPageCursor,
  formatRankCursor,
  pageQuery,
  parsePageCursor,
  parseRankCursor,
} from '../../src/resolvers/pageCursor.ts';

const KEY = { at: new Date('2026-11-21T12:00:00.123Z'), id: '01234567-89ab-4def-8123-456789abcdef' };
const encoded = (text: string) => Buffer.from(text).toString('base64url');

test('cursors read back as what they were made from', () => {
  expect(parsePageCursor(formatPageCursor(KEY))).toEqual(KEY);
  expect(parseRankCursor(formatRankCursor(1_000))).toBe(1_000);
});

test('the arguments name one page, from the start unless they say otherwise', () => {
  const after = formatRankCursor(7);
  const pages = [{}, { first: 5 }, { after, first: null }, { last: 5 }, { before: after }, { before: after, last: 3 }];
  expect(pages.map((page) => pageQuery(page, parseRankCursor))).toEqual([
    { side: 'after', key: null, limit: 20 },
    { side: 'after', key: null, limit: 5 },
    { side: 'after', key: 7, limit: 20 },
    { side: 'before', key: null, limit: 5 },
    { side: 'before', key: 7, limit: 20 },
    { side: 'before', key: 7, limit: 3 },
  ]);
});

test.each([
  { first: 1, last: 1 },
  { after: 'x', before: 'x' },
  { last: 1, after: 'x' },
  { first: 1, before: 'x' },
  { first: 0 },
  { last: 101 },
])('the arguments %j name no page', (page) => {
  expect(() => pageQuery(page, parseRankCursor)).toThrow(/^(Use|A page has)/);
});

const page = formatPageCursor(KEY);
test.each([
  `${page}=`,
  `${page}==`,
  `${page} `,
  `${page}.`,
  encoded(`0${KEY.at.getTime()} ${KEY.id}`),
  encoded('1 x'),
  '',
])('the page cursor %j is refused', (after) => {
  expect(() => parsePageCursor(after)).toThrow(/^The cursor/);
});

const rank = formatRankCursor(7);
test.each([`${rank}=`, `${rank} `, `.${rank}`, encoded('rank 07'), encoded('rank -7'), encoded('rank 1e3'), ''])(
  'the rank cursor %j is refused',
  (after) => {
    expect(() => parseRankCursor(after)).toThrow(/^The cursor/);
  },
);
