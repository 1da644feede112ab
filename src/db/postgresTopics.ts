import { randomBytes } from 'node:crypto';
import { setImmediate as tick, setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { createLocalTopics, type Topics } from '../domain/topics.ts';
import type { Log } from '../log.ts';
import type { Queryable } from './open.ts';

/** How long an instance waits for its own notice, or an answer; a connection that does not bring it is replaced. */
const DEADLINE_MS = 3_000;
const CHECK_MS = 10_000;
const RECONNECT_MS = 200;
/** Commits with notices wait for one another in PostgreSQL. Watches read ten times a second at most. */
const SEND_PAUSE_MS = 20;
const CONNECT_DEADLINE_S = 2;
const CHANNEL = 'laurel';
const ID_LENGTH = 8;

class NoEchoError extends Error {}

/**
 * Topics over LISTEN and NOTIFY, on a connection of their own that is replaced when it is lost. The own process is told
 * directly. A payload is the sender's id and a topic; with no topic it is a check that tells the sender that it is heard.
 */
export function openPostgresTopics(
  database: Queryable,
  { url, log }: { url: string; log: Pick<Log, 'warn'> },
): Topics & { close(): Promise<void> } {
  const local = createLocalTopics();
  const id = randomBytes(ID_LENGTH / 2).toString('hex');
  const resumed: (() => void)[] = [];
  let echoed = () => {};
  const sender = createSender(database, id);
  const hear = (payload: string) => {
    const topic = payload.slice(ID_LENGTH);
    if (!payload.startsWith(id)) local.publish(topic);
    else if (topic === '') echoed();
  };
  const ask = async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    echoed = resolve;
    await notify(database, [id]);
    return { echo: promise };
  };
  const listener = runListener({ url, hear, ask, log, resumed: () => resumed.forEach((tell) => tell()) });

  return {
    publish: (topic) => {
      local.publish(topic);
      sender.send(topic);
    },
    listen: (topic, heard) => local.listen(topic, heard),
    onResumed: (tell) => void resumed.push(tell),
    close: async () => {
      await Promise.all([sender.drained(), listener.close()]);
    },
  };
}

/** Sends what was said in a turn, or while a statement was under way, in one statement. What fails is dropped. */
function createSender(database: Queryable, id: string): { send(topic: string): void; drained(): Promise<void> } {
  const unsent = new Set<string>();
  let sending: Promise<void> | null = null;
  const sendAll = async () => {
    await tick();
    while (unsent.size > 0) {
      const payloads = Array.from(unsent, (topic) => `${id}${topic}`);
      unsent.clear();
      await notify(database, payloads).catch(() => {});
      await pause(SEND_PAUSE_MS);
    }
    sending = null;
  };
  return {
    send: (topic) => {
      unsent.add(topic);
      sending ??= sendAll();
    },
    drained: async () => {
      await sending;
    },
  };
}

async function notify(database: Queryable, payloads: string[]): Promise<void> {
  await database.rows(
    sql`select pg_notify(${CHANNEL}, payload) from json_array_elements_text(${JSON.stringify(payloads)}::json) payload`,
  );
}

type Listening = {
  url: string;
  hear(payload: string): void;
  /** Sends a notice to this process itself; `echo` settles when it has come back. */
  ask(): Promise<{ echo: Promise<void> }>;
  resumed(): void;
  log: Pick<Log, 'warn'>;
};

/** Listens on one connection after another until it is closed. */
function runListener(listening: Listening): { close(): Promise<void> } {
  const closing = new AbortController();
  let isToldOf = false;
  const run = async () => {
    while (!closing.signal.aborted) {
      try {
        await listenUntilLost(listening, closing.signal);
      } catch (error) {
        if (error instanceof NoEchoError && !isToldOf) {
          isToldOf = true;
          const message =
            'LISTEN on PostgreSQL brings no notices, as behind a pooler of transactions; instances hear of each other by rechecks only';
          listening.log.warn({}, message);
        }
      }
      await pause(RECONNECT_MS, undefined, closing).catch(() => {});
    }
  };
  const running = run();
  return {
    close: () => {
      closing.abort();
      return running;
    },
  };
}

/** postgres.js takes it, but its types do not know it. Its own `listen` would wait for ever in a partition. */
const noticesTo = (hear: Listening['hear']) => ({ onnotify: (_channel: string, payload: string) => hear(payload) });

/** Opens a connection and listens. Rejects when it is lost, brings no notices, or is no longer wanted. */
async function listenUntilLost({ url, hear, ask, resumed }: Listening, closed: AbortSignal): Promise<void> {
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => {});
  const lose = () => lost.reject(new Error('no longer listening'));
  closed.addEventListener('abort', lose);
  const over = new AbortController();
  const client = postgres(url, {
    max: 1,
    max_lifetime: null,
    fetch_types: false,
    connect_timeout: CONNECT_DEADLINE_S,
    onnotice: () => {},
    onclose: lose,
    connection: { application_name: 'laurel notices' },
    ...noticesTo(hear),
  });
  const inTime = <T>(work: Promise<T>, error = new Error('PostgreSQL does not answer')): Promise<T> => {
    const late = pause(DEADLINE_MS, undefined, over).then(() => Promise.reject(error));
    return Promise.race([work, lost.promise, late]);
  };
  try {
    await inTime(client.unsafe(`listen ${CHANNEL}`));
    const { echo } = await inTime(ask());
    await inTime(echo, new NoEchoError());
    resumed();
    for (;;) {
      await Promise.race([pause(CHECK_MS, undefined, over), lost.promise]);
      const again = await inTime(ask());
      await inTime(again.echo);
    }
  } finally {
    closed.removeEventListener('abort', lose);
    over.abort();
    await client.end({ timeout: 0 });
  }
}
