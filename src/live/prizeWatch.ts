import type { Log } from '../log.ts';
import type { Prize } from '../domain/prizes/prize.ts';
import { createQueue } from '../async/queue.ts';
import type { Stream } from '../async/stream.ts';
import { createThrottledReads } from '../async/throttledReads.ts';
import { createListeners } from './listeners.ts';
import type { Watch } from './watches.ts';

export type PrizeReader = {
  now(): Promise<Date>;
  /** The prizes of each player that were awarded after a moment, in the order of award. */
  awardedAfter(since: { playerId: string; after: Date }[]): Promise<Prize[]>;
};

/** The prizes of a player, awarded after a moment, that need not be told. */
export type KnownPrizes = { after: Date; ids: ReadonlySet<string> };

export type PrizeWatch = Watch & { watch(playerId: string, known: KnownPrizes): Stream<Prize> };

type Listener = { playerId: string; stream: Stream<Prize>; known: KnownPrizes };

/** So many unread prizes end the stream of a client. */
const UNREAD_MAX = 100;
/**
 * A prize bears the moment at which its settlement began and is seen when that has committed. One that is seen now for
 * the first time bears a moment of the last ten minutes: no settlement takes longer.
 */
const SETTLEMENT_MAX_MS = 600_000;

/** What has been awarded to a player when a subscription begins. */
export async function readKnownPrizes(reader: PrizeReader, playerId: string): Promise<KnownPrizes> {
  const after = settledBy(await reader.now());
  const prizes = await reader.awardedAfter([{ playerId, after }]);
  return { after, ids: new Set(prizes.map(({ id }) => id)) };
}

/**
 * Watches the prizes of all players who listen in this process: one read for those who may have been awarded something.
 * Each prize is told once to each listener. `onUnused` is called when no subscriber is left.
 */
export function createPrizeWatch(options: {
  reader: PrizeReader;
  log: Pick<Log, 'error'>;
  onUnused: () => void;
}): PrizeWatch {
  const listeners = createListeners<Listener>(() => {
    reads.stop();
    options.onUnused();
  });
  const due = new Set<string>();

  const readDue = async () => {
    const players = new Set(due);
    due.clear();
    // Not who comes during the read: it may be older than what they know.
    const asked = [...listeners.all].filter(({ playerId }) => players.has(playerId));
    try {
      tell(asked, await options.reader.awardedAfter(earliestOf(asked)));
    } catch (error) {
      for (const playerId of players) due.add(playerId);
      throw error;
    }
  };
  const tell = (asked: Listener[], prizes: Prize[]) => {
    const byPlayer = Map.groupBy(prizes, ({ playerId }) => playerId);
    for (const listener of asked) {
      const { playerId, known } = listener;
      const own = (byPlayer.get(playerId) ?? []).filter(({ awardedAt }) => awardedAt > known.after);
      for (const prize of own) if (!known.ids.has(prize.id)) listener.stream.offer(prize);
      listener.known = knownFrom(known, own);
    }
  };
  const reads = createThrottledReads({
    read: readDue,
    isWanted: () => listeners.all.size > 0,
    failure: 'prizes of those who listen could not be read; they are read again in a second',
    log: options.log,
  });

  return {
    watch(playerId, known) {
      const { stream } = listeners.add((closed) => ({
        playerId,
        known,
        stream: createQueue<Prize>({ max: UNREAD_MAX, closed }),
      }));
      // What was awarded since `known` was read.
      due.add(playerId);
      reads.prompt();
      return stream;
    },
    recheck: () => {
      for (const { playerId } of listeners.all) due.add(playerId);
      reads.prompt();
    },
    live: () => listeners.all.size,
    close: listeners.close,
  };
}

/** One question for each player, however many listen for them. */
function earliestOf(listeners: Listener[]): { playerId: string; after: Date }[] {
  const earliest = new Map<string, Date>();
  for (const { playerId, known } of listeners) {
    const after = earliest.get(playerId);
    if (!after || known.after < after) earliest.set(playerId, known.after);
  }
  return [...earliest].map(([playerId, after]) => ({ playerId, after }));
}

/** After a read of all that is not older than `known`. Moves on with the clock, so that little is read again. */
function knownFrom(known: KnownPrizes, prizes: Prize[]): KnownPrizes {
  const ids = new Set(prizes.map(({ id }) => id));
  const last = prizes.at(-1);
  const after = last ? settledBy(last.readAt) : known.after;
  return { ids, after: after > known.after ? after : known.after };
}

/** What was awarded up to this moment can be seen at `now`. */
function settledBy(now: Date): Date {
  return new Date(now.getTime() - SETTLEMENT_MAX_MS);
}
