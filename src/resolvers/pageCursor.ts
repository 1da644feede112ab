import { badInput } from '../domain/errors.ts';
import type { PageKey, PageQuery } from '../domain/page.ts';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../domain/leaderboards/standingsPage.ts';
import { isId } from '../domain/id.ts';

export type PageArguments = {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
};

/** The end of the year 9998: later moments are in no row, and PostgreSQL does not read all of them. */
const LAST_MS = Date.UTC(9999, 0);

/** The page that the arguments name: `first` with `after`, or `last` with `before`. `parse` reads a cursor. */
export function pageQuery<Key>(page: PageArguments, parse: (text: string) => Key): PageQuery<Key> {
  const { first, after, last, before } = page;
  if (first != null && last != null) throw badInput('Use first or last, not both.');
  if (after != null && before != null) throw badInput('Use after or before, not both: each names another page.');
  if (last != null && after != null) throw badInput('Use first with after, not last.');
  if (first != null && before != null) throw badInput('Use last with before, not first.');
  const isBefore = last != null || before != null;
  const cursor = isBefore ? before : after;
  return {
    side: isBefore ? 'before' : 'after',
    key: cursor == null ? null : parse(cursor),
    limit: pageSize(isBefore ? last : first),
  };
}

/** How many rows are wanted, 20 when nothing was said. */
export function pageSize(wanted: number | null | undefined): number {
  const limit = wanted ?? PAGE_SIZE_DEFAULT;
  if (limit < 1 || limit > PAGE_SIZE_MAX) throw badInput(`A page has 1 to ${PAGE_SIZE_MAX} rows.`);
  return limit;
}

/** Where a row is in a list by moment and id, in letters that mean nothing to clients. */
export function formatPageCursor({ at, id }: PageKey): string {
  return Buffer.from(`${at.getTime()} ${id}`).toString('base64url');
}

export function parsePageCursor(text: string): PageKey {
  const [, ms = '', id = ''] = /^(\d{1,15}) (\S+)$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (!isId(id) || Number(ms) > LAST_MS) throw unknownCursor();
  const key = { at: new Date(Number(ms)), id };
  // One spelling: base64 is read in many, and numbers with zeros before them.
  if (formatPageCursor(key) !== text) throw unknownCursor();
  return key;
}

/** Where a row is in a list by rank. */
export function formatRankCursor(rank: number): string {
  return Buffer.from(`rank ${rank}`).toString('base64url');
}

export function parseRankCursor(text: string): number {
  const [, rank] = /^rank (\d{1,9})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (rank === undefined || formatRankCursor(Number(rank)) !== text) throw unknownCursor();
  return Number(rank);
}

/** Where an event is in the log. */
export function formatPositionCursor(position: number): string {
  return Buffer.from(`position ${position}`).toString('base64url');
}

export function parsePositionCursor(text: string): number {
  const [, position] = /^position (\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (position === undefined || formatPositionCursor(Number(position)) !== text) throw unknownCursor();
  return Number(position);
}

function unknownCursor() {
  return badInput('The cursor is not one that this server gave out. Start from the first page.');
}
