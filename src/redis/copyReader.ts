import type { PeriodRef } from '../domain/leaderboards/periodChange.ts';
import type { EntryValue } from '../domain/leaderboards/standingOrder.ts';
import type { RedisConnection } from './connection.ts';
import { copyKeys, hexSeq, listOf } from './copyKeys.ts';
import { PAGES, POSITIONS } from './readScripts.ts';
import { defineScript } from './script.ts';

/** An entry with its ranks, as the copy has it. */
export type RankedEntry = EntryValue & { playerId: string; ordinal: number; competition: number; dense: number };

/** What one revision of a period says. `missing`: there is no copy; `broken`: a part was lost; `far`: too much to look at. */
export type CopyAnswer<T> = ({ revision: number; size: number } & T) | 'broken' | 'far' | 'missing';

/** Which rows: as in `StandingsRange`, but that rows which changed after the `horizon` may be left out. */
export type CopyRange = { limit: number } & (
  | { kind: 'after' | 'before'; cursor: EntryValue | null; horizon: number | null }
  | { kind: 'around'; playerId: string }
  | { kind: 'fromRank'; rank: number }
);

/** A page, or the rows of some players, in standing order. */
export type CopyAsk = CopyRange | { kind: 'players'; playerIds: string[] };

/** Where an entry would stand: how many other players before it, how many with a lower key, how many lower keys. */
export type CopyPosition = { before: number; ahead: number; lowerKeys: number };

/** What the copy holds of one player. */
export type HeldEntry = EntryValue & { revision: number };

/** A copy as far as some entries go. `isWhole` tells of each whether all parts of the copy have it as it was given. */
export type Inspection = {
  revision: number;
  size: number;
  distinct: number;
  entries: { held: HeldEntry | null; isWhole: boolean }[];
};

/** Reads copies of periods. Every answer is of one revision. Rejects while Redis is away. */
export type CopyReader = {
  /** Several pages of one revision, in the order of the questions. */
  pages(period: PeriodRef, asked: CopyAsk[]): Promise<CopyAnswer<{ pages: RankedEntry[][] }>>;
  page(period: PeriodRef, range: CopyRange): Promise<CopyAnswer<{ rows: RankedEntry[] }>>;
  /** The rows of these players, in standing order. */
  players(period: PeriodRef, playerIds: string[]): Promise<CopyAnswer<{ rows: RankedEntry[] }>>;
  /** Where entries of one player would stand among the others. */
  positions(period: PeriodRef, playerId: string, at: EntryValue[]): Promise<CopyAnswer<{ positions: CopyPosition[] }>>;
  /** What the copy holds of entries as they should be, in their order. Null where there is no copy. */
  inspect(period: PeriodRef, entries: (EntryValue & { playerId: string })[]): Promise<Inspection | null>;
  /** Some of what the copy holds, and where to go on; the end is `0`. Twice the same is possible, none is missed. */
  scan(period: PeriodRef, cursor: string): Promise<{ cursor: string; entries: (HeldEntry & { playerId: string })[] }>;
  /** Null where there is no copy. */
  revision(period: PeriodRef): Promise<number | null>;
};

/** So many rows are passed over to find a page; beyond that PostgreSQL is asked, which holds nobody up. */
const LOOKS_MAX = 2_000;
const ROW_COLUMNS = 5;
const POSITION_COLUMNS = 3;
const SCAN_COUNT = 1_000;

export function createCopyReader(connection: RedisConnection, { looksMax = LOOKS_MAX } = {}): CopyReader {
  const readPages = defineScript(connection, 'laurelPages', PAGES, 4);
  const readPositions = defineScript(connection, 'laurelPositions', POSITIONS, 4);
  const keysOf = (period: PeriodRef) => listOf(copyKeys(period));
  const pages: CopyReader['pages'] = async (period, asked) => {
    // What is shown need not be spared; what is passed over is, for all pages together.
    const shown = asked.slice(1).reduce((sum, ask) => sum + ('limit' in ask ? ask.limit : 0), 0);
    const answer = await readPages(keysOf(period), looksMax + shown, ...asked.flatMap(parametersOf));
    return answerOf(answer, (replies) => ({
      pages: replies.map((reply, index) => {
        const rows = rowsOf(reply as unknown[]);
        return asked[index]?.kind === 'players' ? rows.toSorted((a, b) => a.ordinal - b.ordinal) : rows;
      }),
    }));
  };
  const readPage = async (period: PeriodRef, ask: CopyAsk) => {
    const answer = await pages(period, [ask]);
    if (typeof answer === 'string') return answer;
    const { revision, size } = answer;
    return { revision, size, rows: answer.pages.flat() };
  };
  return {
    pages,
    page: readPage,
    players: (period, playerIds) => readPage(period, { kind: 'players', playerIds }),
    positions: async (period, playerId, at) => {
      const parameters = at.flatMap(({ orderKey, reachedSeq }) => [orderKey, hexSeq(reachedSeq)]);
      return answerOf(await readPositions(keysOf(period), playerId, ...parameters), (values) => ({
        positions: chunk(values, POSITION_COLUMNS).map(([before, ahead, lowerKeys]) => ({
          before: Number(before),
          ahead: Number(ahead),
          lowerKeys: Number(lowerKeys),
        })),
      }));
    },
    inspect: (period, entries) => connection.run((redis) => inspect(redis, period, entries)),
    scan: (period, cursor) =>
      connection.run(async (redis) => {
        const [next, found] = await redis.hscan(copyKeys(period).members, cursor, 'COUNT', SCAN_COUNT);
        const entries = chunk(found, 2).flatMap(([playerId = '', text = '']) => {
          const held = heldOf(text);
          return held ? [{ playerId, ...held }] : [];
        });
        return { cursor: next, entries };
      }),
    revision: (period) =>
      connection.run(async (redis) => {
        const revision = await redis.hget(copyKeys(period).meta, 'revision');
        return revision === null ? null : Number(revision);
      }),
  };
}

/** As the script reads them. */
function parametersOf(ask: CopyAsk): (number | string)[] {
  const horizon = ('horizon' in ask ? ask.horizon : null) ?? '';
  const limit = 'limit' in ask ? ask.limit : '';
  const kind = ask.kind === 'fromRank' ? 'rank' : ask.kind;
  const parameters = [kind, limit, horizon, ...startOf(ask)];
  return [parameters.length, ...parameters];
}

function startOf(ask: CopyAsk): (number | string)[] {
  if (ask.kind === 'players') return ask.playerIds;
  if (ask.kind === 'fromRank') return [ask.rank - 1];
  if (ask.kind === 'around') return [ask.playerId];
  return ask.cursor ? [ask.cursor.orderKey, hexSeq(ask.cursor.reachedSeq)] : ['', ''];
}

function rowsOf(values: unknown[]): RankedEntry[] {
  return chunk(values, ROW_COLUMNS).map(([member, orderKey, index, ahead, lowerKeys]) => {
    const [seq = '', playerId = ''] = String(member).split(':');
    return {
      playerId,
      orderKey: Number(orderKey),
      reachedSeq: Number.parseInt(seq, 16),
      ordinal: Number(index) + 1,
      competition: Number(ahead) + 1,
      dense: Number(lowerKeys) + 1,
    };
  });
}

function answerOf<T>(reply: unknown, read: (values: unknown[]) => T): CopyAnswer<T> {
  if (reply === 'missing' || reply === 'broken' || reply === 'far') return reply;
  const [revision, size, ...values] = reply as unknown[];
  return { revision: Number(revision), size: Number(size), ...read(values) };
}

/** In one transaction of Redis, so that all parts are of one revision. */
async function inspect(
  redis: RedisConnection['commands'],
  period: PeriodRef,
  entries: (EntryValue & { playerId: string })[],
): Promise<Inspection | null> {
  const { meta, ranks, members, scores } = copyKeys(period);
  const transaction = redis.multi().hget(meta, 'revision').zcard(ranks).zcard(scores);
  if (entries.length > 0) {
    transaction
      .hmget(members, ...entries.map(({ playerId }) => playerId))
      .zmscore(ranks, ...entries.map(({ playerId, reachedSeq }) => `${hexSeq(reachedSeq)}:${playerId}`))
      .zmscore(scores, ...entries.map(({ orderKey }) => String(orderKey)));
  }
  const replies = await transaction.exec();
  const [revision, size, distinct, held, inRanks, inScores] = (replies ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  if (revision === null || revision === undefined) return null;
  return {
    revision: Number(revision),
    size: Number(size),
    distinct: Number(distinct),
    entries: entries.map(({ orderKey }, index) => ({
      held: heldOf((held as (string | null)[])[index] ?? ''),
      isWhole: [inRanks, inScores].every(
        (scored) => Number((scored as (string | null)[])[index] ?? 'none') === orderKey,
      ),
    })),
  };
}

function heldOf(text: string): HeldEntry | null {
  const [seq, revision, orderKey] = text.split(' ');
  if (!seq || revision === undefined || orderKey === undefined) return null;
  return { reachedSeq: Number.parseInt(seq, 16), revision: Number(revision), orderKey: Number(orderKey) };
}

function chunk<T>(values: T[], size: number): T[][] {
  return Array.from({ length: Math.floor(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
