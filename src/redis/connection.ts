import type { Log } from '../log.ts';
import { Cluster, Redis, type RedisOptions, ReplyError } from 'ioredis';

/** One Redis, or several nodes of a Redis Cluster. */
export type RedisClient = Cluster | Redis;

export type RedisConnection = {
  /**
   * Runs commands, each with a deadline. Once one was not answered in time, the next are refused at once, until
   * Redis answers a ping in the background: an outage costs the callers of one moment the deadline, and those after them nothing.
   * `work` is called at once, so commands of one process about one copy are carried out in the order in which they are sent.
   */
  run<T>(work: (redis: RedisClient) => Promise<T>): Promise<T>;
  commands: RedisClient;
  /** Keeps its subscriptions over a reconnection. */
  subscriber: RedisClient;
  isConnected(): boolean;
  close(): void;
};

/** Redis is away or does not answer. Nothing waits for it. */
export class RedisAwayError extends Error {}

const COMMAND_DEADLINE_MS = 300;
const CONNECT_DEADLINE_MS = 1_000;
const RETRY_DELAY_MAX_MS = 2_000;
const PING_INTERVAL_MS = 200;

/**
 * Two connections, made in the background: whoever needs Redis while it is away is told so. Several URLs, separated by
 * commas, are nodes of a cluster.
 */
export function openRedis(
  url: string,
  log: Pick<Log, 'warn'>,
  { deadlineMs = COMMAND_DEADLINE_MS }: { deadlineMs?: number } = {},
): RedisConnection {
  const commands = connect(url, {
    commandTimeout: deadlineMs,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // After a failover the old address may lead to a replica; a new connection finds the new primary.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
  const subscriber = connect(url, {
    // Its commands may wait for a reconnection.
    maxRetriesPerRequest: null,
    // The check is a command that Redis refuses to a subscriber. A subscription that was asked for while the connection
    // was being made came before it: the connection was given up, and the next one did not have the subscription.
    enableReadyCheck: false,
  });
  for (const client of [commands, subscriber]) warnOnce(client, log);
  const outage = watchOutage(commands);
  return {
    run: async (work) => {
      if (commands.status !== 'ready' || outage.isOn()) throw new RedisAwayError('Redis is away');
      try {
        return await work(commands);
      } catch (error) {
        // A refusal is an answer: Redis is there.
        if (error instanceof ReplyError) throw error;
        outage.begin();
        throw new RedisAwayError('Redis does not answer', { cause: error });
      }
    },
    commands,
    subscriber,
    isConnected: () => commands.status === 'ready' && subscriber.status === 'ready' && !outage.isOn(),
    close: () => {
      outage.stop();
      commands.disconnect();
      subscriber.disconnect();
    },
  };
}

function connect(url: string, options: RedisOptions): RedisClient {
  const retryStrategy = (attempt: number) => Math.min(attempt * 100, RETRY_DELAY_MAX_MS);
  const redisOptions = { ...options, connectTimeout: CONNECT_DEADLINE_MS };
  const nodes = url.split(',').map((node) => node.trim());
  const [first = ''] = nodes;
  if (nodes.length === 1) return new Redis(first, { ...redisOptions, retryStrategy });
  // The nodes tell each other's addresses, but not how to sign in.
  const { username, password, protocol } = new URL(first);
  const signIn = {
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
  return new Cluster(nodes, {
    redisOptions: { ...redisOptions, ...signIn },
    clusterRetryStrategy: retryStrategy,
    enableOfflineQueue: options.enableOfflineQueue ?? true,
  });
}

/** On from the first command that was not answered until a ping is. */
function watchOutage(commands: RedisClient): { begin(): void; isOn(): boolean; stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  const stop = () => {
    if (timer) clearInterval(timer);
    timer = null;
  };
  return {
    isOn: () => timer !== null,
    stop,
    begin: () => {
      timer ??= setInterval(() => void commands.ping().then(stop, () => {}), PING_INTERVAL_MS).unref();
    },
  };
}

function warnOnce(client: RedisClient, log: Pick<Log, 'warn'>): void {
  let isAway = false;
  client.on('error', () => {
    if (!isAway) log.warn({}, 'Redis cannot be reached; nothing waits for it and nothing is lost');
    isAway = true;
  });
  client.on('ready', () => {
    isAway = false;
  });
}
