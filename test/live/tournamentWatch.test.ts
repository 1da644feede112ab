import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stateOf, type Tournament } from '../../src/domain/tournaments/tournament.ts';
import { createTournamentWatch, type TournamentWatch } from '../../src/live/tournamentWatch.ts';
import { fakeTournament } from './fakeTournament.ts';
import { collect, endAll, pass, startClock } from './watchedBoard.ts';

const HOUR_MS = 3_600_000;
const opened: TournamentWatch[] = [];
beforeEach(startClock);
afterEach(() => endAll(opened));

function watched(given: Partial<Tournament> = {}) {
  const tournament = fakeTournament(given);
  const onUnused = vi.fn();
  const log = { error: vi.fn() };
  const watch = createTournamentWatch({ read: tournament.read, log, onUnused });
  opened.push(watch);
  return { tournament, watch, onUnused, log };
}

const statesOf = (events: Tournament[]) => events.map((event) => stateOf(event, event.readAt));

test('the first event is the tournament now, and it is one frozen value for all', async () => {
  const { tournament, watch } = watched();
  const [one, other] = [collect(watch.watch()), collect(watch.watch())];
  await pass(100);
  const later = collect(watch.watch());
  await pass(0);
  expect(one).toMatchObject([{ name: 'Cup' }]);
  expect(Object.isFrozen(one[0])).toBe(true);
  expect(other[0]).toBe(one[0]);
  expect(later[0]).toBe(one[0]);
  expect(tournament.reads.length).toBeLessThanOrEqual(2);
});

test('a tournament in which nothing has changed makes no event', async () => {
  const { tournament, watch } = watched();
  const events = collect(watch.watch());
  await pass(100);
  watch.recheck();
  await pass(100);
  expect(tournament.reads).toHaveLength(2);
  expect(events).toHaveLength(1);
});

test('every change that a client can see is an event', async () => {
  const { tournament, watch } = watched();
  const events = collect(watch.watch());
  await pass(100);
  const changes = [
    () => tournament.set({ name: 'Grand Cup' }),
    () => tournament.set({ payoutRule: { ranks: [], percentPrizes: [], participation: { coins: 1, gems: 0 } } }),
    () => tournament.set({ entrants: 1 }),
    () => tournament.setEntries({ lastJoinedAt: new Date() }),
    () => tournament.setEntries({ attempts: 1, lastSeq: 7 }),
    () => tournament.setEntries({ attempts: 2 }),
    () => tournament.setEntries({ rowVersion: '2' }),
    () => tournament.set({ cancelledAt: new Date() }),
  ];
  for (const [index, change] of changes.entries()) {
    change();
    watch.recheck();
    await pass(100);
    expect(events).toHaveLength(index + 2);
  }
});

test('it opens and ends by the clock, without a notice, and is read no more often than that takes', async () => {
  const { tournament, watch } = watched();
  const events = collect(watch.watch());
  await pass(HOUR_MS + 10);
  expect(statesOf(events)).toEqual(['SCHEDULED', 'OPEN']);
  await pass(2 * HOUR_MS);
  expect(statesOf(events)).toEqual(['SCHEDULED', 'OPEN', 'ENDED']);
  expect(tournament.reads).toHaveLength(3);
  expect(vi.getTimerCount()).toBe(0);
});

test('the database’s clock says when it opens, wherever the clock of the process stands', async () => {
  const { tournament, watch } = watched();
  tournament.clockAheadMs = HOUR_MS / 2;
  const events = collect(watch.watch());
  await pass(HOUR_MS / 2 - 1);
  expect(statesOf(events)).toEqual(['SCHEDULED']);
  await pass(10);
  expect(statesOf(events)).toEqual(['SCHEDULED', 'OPEN']);
});

test('a prompt that comes too early is followed by another', async () => {
  const { tournament, watch } = watched();
  const events = collect(watch.watch());
  await pass(100);
  tournament.clockAheadMs = -300;
  await pass(HOUR_MS + 300);
  expect(statesOf(events)).toEqual(['SCHEDULED', 'OPEN']);
  expect(tournament.reads).toHaveLength(3);
});

test('a start that is further away than a timer can be is waited for', async () => {
  const startsAt = new Date(Date.now() + 40 * 24 * HOUR_MS);
  const { tournament, watch } = watched({ startsAt, endsAt: new Date(startsAt.getTime() + HOUR_MS) });
  const events = collect(watch.watch());
  await pass(40 * 24 * HOUR_MS + 100);
  expect(statesOf(events)).toEqual(['SCHEDULED', 'OPEN']);
  expect(tournament.reads).toHaveLength(41);
});

test('a window that moves moves the prompt with it', async () => {
  const { tournament, watch } = watched();
  const events = collect(watch.watch());
  await pass(100);
  tournament.set({ startsAt: new Date(Date.now() + 500) });
  watch.recheck();
  await pass(600);
  expect(statesOf(events)).toEqual(['SCHEDULED', 'SCHEDULED', 'OPEN']);
});

test('a burst is merged to at most ten reads a second, and the last state arrives', async () => {
  const { tournament, watch } = watched();
  const events = collect(watch.watch());
  for (let entrants = 1; entrants <= 1_000; entrants += 1) {
    tournament.set({ entrants });
    watch.recheck();
    await pass(1);
  }
  await pass(100);
  expect(events.length).toBeLessThanOrEqual(12);
  expect(events.at(-1)?.entrants).toBe(1_000);
});

test('a slow subscriber gets the last state only', async () => {
  const { tournament, watch } = watched();
  const slow = watch.watch();
  for (const entrants of [1, 2, 3]) {
    tournament.set({ entrants });
    watch.recheck();
    await pass(100);
  }
  expect((await slow.next()).value).toMatchObject({ entrants: 3 });
});

test('a change during a read is read afterwards, also for whoever came meanwhile', async () => {
  const { tournament, watch } = watched();
  tournament.hold();
  const early = collect(watch.watch());
  await pass(0);
  tournament.set({ entrants: 1 });
  const late = collect(watch.watch());
  tournament.release();
  await pass(100);
  for (const events of [early, late]) expect(events.at(-1)?.entrants).toBe(1);
});

test('a read that fails is logged and tried again after a second', async () => {
  const { tournament, watch, log } = watched();
  tournament.isBroken = true;
  const events = collect(watch.watch());
  await pass(999);
  expect(log.error).toHaveBeenCalledOnce();
  expect(events).toEqual([]);
  tournament.isBroken = false;
  await pass(1);
  expect(events).toHaveLength(1);
});

test('a watch lets go of everything when the last subscriber leaves, also during a read', async () => {
  const { tournament, watch, onUnused } = watched();
  const [one, other] = [watch.watch(), watch.watch()];
  await pass(100);
  tournament.hold();
  watch.recheck();
  await pass(0);
  await one.return?.();
  expect(onUnused).not.toHaveBeenCalled();
  const waiting = other.next().then(() => other.next());
  await other.return?.();
  expect(await waiting).toEqual({ value: undefined, done: true });
  expect(onUnused).toHaveBeenCalledOnce();
  tournament.release();
  await pass(0);
  expect(vi.getTimerCount()).toBe(0);
});
