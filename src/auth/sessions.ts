import type { Log } from '../log.ts';
import { EventEmitter } from 'node:events';
import { createAlarm } from '../async/alarm.ts';
import { createWarning } from '../async/warning.ts';
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
  log: Pick<Log, 'warn'>;
};

/** Makes up for a lost notice: an ended token is refused everywhere within five seconds. */
const POLL_MS = 2_000;
/** However many notices come, at most ten reads a second. */
const PAUSE_MS = 100;
const FORGET_MS = 60_000;

/** Knows the tokens that are void before they expire. Throws when the database cannot say so at the start. */
export async function openSessions({ read, notices, log }: Options): Promise<Sessions> {
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
  const refresher = createRefresher({ read, remember, log });
  await refresher.read();
  const deafen = notices.listen(refresher.refresh);
  const poll = setInterval(refresher.refresh, POLL_MS).unref();
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
      refresher.close();
      deafen();
      clearInterval(poll);
      clearInterval(forgetting);
    },
  };
}

/** Only players have sessions, and only players are deleted. */
function idsOf({ playerId, sessionId }: Viewer): string[] {
  return playerId === null ? [] : [sessionId, playerId];
}

/** One reading at a time. Those that are asked for meanwhile are done in one, after a pause. */
function createRefresher({ read, remember, log }: Pick<Options, 'log' | 'read'> & { remember(ended: Ended[]): void }) {
  const behind = createWarning(log, 'the database does not say which sessions have ended; it is asked again');
  let since: Date | null = null;
  let isStale = false;
  let isReading = false;
  let isOpen = true;

  const readOnce = async () => {
    const { readAt, ended } = await read(since);
    since = readAt;
    remember(ended);
  };
  const readAll = async () => {
    isReading = true;
    while (isStale && isOpen) {
      isStale = false;
      try {
        await readOnce();
        behind.worked();
      } catch (error) {
        behind.failed(error);
      }
      await new Promise<void>((resolve) => void setTimeout(resolve, PAUSE_MS).unref());
    }
    isReading = false;
  };
  return {
    read: readOnce,
    refresh: () => {
      isStale = true;
      if (!isReading) void readAll();
    },
    close: () => {
      isOpen = false;
    },
  };
}
