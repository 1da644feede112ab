import type { Core } from './context.ts';
import type { Metric } from './http/metrics.ts';
import type { StreamCounts } from './http/streamCounter.ts';
import type { StandingsStore } from './mirror/openStandings.ts';
import type { RedisConnection } from './redis/connection.ts';
import type { RateLimiter } from './redis/rateLimits.ts';

/** What `/metrics` tells of this process beside the usual. */
export function ownMetrics(of: {
  core: Core;
  redis: RedisConnection | null;
  limiter: RateLimiter | null;
  pagesRanked: StandingsStore['pagesRanked'];
  streams: () => StreamCounts;
  /** How many answers were sent from memory. */
  answersShared: () => number;
  /** How many events were told to streams, and how many executions that took. */
  events: () => { told: number; executed: number };
}): Metric[] {
  const { core, redis, limiter, pagesRanked, streams, answersShared, events } = of;
  const gauge = (name: string, help: string, read: () => number): Metric => ({ kind: 'gauge', name, help, read });
  const counter = (name: string, help: string, read: () => number): Metric => ({ kind: 'counter', name, help, read });
  const { mirroring } = core;
  return [
    gauge('streams_open', 'Live streams of this process.', () => {
      const { players, anonymous, trusted } = streams();
      return players + anonymous + trusted;
    }),
    gauge('streams_max', 'How many live streams this process takes.', () => streams().max),
    counter('stream_events_total', 'Events that were told to live streams.', () => events().told),
    counter(
      'stream_executions_total',
      'Executions that events took; what many are told alike is executed once.',
      () => events().executed,
    ),
    counter('pages_ranked_sql_total', 'Pages of boards that PostgreSQL ranked.', () => pagesRanked.sql),
    counter('pages_ranked_redis_total', 'Pages of boards that Redis ranked.', () => pagesRanked.redis),
    counter(
      'answers_shared_total',
      'Answers that were sent as they had been worked out for another request.',
      answersShared,
    ),
    counter('rate_limited_total', 'Requests refused by rate limits.', () => limiter?.refused() ?? 0),
    ...(redis && mirroring
      ? [
          gauge('redis_connected', '1 while Redis answers.', () => Number(redis.isConnected())),
          counter('copies_rebuilt_total', 'Copies in Redis that were rebuilt.', () => mirroring.keeper.rebuilds()),
          counter(
            'drift_total',
            'Differences found between Redis and PostgreSQL.',
            () => mirroring.drift.found().total,
          ),
          gauge(
            'drift_last',
            'Differences found by the last round over all boards.',
            () => mirroring.drift.found().last,
          ),
        ]
      : []),
  ];
}
