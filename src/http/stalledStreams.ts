import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { isUnread } from './isUnread.ts';

const CHECK_MS = 5_000;
/** A client that has not taken a byte for this long is gone, whatever its socket says. */
const STALLED_MS = 30_000;

/**
 * Cuts responses that their client does not read. While the client does not drain, nothing more is written and the
 * stream's one waiting event is replaced by newer ones, so until then it costs a socket buffer and one event.
 */
export function watchStalledStreams(log: Logger): { watch(response: ServerResponse): void; stop(): void } {
  const open = new Map<ServerResponse, { stalledSince: number | null }>();
  const check = () => {
    const now = performance.now();
    for (const [response, state] of open) {
      if (!isUnread(response)) {
        state.stalledSince = null;
      } else if (state.stalledSince === null) {
        state.stalledSince = now;
      } else if (now - state.stalledSince >= STALLED_MS) {
        log.info({ stalledMs: Math.round(now - state.stalledSince) }, 'a client did not read its stream and was cut');
        response.destroy();
      }
    }
  };
  const timer = setInterval(check, CHECK_MS);
  timer.unref();
  // One for all: a listener of its own would cost each response a quarter of a KB.
  function forget(this: ServerResponse) {
    open.delete(this);
  }
  return {
    watch: (response) => {
      open.set(response, { stalledSince: null });
      response.on('close', forget);
    },
    stop: () => clearInterval(timer),
  };
}
