import { type SQL, sql } from 'drizzle-orm';
import { laneIn } from '../events/lane.ts';
import type { Queryable } from '../open.ts';

/** One player's events of one type in one game, as they are counted or as they are in the log. */
export type EventTally = {
  playerId: string;
  gameId: string;
  type: string;
  events: number;
  firstAt: Date;
  lastAt: Date;
};

/** The next players, by id, who have events or counts; the last of them bounds what is compared together. */
export async function listEventPlayers(
  snapshot: Queryable,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const next = (table: SQL) =>
    sql`(select distinct player_id from ${table} where player_id > ${after}::uuid order by player_id limit ${limit}::int)`;
  const rows = await snapshot.rows<{ id: string }>(sql`
    select player_id as id from (${next(sql`events`)} union ${next(sql`player_event_counts`)}) p
    order by player_id limit ${limit}::int`);
  return rows.map(({ id }) => id);
}

type Range = { after: string; upTo: string };

/** What is counted of players in a range of ids. */
export async function readEventCounts(snapshot: Queryable, { after, upTo }: Range): Promise<EventTally[]> {
  return snapshot.rows<EventTally>(sql`
    select player_id as "playerId", game_id as "gameId", type, events, first_at as "firstAt", last_at as "lastAt"
    from player_event_counts where player_id > ${after}::uuid and player_id <= ${upTo}::uuid`);
}

/** What should be: the events up to the position of their lane or of their partition of Kafka, without those that wait for another attempt or were given up. */
export async function tallyEvents(snapshot: Queryable, { after, upTo }: Range): Promise<EventTally[]> {
  return snapshot.rows<EventTally>(sql`
    select e.player_id as "playerId", e.game_id as "gameId", e.type, count(*) as events,
      min(m.at) as "firstAt", max(m.at) as "lastAt"
    from events e
    left join event_positions p on p.projection = 'statistics' and p.lane = ${laneIn(sql`e.player_id`)}
    left join event_records r on r.event_id = e.id
    left join kafka_positions k on k.reader = 'statistics' and k.topic_id = r.topic_id and k.partition = r.partition
    cross join lateral (select case when e.occurred_at between e.received_at - interval '24 hours'
      and e.received_at + interval '24 hours' then e.occurred_at else e.received_at end as at) m
    where e.player_id > ${after}::uuid and e.player_id <= ${upTo}::uuid
      and case when r.event_id is not null then r.record_offset < k.next else e.position <= p.position end
      and not exists (select 1 from event_failures f where f.projection = 'statistics' and f.event_id = e.id)
    group by 1, 2, 3`);
}
