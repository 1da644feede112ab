import { retry } from '../async/retry.ts';
import type { PeriodChange, PeriodRef } from '../domain/leaderboards/periodChange.ts';
import type { EntryValue } from '../domain/leaderboards/standingOrder.ts';
import { RedisAwayError, type RedisConnection } from './connection.ts';
import {
  COPY_LIFETIME_S,
  type CopyKeys,
  copyKeys,
  hexSeq,
  listOf,
  nextCopyKeys,
  pendingKey,
  rebuildKey,
} from './copyKeys.ts';
import { defineScript } from './script.ts';
import { DRAIN, EXTEND, PROMOTE, PUT, RELEASE } from './writeScripts.ts';

/**
 * What became of a change. `applied`, or `known` already; `gap`: kept until the change before it comes; `missing`: there
 * is no copy to apply it to; `broken`: there was one that could not be trusted, and it is gone.
 */
export type PutOutcome = 'applied' | 'broken' | 'gap' | 'known' | 'missing';

export type CopiedEntry = EntryValue & { playerId: string; revision: number };

/** A new copy in the making. */
export type NextCopy = {
  /** Adds entries, in standing order or not. False when the rebuild is somebody else's by now. */
  load(entries: CopiedEntry[]): Promise<boolean>;
  /** Takes the place of the present copy, with all changes since `revision`, in one step. False when it could not. */
  promote(revision: number): Promise<boolean>;
  /** Removes what was made. Harmless after `promote`. */
  discard(): Promise<void>;
};

/** Writes copies of periods. Rejects while Redis is away or refuses to write; whatever was asked for may be asked again. */
export type Copies = {
  put(change: PeriodChange): Promise<PutOutcome>;
  /** Null while somebody else is rebuilding the period. From here on no change is lost to the new copy. */
  rebuild(period: PeriodRef, token: string): Promise<NextCopy | null>;
  drop(period: PeriodRef): Promise<void>;
  /** A text that stays the same until Redis is emptied. */
  epoch(): Promise<string>;
};

const PENDING_MAX = 1_000;
const ATTEMPTS = 5;
const PAUSE_MS = 300;
/** A rebuild whose maker says nothing for this long is over. */
const REBUILD_SILENCE_MS = 15_000;
const NEXT_LIFETIME_S = 600;
/** So many changes a step: a step of a hundred batches takes Redis some milliseconds. */
const DRAIN_STEP = 20;
const EPOCH_KEY = 'laurel:epoch';

export function createCopies(connection: RedisConnection): Copies {
  const { run } = connection;
  const put = defineScript(connection, 'laurelPut', PUT, 6);
  const drain = defineScript(connection, 'laurelDrain', DRAIN, 6);
  const promote = defineScript(connection, 'laurelPromote', PROMOTE, 10);
  const extend = defineScript(connection, 'laurelExtend', EXTEND, 1);
  const release = defineScript(connection, 'laurelRelease', RELEASE, 1);

  const makeNext = (period: PeriodRef, token: string): NextCopy => {
    const next = nextCopyKeys(period, token);
    const shared = [...listOf(next), pendingKey(period), rebuildKey(period)];
    return {
      load: async (entries) => {
        const isOurs = await retryStep(() => extend([rebuildKey(period)], token, REBUILD_SILENCE_MS));
        if (isOurs !== 1) return false;
        if (entries.length > 0) await retryStep(() => load(connection, next, entries));
        return true;
      },
      promote: async (revision) => {
        await run((redis) => seal(redis, next, revision));
        for (;;) {
          const applied = await retryStep(() => drain(shared, token, DRAIN_STEP));
          if (applied === -1) return false;
          if (Number(applied) < DRAIN_STEP) break;
          if ((await extend([rebuildKey(period)], token, REBUILD_SILENCE_MS)) !== 1) return false;
        }
        const keys = [...shared, ...listOf(copyKeys(period))];
        return (await promote(keys, token, 2 * DRAIN_STEP, COPY_LIFETIME_S)) === 1;
      },
      discard: async () => {
        await run((redis) => redis.unlink(...listOf(next)));
        await release([rebuildKey(period)], token);
      },
    };
  };

  return {
    put: async (change) => {
      const keys = [...listOf(copyKeys(change)), pendingKey(change), rebuildKey(change)];
      const { fromRevision, toRevision } = change;
      return (await put(keys, fromRevision, toRevision, textOf(change), COPY_LIFETIME_S, PENDING_MAX)) as PutOutcome;
    },
    rebuild: async (period, token) => {
      const isOurs = await run((redis) => redis.set(rebuildKey(period), token, 'PX', REBUILD_SILENCE_MS, 'NX'));
      return isOurs === null ? null : makeNext(period, token);
    },
    drop: async (period) => {
      await run((redis) => redis.unlink(...listOf(copyKeys(period)), pendingKey(period)));
    },
    epoch: () =>
      run(async (redis) => {
        await redis.set(EPOCH_KEY, crypto.randomUUID(), 'NX');
        return (await redis.get(EPOCH_KEY)) ?? '';
      }),
  };
}

type Client = RedisConnection['commands'];

/**
 * Does a step of a rebuild again when Redis did not answer in time: one busy moment in a minute of work must not make all of
 * it vain. Each step may be repeated.
 */
function retryStep<T>(step: () => Promise<T>): Promise<T> {
  return retry(step, {
    attempts: ATTEMPTS,
    isPassing: (error) => error instanceof RedisAwayError,
    pauseMs: (attempt) => attempt * PAUSE_MS,
  });
}

async function load({ run }: RedisConnection, keys: CopyKeys, entries: CopiedEntry[]): Promise<void> {
  const ranks = entries.flatMap(({ orderKey, reachedSeq, playerId }) => [
    orderKey,
    `${hexSeq(reachedSeq)}:${playerId}`,
  ]);
  const members = entries.flatMap(({ orderKey, reachedSeq, playerId, revision }) => [
    playerId,
    `${hexSeq(reachedSeq)} ${revision} ${orderKey}`,
  ]);
  const scores = [...new Set(entries.map(({ orderKey }) => orderKey))].flatMap((key) => [key, key]);
  await run(async (redis) => {
    await Promise.all([
      redis.zadd(keys.ranks, ...ranks),
      redis.hset(keys.members, ...members),
      redis.zadd(keys.scores, ...scores),
      ...[keys.ranks, keys.members, keys.scores].map((key) => redis.expire(key, NEXT_LIFETIME_S)),
    ]);
  });
}

/** Says which revision the loaded entries are, and how many they are. */
async function seal(redis: Client, keys: CopyKeys, revision: number): Promise<void> {
  const [size, distinct] = await Promise.all([redis.zcard(keys.ranks), redis.zcard(keys.scores)]);
  await redis.hset(keys.meta, { revision, size, distinct });
  await redis.expire(keys.meta, NEXT_LIFETIME_S);
}

function textOf({ entries, removed }: PeriodChange): string {
  return [
    ...entries.map(({ playerId, reachedSeq, orderKey }) => `${playerId} ${hexSeq(reachedSeq)} ${orderKey}`),
    ...removed.map((playerId) => `${playerId} - -`),
  ].join(' ');
}
