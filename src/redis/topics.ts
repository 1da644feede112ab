import { EventEmitter } from 'node:events';
import { RedisPubSub } from 'graphql-redis-subscriptions';
import type { Redis } from 'ioredis';
import type { RedisConnection } from './connection.ts';

/** Which boards have new standings. Carries no data: losing or merging notices does no harm. */
export type Topics = {
  /** Tells every instance, this one included. Never throws and never waits; what cannot be sent is dropped. */
  publish(leaderboardId: string): void;
  /** Calls `heard` for each notice about a board until the returned function is called. */
  listen(leaderboardId: string, heard: () => void): () => void;
  /** Calls `resumed` when notices may have been missed and arrive again. */
  onResumed(resumed: () => void): void;
};

type Log = { warn(fields: object, message: string): void };

/** Topics within one process. */
export function createLocalTopics(): Topics {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    publish: (leaderboardId) => void emitter.emit(leaderboardId),
    listen: (leaderboardId, heard) => {
      emitter.on(leaderboardId, heard);
      return () => void emitter.off(leaderboardId, heard);
    },
    onResumed: () => {},
  };
}

/** Topics over Redis pub/sub. The own process is told directly, so that it needs no Redis to hear itself. */
export function createRedisTopics({ commands, subscriber }: RedisConnection, log: Log): Topics {
  const local = createLocalTopics();
  const engine = new RedisPubSub({ publisher: commands, subscriber: contained(subscriber, log) });

  return {
    publish: (leaderboardId) => {
      local.publish(leaderboardId);
      engine.publish(topicOf(leaderboardId), { leaderboardId }).catch(() => {});
    },
    listen: (leaderboardId, heard) => {
      const forget = local.listen(leaderboardId, heard);
      const subscription = engine.subscribe(topicOf(leaderboardId), heard, {});
      let isListening = true;
      const begun = () => {
        // Notices of other instances before this moment did not arrive.
        if (isListening) heard();
      };
      subscription.then(begun).catch(() => {});
      return () => {
        isListening = false;
        forget();
        subscription.then((id) => engine.unsubscribe(id)).catch(() => {});
      };
    },
    onResumed: (resumed) => void subscriber.on('ready', resumed),
  };
}

const topicOf = (leaderboardId: string) => `laurel:board:${leaderboardId}`;

/**
 * RedisPubSub does not wait for some of its promises: a subscription or an unsubscription that fails would end the process
 * as an unhandled rejection. Here a failure is logged; the topic then lives on rechecks until it is listened to anew.
 */
function contained(subscriber: Redis, log: Log): Redis {
  const failed = () =>
    log.warn({}, 'Redis refused a subscription; that board hears of other instances by rechecks only');
  return new Proxy(subscriber, {
    get(target, name) {
      if (name === 'subscribe') {
        return async (channel: string, done: (error: null) => void) => {
          try {
            await target.subscribe(channel);
          } catch {
            failed();
            return;
          }
          done(null);
        };
      }
      if (name === 'unsubscribe' || name === 'punsubscribe') {
        return (channel: string) => void target[name](channel).catch(() => {});
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
