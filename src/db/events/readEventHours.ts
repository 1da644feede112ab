import { sql } from 'drizzle-orm';
import type { EventHour } from '../../domain/events/deadLetter.ts';
import type { Queryable } from '../open.ts';
import { EVENT_LOGGER } from './kafkaPositions.ts';
import { LANES, laneIn } from './lane.ts';

/**
 * What came in the hours from one moment to another, by type, in one snapshot: what `statistics` has counted, and, looked at
 * one by one, what some projection has not come to yet or has failed at.
 */
export async function readEventHours(
  database: Queryable,
  { game, from, to }: { game: string | null; from: Date; to: Date },
): Promise<EventHour[]> {
  const within = sql`hour >= date_trunc('hour', ${from.toISOString()}::timestamptz) and hour < ${to.toISOString()}::timestamptz
    and (${game}::text is null or game_id = (select g.id from games g where g.slug = ${game}))`;
  return database.rows<EventHour>(sql`
    with lanes as materialized (
      select lane, coalesce(min(p.position), 0) as all_read,
        coalesce(max(p.position) filter (where p.projection = 'statistics'), 0) as counted
      from generate_series(0, ${LANES - 1}::int) as lane left join event_positions p using (lane) group by lane
    ), open as materialized (
      select id, game_id, type, hour, bool_or(is_pending) as is_pending, bool_or(is_dead) as is_dead,
        bool_or(is_uncounted) as is_uncounted
      from (
        select e.id, e.game_id, e.type, date_trunc('hour', e.received_at) as hour, true as is_pending, false as is_dead,
          e.position > l.counted as is_uncounted
        from events e join lanes l on l.lane = ${laneIn(sql`e.player_id`)}
        where e.position > (select min(all_read) from lanes) and e.position > l.all_read
          and not exists (select 1 from event_records r where r.event_id = e.id)
          and (exists (select 1 from event_positions) or not exists (select 1 from kafka_positions))
        union all
        -- What lies in Kafka behind the position of a projection, as far as it is stored.
        select e.id, e.game_id, e.type, date_trunc('hour', e.received_at), true, false, k.reader = 'statistics'
        from kafka_positions k
        join event_records r on r.topic_id = k.topic_id and r.partition = k.partition and r.record_offset >= k.next
        join event_keys on event_keys.id = r.event_id join events e on e.position = event_keys.position
        where k.reader <> ${EVENT_LOGGER}
        union all
        select f.event_id, (f.event ->> 'gameId')::uuid, f.event ->> 'type',
          date_trunc('hour', (f.event ->> 'receivedAt')::timestamptz), f.dead_at is null, f.dead_at is not null,
          f.projection = 'statistics'
        from event_failures f
      ) each_of group by id, game_id, type, hour
    ), counts as (
      select hour, type, events as stored, 0 as pending, 0 as dead, 0 as duplicates from event_hours where ${within}
      union all
      select hour, type, is_uncounted::int, is_pending::int, (is_dead and not is_pending)::int, 0 from open where ${within}
      union all
      select hour, type, 0, 0, 0, events from event_duplicates where ${within}
    )
    select hour, type, sum(stored + duplicates)::int8 as received, sum(stored - pending - dead)::int8 as processed,
      sum(pending)::int8 as pending, sum(dead)::int8 as dead, sum(duplicates)::int8 as duplicates
    from counts group by hour, type order by hour desc, type`);
}
