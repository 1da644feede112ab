import type { Log } from '../log.ts';
import { RedisPubSub } from 'graphql-redis-subscriptions';
import { createLocalTopics, EVENTS, type Topics } from '../domain/topics.ts';
import type { RedisClient, RedisConnection } from './connection.ts';

/** The topic of sessions that were revoked and players who were deleted. */
export const ENDED_SESSIONS = 'ended-sessions';
/** The topic of prizes that were awarded. One for all players: a settlement that awards thousands is one notice. */
export const AWARDED_PRIZES = 'awarded-prizes';
/** The topic of what can be seen of a tournament. */
export const tournamentTopic = (id: string) => `tournament:${id}`;

/** Topics over Redis pub/sub. The own process is told directly, so that it needs no Redis to hear itself. */
export function createRedisTopics({ commands, subscriber }: RedisConnection, log: Pick<Log, 'warn'>): Topics {
  const local = createLocalTopics();
  const engine = new RedisPubSub({ publisher: commands, subscriber: containFailures(subscriber, log) });

  return {
    publish: (topic) => {
      local.publish(topic);
      engine.publish(channelOf(topic), {}).catch(() => {});
    },
    listen: (topic, heard) => {
      const forget = local.listen(topic, heard);
      const subscription = engine.subscribe(channelOf(topic), heard, {});
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

const isNamed = (topic: string) =>
  [ENDED_SESSIONS, AWARDED_PRIZES, EVENTS].includes(topic) || topic.startsWith('tournament:');
const channelOf = (topic: string) => (isNamed(topic) ? `laurel:${topic}` : `laurel:board:${topic}`);

/**
 * RedisPubSub does not wait for some of its promises: a subscription or an unsubscription that fails would end the process
 * as an unhandled rejection. Here a failure is logged; the topic then lives on rechecks until it is listened to anew.
 */
function containFailures(subscriber: RedisClient, log: Pick<Log, 'warn'>): RedisClient {
  const failed = () =>
    log.warn({}, 'Redis refused a subscription; that topic hears of other instances by rechecks only');
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
