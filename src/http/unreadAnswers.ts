import type { ServerResponse } from 'node:http';
import type { Log } from '../log.ts';

export type UnreadAnswers = { watch(response: ServerResponse): void; stop(): void };

const CHECK_MS = 1_000;
/**
 * Node looks after this time whether a byte has gone out since it looked before, and so cuts after once or twice as long:
 * with the time until it begins to look, 30 s at most.
 */
const STALLED_MS = 14_000;
/** 16 of the largest answers. What waits in the system's own buffers is not counted. */
const UNREAD_BYTES_MAX = 64_000_000;

/**
 * Bounds what waits in this process for clients to read it. An answer of which its client takes no byte is cut after 30 s. Of
 * more than `bytesMax` bytes in all, streams included, the address that holds most of them loses its oldest answer, until
 * the rest fits.
 */
export function watchUnreadAnswers(
  log: Log,
  { stalledMs = STALLED_MS, bytesMax = UNREAD_BYTES_MAX, checkMs = CHECK_MS } = {},
): UnreadAnswers {
  const open = new Map<ServerResponse, string>();
  const cut = (response: ServerResponse, why: string) => {
    log.info({ bytes: response.writableLength }, why);
    open.delete(response);
    response.destroy();
    response.req.socket.destroy();
  };
  const keepToMax = () => {
    const unread = [...open].filter(([{ writableLength }]) => writableLength > 0);
    for (const response of tooMuchOf(unread, bytesMax)) cut(response, 'answers that nobody reads were too many bytes');
  };
  const timer = setInterval(() => {
    for (const [response] of open) {
      // One that waits behind others of its connection has no socket of its own yet.
      const { socket, writableEnded, writableLength } = response;
      if (socket && writableEnded && writableLength > 0 && socket.timeout !== stalledMs) socket.setTimeout(stalledMs);
    }
    keepToMax();
  }, checkMs);
  timer.unref();
  // One of each for all responses: listeners of their own would cost each a KB for as long as it lasts.
  const listeners: Record<string, (this: ServerResponse) => void> = {
    prefinish() {
      if (this.writableLength > 0) keepToMax();
    },
    timeout() {
      cut(this, 'a client did not read its answer and was cut');
    },
    finish() {
      const { socket } = this.req;
      // The next request of the connection may take its time.
      if (socket.timeout === stalledMs) socket.setTimeout(0);
    },
    close() {
      open.delete(this);
    },
  };
  return {
    watch: (response) => {
      open.set(response, response.req.socket.remoteAddress ?? '');
      for (const [event, listener] of Object.entries(listeners)) response.on(event, listener);
    },
    stop: () => clearInterval(timer),
  };
}

type Unread = Pick<ServerResponse, 'writableLength'>;

/** Those that have to go, oldest first, each from the address that holds most at that moment. */
export function tooMuchOf<One extends Unread>(unread: [One, address: string][], bytesMax: number): One[] {
  const holders = new Map<string, { bytes: number; answers: One[] }>();
  let total = 0;
  for (const [answer, address] of unread) {
    const holder = holders.get(address) ?? { bytes: 0, answers: [] };
    holder.bytes += answer.writableLength;
    holder.answers.push(answer);
    holders.set(address, holder);
    total += answer.writableLength;
  }
  const gone: One[] = [];
  while (total > bytesMax) {
    const most = [...holders.values()].reduce((a, b) => (b.bytes > a.bytes ? b : a));
    const oldest = most.answers.shift();
    if (!oldest) break;
    most.bytes -= oldest.writableLength;
    total -= oldest.writableLength;
    gone.push(oldest);
  }
  return gone;
}
