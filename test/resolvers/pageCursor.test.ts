import { expect, test } from 'vitest';
import {
  formatPageCursor,
  formatRankCursor,
  parsePageCursor,
  parseRankCursor,
} from '../../src/resolvers/pageCursor.ts';

const KEY = { at: new Date('2026-11-21T12:00:00.123Z'), id: '01234567-89ab-4def-8123-456789abcdef' };
const encoded = (text: string) => Buffer.from(text).toString('base64url');

test('cursors read back as what they were made from', () => {
  expect(parsePageCursor({ after: formatPageCursor(KEY) })).toEqual(KEY);
  expect(parseRankCursor({ after: formatRankCursor(1_000) })).toBe(1_000);
});

test('without a cursor there is none', () => {
  expect([parsePageCursor({}), parseRankCursor({ after: null })]).toEqual([null, null]);
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
  expect(() => parsePageCursor({ after })).toThrow(/^The cursor/);
});

const rank = formatRankCursor(7);
test.each([`${rank}=`, `${rank} `, `.${rank}`, encoded('rank 07'), encoded('rank -7'), encoded('rank 1e3'), ''])(
  'the rank cursor %j is refused',
  (after) => {
    expect(() => parseRankCursor({ after })).toThrow(/^The cursor/);
  },
);
