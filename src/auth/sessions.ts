import type { Log } from '../log.ts';
import { EventEmitter } from 'node:events';
import { createAlarm } from '../async/alarm.ts';
import { createThrottledReads } from '../async/throttledReads.ts';
import type { Ended, Viewer } from '../domain/players/viewer.ts';

export type Sessions = {
  /** Whether the token's session was revoked or its player deleted, as far as this instance has heard. */
  isEnded(viewer: Viewer): boolean;
  /**
   * Calls `end` once: when the token expires, its session is revoked or its player deleted, at once when that has
   * happened. Not any more after the returned function was called.
   */
  onEnd(viewer: Viewer, end: () => void): () => void;
  /** What was ended in the database just now holds here from now on, and the other instances are told. */
  end(ended: Ended[]): void;
  close(): void;
};

type Options = {
  /** What was ended since a moment of the database's clock, at least; with null, all that still matters. */
  read(since: Date | null): Promise<{ readAt: Date; ended: Ended[] }>;
  notices: { publish(): void; listen(heard: () => void): () => void };
  log: Pick<Log, 'error'>;
};

/** Makes up for a lost notice: an ended token is refused everywhere within five seconds. */
const POLL_MS = 2_000;
const FORGET_MS = 60_000;

/** Knows the tokens that are void before they expire. Throws when the database cannot say so at the start. */
export async function openSessions({ read, notices, log }: Options): Promise<Sessions> {
  let since: Date | null = null;
  let isOpen = true;
  /** By the id of a session or a player, the moment after which no token of theirs is left. */
  const known = new Map<string, number>();
  const watchers = new EventEmitter().setMaxListeners(0);

  const remember = (ended: Ended[]) => {
    for (const { id, until } of ended) {
      if (known.has(id)) continue;
      known.set(id, until.getTime());
      watchers.emit(id);
    }
  };
  const readNew = async () => {
    const { readAt, ended } = await read(since);
    since = readAt;
    remember(ended);
  };
  await readNew();
  const reads = createThrottledReads({
    read: readNew,
    isWanted: () => isOpen,
    failure: 'the database does not say which sessions have ended; it is asked again',
    log,
  });
  const stopListening = notices.listen(reads.prompt);
  const poll = setInterval(reads.prompt, POLL_MS).unref();
  const forgetting = setInterval(() => {
    for (const [id, until] of known) if (until < Date.now() - FORGET_MS) known.delete(id);
  }, FORGET_MS).unref();

  const isEnded = (viewer: Viewer) => idsOf(viewer).some((id) => known.has(id));
  return {
    isEnded,
    onEnd(viewer, end) {
      const expiry = createAlarm();
      const forget = () => {
        expiry.clear();
        for (const id of idsOf(viewer)) watchers.off(id, over);
      };
      const over = () => {
        forget();
        end();
      };
      const wait = () => {
        const remainingMs = viewer.expiresAt.getTime() - Date.now();
        if (remainingMs > 0) expiry.set(remainingMs, wait);
        else over();
      };
      for (const id of idsOf(viewer)) watchers.on(id, over);
      if (isEnded(viewer)) over();
      else wait();
      return forget;
    },
    end(ended) {
      if (ended.length === 0) return;
      remember(ended);
      notices.publish();
    },
    close() {
      isOpen = false;
      reads.stop();
      stopListening();
      clearInterval(poll);
      clearInterval(forgetting);
    },
  };
}

/** Only players have sessions, and only players are deleted. */
function idsOf({ playerId, sessionId }: Viewer): string[] {
  return playerId === null ? [] : [sessionId, playerId];
}
