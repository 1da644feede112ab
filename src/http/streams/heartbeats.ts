import type { ServerResponse } from 'node:http';
import { isUnread } from '../isUnread.ts';
import { PING } from './eventFrames.ts';

export type Heartbeats = {
  /** A response that is written to every twelve seconds from now on, unless its client does not read. */
  add(response: ServerResponse): void;
  remove(response: ServerResponse): void;
};

const TURN_MS = 1_000;
/** Proxies and clients take a connection that is silent for a minute for dead. */
const TURNS = 12;

/** One timer for all streams: each second has its twelfth of them. It runs while there is one. */
export function createHeartbeats(): Heartbeats {
  const turns = Array.from({ length: TURNS }, () => new Set<ServerResponse>());
  let at = 0;
  let count = 0;
  let timer: NodeJS.Timeout | undefined;

  const beat = () => {
    at = (at + 1) % TURNS;
    for (const response of turns[at] ?? []) if (!isUnread(response) && !response.writableEnded) response.write(PING);
  };
  return {
    add: (response) => {
      turns[at]?.add(response);
      count += 1;
      timer ??= setInterval(beat, TURN_MS);
    },
    remove: (response) => {
      if (!turns.some((turn) => turn.delete(response))) return;
      count -= 1;
      if (count > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
}
