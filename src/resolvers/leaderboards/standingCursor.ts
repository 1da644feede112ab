import { badInput } from '../../domain/errors.ts';
import type { Standing } from '../../domain/leaderboards/standing.ts';
import { orderKeyOf, SCORE_MAX } from '../../domain/leaderboards/standingOrder.ts';
import type { Cursor } from '../../domain/leaderboards/standingsPage.ts';

const CURSOR = /^([0-9A-Z-]{3,10}) (-?\d{1,16}) (\d{1,16}) (\d{1,16})$/;

/** Where a standing is in its board, in letters that mean nothing to clients. */
export function formatCursor(standing: Standing, horizon: number): string {
  const orderKey = orderKeyOf(standing.score, standing.leaderboard.sortOrder);
  return encode({ periodKey: standing.periodKey, orderKey, reachedSeq: standing.reachedSeq, horizon });
}

export function parseCursor(text: string): Cursor {
  const [, periodKey, ...numbers] = CURSOR.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  const [orderKey, reachedSeq, horizon] = numbers.map(Number);
  if (periodKey === undefined || orderKey === undefined || reachedSeq === undefined || horizon === undefined) {
    throw unknownCursor();
  }
  const cursor = { periodKey, orderKey, reachedSeq, horizon };
  if ([orderKey, reachedSeq, horizon].some((value) => Math.abs(value) > SCORE_MAX)) throw unknownCursor();
  // One spelling: base64 is read in many, and numbers with zeros before them.
  if (encode(cursor) !== text) throw unknownCursor();
  return cursor;
}

function encode({ periodKey, orderKey, reachedSeq, horizon }: Cursor): string {
  return Buffer.from(`${periodKey} ${orderKey} ${reachedSeq} ${horizon}`).toString('base64url');
}

function unknownCursor() {
  return badInput('The cursor is not one that this server gave out. Start from the first page.');
}
