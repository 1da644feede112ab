import { badInput } from '../../domain/errors.ts';
import type { Standing } from '../../domain/leaderboards/standing.ts';
import { orderKeyOf, SCORE_MAX } from '../../domain/leaderboards/standingOrder.ts';
import type { Cursor } from '../../domain/leaderboards/standingsPage.ts';

const CURSOR = /^([0-9A-Z-]{3,10}) (-?\d{1,16}) (\d{1,16}) (\d{1,16})$/;

/** Where a standing is in its board, in letters that mean nothing to clients. */
export function formatCursor(standing: Standing, horizon: number): string {
  const orderKey = orderKeyOf(standing.score, standing.leaderboard.sortOrder);
  const text = `${standing.periodKey} ${orderKey} ${standing.reachedSeq} ${horizon}`;
  return Buffer.from(text).toString('base64url');
}

export function parseCursor(text: string): Cursor {
  const [, periodKey, ...numbers] = CURSOR.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  const [orderKey, reachedSeq, horizon] = numbers.map(Number);
  if (periodKey === undefined || orderKey === undefined || reachedSeq === undefined || horizon === undefined) {
    throw badInput('The cursor is not one that this server gave out. Start from the first page.');
  }
  if ([orderKey, reachedSeq, horizon].some((value) => Math.abs(value) > SCORE_MAX)) {
    throw badInput('The cursor is not one that this server gave out. Start from the first page.');
  }
  return { periodKey, orderKey, reachedSeq, horizon };
}
