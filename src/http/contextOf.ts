import type { ServerResponse } from 'node:http';
import type { Context, Core } from '../context.ts';
import { findLeaderboard } from '../db/leaderboards/leaderboards.ts';
import type { Viewer } from '../domain/players/viewer.ts';
import { createBoardReads } from '../mirror/boardReads.ts';

/** Who asks, for as long as the connection lasts. */
export type Asker = Pick<Context, 'closed' | 'onClosed' | 'requestId' | 'viewer'>;

/** A context in which nothing has been read yet: for one request, or for one event of a stream. */
export function contextOf(core: Core, asker: Asker, lastEventId: string | null = null): Context {
  return {
    ...core,
    ...asker,
    streamIds: { last: lastEventId, next: null },
    boardReads: createBoardReads({
      reader: core.reader,
      findBoard: (game, slug) => findLeaderboard(core.database, game, slug),
    }),
    ranksFrom: new Set(),
  };
}

export function askerOf(response: ServerResponse, who: { viewer: Viewer | null; requestId: string }): Asker {
  const releases: (() => void)[] = [];
  let closed: AbortSignal | null = null;
  const onClosed = (release: () => void) => {
    if (response.closed) release();
    else if (releases.push(release) === 1) response.on('close', () => releases.forEach((one) => one()));
  };
  const signalOfClose = () => {
    const controller = new AbortController();
    onClosed(() => controller.abort());
    return controller.signal;
  };
  return { ...who, onClosed, closed: () => (closed ??= signalOfClose()) };
}
