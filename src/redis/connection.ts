import { circuitBreaker, ConsecutiveBreaker, handleAll } from 'cockatiel';
import { Redis } from 'ioredis';

export type RedisConnection = {
  /**
   * Runs commands, each with a deadline of 300 ms. Rejects at once while Redis is away or does not answer: one that failed
   * is left alone for half a second, and then one attempt finds out. Commands of one process are carried out in the order
   * in which they are sent.
   */
  run<T>(work: (redis: Redis) => Promise<T>): Promise<T>;
  commands: Redis;
  /** Keeps its subscriptions over a reconnection. */
  subscriber: Redis;
  isConnected(): boolean;
  close(): void;
};

type Log = { warn(fields: object, message: string): void };

const COMMAND_DEADLINE_MS = 300;
const CONNECT_DEADLINE_MS = 1_000;
const RETRY_DELAY_MAX_MS = 2_000;
const LEFT_ALONE_MS = 500;

/** Two connections, made in the background: whoever needs Redis while it is away is told so. */
export function openRedis(url: string, log: Log): RedisConnection {
  const retryStrategy = (attempt: number) => Math.min(attempt * 100, RETRY_DELAY_MAX_MS);
  const commands = new Redis(url, {
    commandTimeout: COMMAND_DEADLINE_MS,
    connectTimeout: CONNECT_DEADLINE_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // After a failover the old address may lead to a replica; a new connection finds the new primary.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    retryStrategy,
  });
  const subscriber = new Redis(url, {
    connectTimeout: CONNECT_DEADLINE_MS,
    // Its commands may wait for a reconnection.
    maxRetriesPerRequest: null,
    // The check is a command that Redis refuses to a subscriber. A subscription that was asked for while the connection
    // was being made came before it: the connection was given up, and the next one did not have the subscription.
    enableReadyCheck: false,
    retryStrategy,
  });
  for (const client of [commands, subscriber]) warnOnce(client, log);
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: LEFT_ALONE_MS, breaker: new ConsecutiveBreaker(1) });
  return {
    run: (work) => breaker.execute(() => work(commands)),
    commands,
    subscriber,
    isConnected: () => commands.status === 'ready' && subscriber.status === 'ready',
    close: () => {
      commands.disconnect();
      subscriber.disconnect();
    },
  };
}

function warnOnce(client: Redis, log: Log): void {
  let isAway = false;
  client.on('error', () => {
    if (!isAway) log.warn({}, 'Redis cannot be reached; nothing waits for it and nothing is lost');
    isAway = true;
  });
  client.on('ready', () => {
    isAway = false;
  });
}
