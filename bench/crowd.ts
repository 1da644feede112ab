import { connect, type Socket } from 'node:net';

/** Subscribers of one stream that only listen for the revision of each event. */
export type Crowd = {
  /** The newest revision that anybody has heard of. */
  revision(): number;
  /** When the last of them had heard of this revision or a newer one, on the clock of `performance.now()`. */
  heardByAll(revision: number): Promise<number>;
  /** So many of them read nothing from now on, and are not waited for. */
  deafen(count: number): void;
  leave(): void;
};

type Member = { revision: number; arrivals: { revision: number; atMs: number }[]; rest: string };
type Waiting = { revision: number; missing: number; lastAtMs: number; resolve: (atMs: number) => void };

const REVISION = /"revision":(\d+)[,}]/g;
/** No shorter than what the pattern can match, so that a revision that is cut in two is found. */
const REST_LENGTH = 32;
/** More connections at once than a server's backlog are refused by the system. */
const TOGETHER = 200;
const HEARD_DEADLINE_MS = 10_000;

/** Resolves when each of them has had its first event. */
export async function gather(url: URL, size: number): Promise<Crowd> {
  const members = Array.from({ length: size }, (): Member => ({ revision: 0, arrivals: [], rest: '' }));
  let waiting: Waiting | null = null;

  const heard = (member: Member, revision: number) => {
    const atMs = performance.now();
    const isNews = waiting !== null && member.revision < waiting.revision && revision >= waiting.revision;
    member.revision = revision;
    member.arrivals.push({ revision, atMs });
    if (!waiting || !isNews) return;
    waiting.missing -= 1;
    waiting.lastAtMs = Math.max(waiting.lastAtMs, atMs);
    if (waiting.missing === 0) waiting.resolve(waiting.lastAtMs);
  };
  const sockets: Socket[] = [];
  for (let from = 0; from < size; from += TOGETHER) {
    const together = members.slice(from, from + TOGETHER);
    sockets.push(...(await Promise.all(together.map((member) => listenTo(url, member, heard)))));
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
        const late = setTimeout(() => reject(new Error(`${waiting?.missing} missed it`)), HEARD_DEADLINE_MS);
        const settle = (atMs: number) => {
          clearTimeout(late);
          waiting = null;
          resolve(atMs);
        };
        waiting = { revision, missing, lastAtMs, resolve: settle };
      });
    },
    deafen: (count) => {
      members.splice(-count);
      for (const socket of sockets.slice(-count)) socket.pause();
    },
    leave: () => sockets.forEach((socket) => socket.destroy()),
  };
}

/** A bare socket: what the clients cost is the same for all servers, and little. */
async function listenTo(url: URL, member: Member, heard: (member: Member, revision: number) => void): Promise<Socket> {
  const socket = connect(Number(url.port), url.hostname);
  socket.write(`GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nAccept: text/event-stream\r\n\r\n`);
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('end', () => reject(new Error(`a stream was ended: ${member.rest}`)));
    socket.on('data', (chunk: Buffer) => {
      const text = member.rest + chunk.toString('latin1');
      let end = 0;
      for (const match of text.matchAll(REVISION)) {
        end = match.index + match[0].length;
        heard(member, Number(match[1]));
        resolve();
      }
      member.rest = text.slice(Math.max(end, text.length - REST_LENGTH));
    });
  });
  return socket;
}
