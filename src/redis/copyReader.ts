import type { PeriodRef } from '../domain/leaderboards/periodChange.ts';
import type { EntryValue } from '../domain/leaderboards/standingOrder.ts';
import type { RedisConnection } from './connection.ts';
import { copyKeys, hexSeq, listOf } from './copyKeys.ts';
import { PAGE, PLACES, PLAYERS } from './readScripts.ts';
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

/** Where an entry would stand: how many other players before it, how many with a lower key, how many lower keys. */
export type CopyPlace = { before: number; ahead: number; lowerKeys: number };

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
  page(place: PeriodRef, range: CopyRange): Promise<CopyAnswer<{ rows: RankedEntry[] }>>;
  /** The rows of these players, in standing order. */
  players(place: PeriodRef, playerIds: string[]): Promise<CopyAnswer<{ rows: RankedEntry[] }>>;
  /** Where entries of one player would stand among the others. */
  places(place: PeriodRef, playerId: string, at: EntryValue[]): Promise<CopyAnswer<{ places: CopyPlace[] }>>;
  /** What the copy holds of entries as they should be, in their order. Null where there is no copy. */
  inspect(place: PeriodRef, entries: (EntryValue & { playerId: string })[]): Promise<Inspection | null>;
  /** Some of what the copy holds, and where to go on; the end is `0`. Twice the same is possible, none is missed. */
  scan(place: PeriodRef, cursor: string): Promise<{ cursor: string; entries: (HeldEntry & { playerId: string })[] }>;
  /** Null where there is no copy. */
  revision(place: PeriodRef): Promise<number | null>;
};

/** So many rows are passed over to find a page; beyond that PostgreSQL is asked, which holds nobody up. */
const LOOKS_MAX = 2_000;
const ROW_COLUMNS = 5;
const PLACE_COLUMNS = 3;
const SCAN_COUNT = 1_000;

export function createCopyReader(connection: RedisConnection, { looksMax = LOOKS_MAX } = {}): CopyReader {
  const page = defineScript(connection, 'laurelPage', PAGE, 4);
  const players = defineScript(connection, 'laurelPlayers', PLAYERS, 4);
  const places = defineScript(connection, 'laurelPlaces', PLACES, 4);
  const keysOf = (place: PeriodRef) => listOf(copyKeys(place));
  return {
    page: async (place, range) => {
      const horizon = ('horizon' in range ? range.horizon : null) ?? '';
      const kind = range.kind === 'fromRank' ? 'rank' : range.kind;
      return rowsOf(await page(keysOf(place), kind, range.limit, horizon, looksMax, ...startOf(range)));
    },
    players: async (place, playerIds) => {
      const answer = rowsOf(await players(keysOf(place), ...playerIds));
      if (typeof answer !== 'string') answer.rows.sort((a, b) => a.ordinal - b.ordinal);
      return answer;
    },
    places: async (place, playerId, at) => {
      const parameters = at.flatMap(({ orderKey, reachedSeq }) => [orderKey, hexSeq(reachedSeq)]);
      return answerOf(await places(keysOf(place), playerId, ...parameters), (values) => ({
        places: chunk(values, PLACE_COLUMNS).map(([before, ahead, lowerKeys]) => ({
          before: Number(before),
          ahead: Number(ahead),
          lowerKeys: Number(lowerKeys),
        })),
      }));
    },
    inspect: (place, entries) => connection.run((redis) => inspect(redis, place, entries)),
    scan: (place, cursor) =>
      connection.run(async (redis) => {
        const [next, found] = await redis.hscan(copyKeys(place).members, cursor, 'COUNT', SCAN_COUNT);
        const entries = chunk(found, 2).flatMap(([playerId = '', text = '']) => {
          const held = heldOf(text);
          return held ? [{ playerId, ...held }] : [];
        });
        return { cursor: next, entries };
      }),
    revision: (place) =>
      connection.run(async (redis) => {
        const revision = await redis.hget(copyKeys(place).meta, 'revision');
        return revision === null ? null : Number(revision);
      }),
  };
}

function startOf(range: CopyRange): (number | string)[] {
  if (range.kind === 'fromRank') return [range.rank - 1];
  if (range.kind === 'around') return [range.playerId];
  return range.cursor ? [range.cursor.orderKey, hexSeq(range.cursor.reachedSeq)] : ['', ''];
}

function rowsOf(reply: unknown): CopyAnswer<{ rows: RankedEntry[] }> {
  return answerOf(reply, (values) => ({
    rows: chunk(values, ROW_COLUMNS).map(([member, orderKey, index, ahead, lowerKeys]) => {
      const [seq = '', playerId = ''] = String(member).split(':');
      return {
        playerId,
        orderKey: Number(orderKey),
        reachedSeq: Number.parseInt(seq, 16),
        ordinal: Number(index) + 1,
        competition: Number(ahead) + 1,
        dense: Number(lowerKeys) + 1,
      };
    }),
  }));
}

function answerOf<T>(reply: unknown, read: (values: unknown[]) => T): CopyAnswer<T> {
  if (reply === 'missing' || reply === 'broken' || reply === 'far') return reply;
  const [revision, size, ...values] = reply as unknown[];
  return { revision: Number(revision), size: Number(size), ...read(values) };
}

/** In one transaction of Redis, so that all parts are of one revision. */
async function inspect(
  redis: RedisConnection['commands'],
  place: PeriodRef,
  entries: (EntryValue & { playerId: string })[],
): Promise<Inspection | null> {
  const { meta, ranks, members, scores } = copyKeys(place);
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
