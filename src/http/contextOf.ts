import type { ServerResponse } from 'node:http';
import type { Context, Core } from '../context.ts';
import type { Viewer } from '../domain/players/viewer.ts';
import { createBoardReads } from '../mirror/boardReads.ts';

/** Who asks, for as long as the connection lasts. */
export type Asker = Pick<Context, 'abandon' | 'abandoned' | 'onClosed' | 'requestId' | 'viewer'>;

/** A context in which nothing has been read yet: for one request, or for one event of a stream. */
export function contextOf(core: Core, asker: Asker, lastEventId: string | null = null): Context {
  return {
    ...core,
    ...asker,
    streamIds: { last: lastEventId, next: null },
    boardReads: createBoardReads({
      reader: core.reader,
      findBoard: core.boards.find,
    }),
    ranksFrom: new Set(),
  };
}

/** One for all: an error of its own for each request would have its stack written down. */
const GONE = new Error('nobody waits for the answer any more');

/** One listener for all who wait for the end of the connection: Node takes many for a leak. */
export function askerOf(response: ServerResponse, who: { viewer: Viewer | null; requestId: string }): Asker {
  const releases: (() => void)[] = [];
  let controller: AbortController | null = null;
  const onClosed = (release: () => void) => {
    if (response.closed) release();
    else if (releases.push(release) === 1) response.on('close', () => releases.forEach((one) => one()));
  };
  const createController = () => {
    const created = new AbortController();
    onClosed(() => created.abort(GONE));
    return created;
  };
  return {
    ...who,
    onClosed,
    abandoned: () => (controller ??= createController()).signal,
    abandon: () => (controller ??= createController()).abort(GONE),
  };
}
