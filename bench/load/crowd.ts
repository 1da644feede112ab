import { connect, type Socket } from 'node:net';

/** Subscribers of one stream that only listen for the revision of each event. */
export type Crowd = {
  /** The newest revision that anybody has heard of. */
  revision(): number;
  /** When the last of them had heard of this revision or a newer one, on the clock of `performance.now()`. */
  heardByAll(revision: number): Promise<number>;
  /** They stay connected, and take no more of what they are sent than the buffers of their sockets hold. */
  stopReading(): void;
  leave(): void;
};

type Member = { revision: number; arrivals: { revision: number; atMs: number }[]; rest: Buffer | null };
type Waiting = { revision: number; missing: number; lastAtMs: number; resolve: (atMs: number) => void };
type Heard = (member: Member, revision: number) => void;

const REVISION = Buffer.from('"revision":');
/** No shorter than the pattern with its number, so that a revision that is cut in two is found. */
const REST_LENGTH = 32;
const [DIGIT_0, DIGIT_9, LINE_END] = Buffer.from('09\n');
const HEARD_DEADLINE_MS = 30_000;
const GATHER_DEADLINE_MS = 60_000;
/** So many connect at once: more would find the queue of the listening socket full. */
const ARRIVING = 100;

/** Resolves when each of them has had its first event; rejects, with nobody left connected, when one has none in a minute. */
export async function gather(url: URL, size: number): Promise<Crowd> {
  const members = Array.from({ length: size }, (): Member => ({ revision: 0, arrivals: [], rest: null }));
  const sockets: Socket[] = [];
  let waiting: Waiting | null = null;

  const heard: Heard = (member, revision) => {
    const atMs = performance.now();
    const isNews = waiting !== null && member.revision < waiting.revision && revision >= waiting.revision;
    member.revision = revision;
    if (!waiting) member.arrivals.push({ revision, atMs });
    if (!waiting || !isNews) return;
    waiting.missing -= 1;
    waiting.lastAtMs = Math.max(waiting.lastAtMs, atMs);
    if (waiting.missing === 0) waiting.resolve(waiting.lastAtMs);
  };
  const leave = () => sockets.forEach((socket) => socket.destroy());

  try {
    const deadlineMs = performance.now() + GATHER_DEADLINE_MS;
    for (let from = 0; from < size; from += ARRIVING) {
      const arriving = members.slice(from, from + ARRIVING);
      await Promise.all(arriving.map((member) => listenTo({ url, member, heard, sockets, deadlineMs })));
    }
  } catch (error) {
    leave();
    throw error;
  }

  return {
    revision: () => Math.max(...members.map((member) => member.revision)),
    heardByAll: async (revision) => {
      const firsts = members.map(({ arrivals }) => arrivals.find((arrival) => arrival.revision >= revision)?.atMs);
      for (const member of members) member.arrivals = [];
      const missing = firsts.filter((atMs) => atMs === undefined).length;
      const lastAtMs = Math.max(0, ...firsts.filter((atMs) => atMs !== undefined));
      if (missing === 0) return lastAtMs;
      return new Promise<number>((resolve, reject) => {
        const late = setTimeout(() => {
          reject(new Error(`${waiting?.missing} of ${size} missed a change`));
          waiting = null;
        }, HEARD_DEADLINE_MS);
        const settle = (atMs: number) => {
          clearTimeout(late);
          waiting = null;
          resolve(atMs);
        };
        waiting = { revision, missing, lastAtMs, resolve: settle };
      });
    },
    stopReading: () => sockets.forEach((socket) => socket.pause()),
    leave,
  };
}

/** A bare socket: what the clients cost is the same for all servers, and little. */
async function listenTo(options: {
  url: URL;
  member: Member;
  heard: Heard;
  sockets: Socket[];
  deadlineMs: number;
}): Promise<void> {
  const { url, member, heard, sockets, deadlineMs } = options;
  const first = Promise.withResolvers<void>();
  const late = setTimeout(() => first.reject(new Error('a stream has had no event')), deadlineMs - performance.now());
  const socket = connect({ host: url.hostname, port: Number(url.port) });
  sockets.push(socket);
  socket.write(`GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nAccept: text/event-stream\r\n\r\n`);
  socket.on('error', first.reject).on('close', () => first.reject(new Error('a stream was ended')));
  socket.on('data', (chunk: Buffer) => {
    const bytes: Buffer = member.rest ? Buffer.concat([member.rest, chunk]) : chunk;
    // An event ends with a line, so nothing that is cut does.
    member.rest = bytes.at(-1) === LINE_END ? null : Buffer.from(bytes.subarray(-REST_LENGTH));
    const revision = newestRevision(bytes);
    if (revision === null) return;
    heard(member, revision);
    first.resolve();
  });
  return first.promise.finally(() => clearTimeout(late));
}

/** The last revision in some bytes that is there to its end; revisions only grow. */
function newestRevision(bytes: Buffer): number | null {
  for (let at = bytes.lastIndexOf(REVISION); at >= 0; at = at > 0 ? bytes.lastIndexOf(REVISION, at - 1) : -1) {
    let end = at + REVISION.length;
    while (isDigit(bytes[end])) end += 1;
    if (end < bytes.length) return Number(bytes.toString('latin1', at + REVISION.length, end));
  }
  return null;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= (DIGIT_0 ?? 0) && byte <= (DIGIT_9 ?? 0);
}
