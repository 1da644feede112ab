import { sql } from 'drizzle-orm';
import type { EventStatistics } from '../../domain/players/player.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';

/** The players' events in a game, or in all games, by player; who has none is left out. One statement. */
export async function sumPlayerEvents(
  database: Queryable,
  playerIds: string[],
  game: string | null,
): Promise<Map<string, EventStatistics>> {
  type Row = EventStatistics & { playerId: string };
  const ids = Array.from(new Set(playerIds), (id) => ({ id }));
  const rows = await database.rows<Row>(sql`
    select x.id as "playerId", c.* from ${recordset({ id: 'uuid' }, ids)} cross join lateral (
      select sum(t.events)::int8 as "totalEvents", json_object_agg(t.type, t.events) as breakdown,
        min(t.first_at) as "firstSeenAt", max(t.last_at) as "lastSeenAt"
      from (
        select c.type, sum(c.events) as events, min(c.first_at) as first_at, max(c.last_at) as last_at
        from player_event_counts c join games g on g.id = c.game_id
        where c.player_id = x.id and (${game}::text is null or g.slug = ${game})
        group by c.type order by c.type
      ) t
    ) c where c."totalEvents" is not null`);
  return new Map(rows.map(({ playerId, ...statistics }) => [playerId, statistics]));
}
