import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Prize } from '../../src/domain/prizes/prize.ts';
import { createPrizeWatch, type PrizeWatch, readKnownPrizes } from '../../src/live/prizeWatch.ts';
import { collect, endAll, pass, startClock } from './watchedBoard.ts';

const MINUTE_MS = 60_000;
const opened: PrizeWatch[] = [];
beforeEach(startClock);
afterEach(() => endAll(opened));

/** Prizes that the test awards, and a reader of them that waits or fails as the test says. */
function fakePrizes() {
  const prizes: Omit<Prize, 'readAt'>[] = [];
  let gate: PromiseWithResolvers<void> | null = null;
  const fake = {
    asked: [] as string[][],
    rowsRead: 0,
    isBroken: false,
    /** `agoMs` is how long its settlement has taken until its commit, which is now. */
    award(playerId: string, id: string, agoMs = 0) {
      const awardedAt = new Date(Date.now() - agoMs);
      const unclaimed = { claimedAt: null, expiresAt: null };
      prizes.push({ id, playerId, tournamentId: `of ${id}`, rank: 1, coins: 1, gems: 0, awardedAt, ...unclaimed });
    },
    hold() {
      gate = Promise.withResolvers();
    },
    release() {
      gate?.resolve();
      gate = null;
    },
    now: () => Promise.resolve(new Date()),
    async awardedAfter(since: { playerId: string; after: Date }[]): Promise<Prize[]> {
      fake.asked.push(since.map(({ playerId }) => playerId));
      const readAt = new Date();
      const found = since.flatMap(({ playerId, after }) =>
        prizes.filter((prize) => prize.playerId === playerId && prize.awardedAt > after),
      );
      fake.rowsRead = found.length;
      await gate?.promise;
      if (fake.isBroken) throw new Error('the database is away');
      return found.toSorted((a, b) => a.awardedAt.getTime() - b.awardedAt.getTime()).map((row) => ({ ...row, readAt }));
    },
  };
  return fake;
}

function watched() {
  const prizes = fakePrizes();
  const onUnused = vi.fn();
  const log = { error: vi.fn() };
  const watch = createPrizeWatch({ reader: prizes, log, onUnused });
  opened.push(watch);
  const listen = async (playerId: string) => watch.watch(playerId, await readKnownPrizes(prizes, playerId));
  const recheck = async () => {
    watch.recheck();
    await pass(100);
  };
  return { prizes, watch, onUnused, log, listen, recheck };
}

const idsOf = (told: Prize[]) => told.map(({ id }) => id);

test('prizes of the time before are not told, those of the time after once each, in the order of award', async () => {
  const { prizes, listen, recheck } = watched();
  prizes.award('ada', 'old');
  const told = collect(await listen('ada'));
  await pass(100);
  prizes.award('ada', 'second');
  prizes.award('ada', 'first', MINUTE_MS);
  await recheck();
  await recheck();
  prizes.award('ada', 'third');
  await recheck();
  expect(idsOf(told)).toEqual(['first', 'second', 'third']);
});

test('a prize is told whose settlement began long before the subscription and was committed after it', async () => {
  const { prizes, listen, recheck } = watched();
  const told = collect(await listen('ada'));
  await pass(MINUTE_MS);
  prizes.award('ada', 'quick');
  await recheck();
  prizes.award('ada', 'slow', 9 * MINUTE_MS);
  await recheck();
  expect(idsOf(told)).toEqual(['quick', 'slow']);
});

test('what is awarded between the first look and the watch is told', async () => {
  const { prizes, watch } = watched();
  const known = await readKnownPrizes(prizes, 'ada');
  prizes.award('ada', 'meanwhile');
  const told = collect(watch.watch('ada', known));
  await pass(0);
  expect(idsOf(told)).toEqual(['meanwhile']);
});

test('whoever comes during a read is not told by it what was known before', async () => {
  const { prizes, watch, listen } = watched();
  const early = collect(await listen('ada'));
  await pass(100);
  prizes.hold();
  watch.recheck();
  await pass(0);
  prizes.release();
  prizes.award('ada', 'one');
  const late = collect(await listen('ada'));
  await pass(100);
  expect(idsOf(early)).toEqual(['one']);
  expect(late).toEqual([]);
  prizes.award('ada', 'two');
  watch.recheck();
  await pass(100);
  expect([idsOf(early), idsOf(late)]).toEqual([['one', 'two'], ['two']]);
});

test('each player is told of their own prizes, on each of their devices, from one read', async () => {
  const { prizes, listen, recheck } = watched();
  const [phone, tablet, beas] = [await listen('ada'), await listen('ada'), await listen('bea')].map(collect);
  await pass(100);
  const readsBefore = prizes.asked.length;
  prizes.award('ada', 'a');
  prizes.award('bea', 'b');
  prizes.award('cem', 'c');
  await recheck();
  expect([phone, tablet, beas].map((told) => idsOf(told ?? []))).toEqual([['a'], ['a'], ['b']]);
  expect(prizes.asked.slice(readsBefore)).toEqual([['ada', 'bea']]);
});

test('whoever comes is read for alone', async () => {
  const { prizes, listen } = watched();
  collect(await listen('ada'));
  await pass(100);
  collect(await listen('bea'));
  await pass(100);
  expect(prizes.asked).toEqual([['ada'], ['ada'], ['bea'], ['bea']]);
});

test('a read that fails is logged, tried again after a second, and misses nothing', async () => {
  const { prizes, watch, listen, log } = watched();
  const told = collect(await listen('ada'));
  await pass(100);
  prizes.isBroken = true;
  prizes.award('ada', 'a');
  watch.recheck();
  await pass(100);
  expect(log.error).toHaveBeenCalledOnce();
  prizes.isBroken = false;
  await pass(1_000);
  expect(idsOf(told)).toEqual(['a']);
});

test('what was told long ago is not read again', async () => {
  const { prizes, listen, recheck } = watched();
  const told = collect(await listen('ada'));
  for (let turn = 0; turn < 48; turn += 1) {
    prizes.award('ada', `prize ${turn}`);
    await recheck();
    await pass(5 * MINUTE_MS);
  }
  expect(told).toHaveLength(48);
  expect(prizes.rowsRead).toBeLessThan(5);
});

test('a client that leaves a hundred prizes unread gets those and the end; others are told all', async () => {
  const { prizes, watch, listen, recheck } = watched();
  const deaf = await listen('ada');
  const told = collect(await listen('ada'));
  await pass(100);
  for (let turn = 0; turn < 101; turn += 1) prizes.award('ada', `prize ${turn}`);
  await recheck();
  expect(told).toHaveLength(101);
  expect(watch.live()).toBe(1);
  const late = collect(deaf);
  await pass(0);
  expect(late).toHaveLength(100);
  expect(await deaf.next()).toEqual({ value: undefined, done: true });
});

test('a watch lets go of everything when the last subscriber leaves', async () => {
  const { onUnused, listen } = watched();
  const [one, other] = [await listen('ada'), await listen('bea')];
  await one.return?.();
  expect(onUnused).not.toHaveBeenCalled();
  const waiting = other.next();
  await other.return?.();
  expect(await waiting).toEqual({ value: undefined, done: true });
  expect(onUnused).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});
