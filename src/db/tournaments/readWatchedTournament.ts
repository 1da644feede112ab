import { sql } from 'drizzle-orm';
import type { Tournament, WatchedTournament } from '../../domain/tournaments/tournament.ts';
import type { Queryable } from '../open.ts';
import { tournamentColumns } from './tournamentRow.ts';

type Row = Tournament & WatchedTournament['entries'];

/**
 * A tournament and what tells one state of its entries from another, in one snapshot. Walks over the entries, a
 * millisecond for each thousand, until nobody can move any more. Null when there is no such tournament.
 */
export async function readWatchedTournament(database: Queryable, id: string): Promise<WatchedTournament | null> {
  const [row] = await database.rows<Row>(sql`
    select ${tournamentColumns}, t.xmin::text as "rowVersion", n.attempts, n.last_seq as "lastSeq", n.last_joined_at as "lastJoinedAt"
    from tournaments t cross join lateral (
      select coalesce(sum(e.attempts), 0)::int8 as attempts, max(e.reached_seq) as last_seq,
        max(e.joined_at) as last_joined_at
      from tournament_entries e
      where e.tournament_id = t.id and t.settled_at is null and t.cancelled_at is null
    ) n where t.id = ${id}::uuid`);
  if (!row) return null;
  const { rowVersion, attempts, lastSeq, lastJoinedAt, ...tournament } = row;
  return { tournament, entries: { rowVersion, attempts, lastSeq, lastJoinedAt } };
}
