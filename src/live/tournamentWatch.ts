import type { Log } from '../log.ts';
import { isDeepStrictEqual } from 'node:util';
import { nextChangeOf, stateOf, type Tournament, type WatchedTournament } from '../domain/tournaments/tournament.ts';
import { createAlarm } from '../async/alarm.ts';
import { createSlot, type Slot } from '../async/slot.ts';
import { createThrottledReads } from '../async/throttledReads.ts';
import { createListeners } from './listeners.ts';
import type { Watch } from './watches.ts';

export type TournamentWatch = Watch & { watch(): Slot<Tournament> };

type Listener = { stream: Slot<Tournament>; isNew: boolean };

/**
 * Watches one tournament for all its subscribers in this process, and hands them one frozen value. `onUnused` is called when
 * no subscriber is left.
 */
export function createTournamentWatch(options: {
  read: () => Promise<WatchedTournament | null>;
  log: Pick<Log, 'error'>;
  onUnused: () => void;
}): TournamentWatch {
  let known: WatchedTournament | null = null;
  const alarm = createAlarm();
  const listeners = createListeners<Listener>(() => {
    reads.stop();
    alarm.clear();
    options.onUnused();
  });

  const readOnce = async () => {
    const next = await options.read();
    // Tournaments are never removed; nobody may be left to tell.
    if (!next || listeners.all.size === 0) return;
    const isChanged = known === null || !isSame(known, next);
    // What has not changed is told as it was read first, so that all are handed the same value.
    if (known === null || isChanged) known = { ...next, tournament: Object.freeze(next.tournament) };
    wakeAtNextChange(next.tournament);
    for (const listener of listeners.all) {
      if (listener.isNew || isChanged) listener.stream.offer(known.tournament);
      listener.isNew = false;
    }
  };
  const reads = createThrottledReads({
    read: readOnce,
    isWanted: () => listeners.all.size > 0,
    failure: 'a watched tournament could not be read; it is read again in a second',
    log: options.log,
  });

  /** The clock only prompts a read: which state it is in is for the database to say, and how long that is from its clock. */
  const wakeAtNextChange = (tournament: Tournament) => {
    const moment = nextChangeOf(tournament, tournament.readAt);
    if (moment) alarm.set(moment.getTime() - tournament.readAt.getTime(), () => reads.prompt());
    else alarm.clear();
  };

  return {
    watch() {
      const listener = listeners.add((closed) => ({
        isNew: true,
        stream: createSlot<Tournament>({ merge: (_unread, newer) => newer, closed }),
      }));
      if (known && reads.isSettled()) {
        listener.stream.offer(known.tournament);
        listener.isNew = false;
      } else {
        reads.prompt();
      }
      return listener.stream;
    },
    recheck: () => reads.prompt(),
    live: () => listeners.all.size,
    close: listeners.close,
  };
}

/** Whether a client would see the same, whenever both were read. */
function isSame(a: WatchedTournament, b: WatchedTournament): boolean {
  return isDeepStrictEqual(visibleOf(a), visibleOf(b));
}

function visibleOf({ tournament, entries }: WatchedTournament) {
  return { entries, tournament: { ...tournament, readAt: null }, state: stateOf(tournament, tournament.readAt) };
}
