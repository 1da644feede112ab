import { sql } from 'drizzle-orm';
import {
  type AttemptEntry,
  tournamentEntryKey,
  type TournamentsOfBatch,
} from '../../domain/submissions/attemptCounter.ts';
import type { NewSubmission } from '../../domain/submissions/submission.ts';
import type { Tournament } from '../../domain/tournaments/tournament.ts';
import type { Queryable } from '../open.ts';
import { idsIn, recordset } from '../recordset.ts';
import { tournamentColumns } from '../tournaments/tournamentRow.ts';
import { tournamentEnd } from '../tournaments/tournamentState.ts';

/** A tournament that a batch may count in, and whether it may enter somebody there. */
export type TournamentToLock = { id: string; mayEnter: boolean };

/** Longer than a batch may wait for its locks: a tournament that starts meanwhile is among those looked at. */
const STARTS_WITHIN = sql`interval '10 seconds'`;

/**
 * The tournaments that a batch may count in: those that it names, and the open ones of its boards, with those that wait for
 * late arrivals where it says when a play ended. Run under the locks of
 * the batch's players, who enter and leave tournaments only under those.
 */
export async function findTournamentsOfBatch(tx: Queryable, items: NewSubmission[]): Promise<TournamentToLock[]> {
  const named = items.flatMap(({ tournamentId }) => tournamentId ?? []);
  const takesAny = items.some(({ playedAt }) => playedAt)
    ? sql`${tournamentEnd} + make_interval(secs => t.grace_s) > clock_timestamp()`
    : sql`t.ends_at > clock_timestamp()`;
  const pairs = new Map(
    items.map(({ leaderboardId, playerId }) => [`${leaderboardId} ${playerId}`, { leaderboardId, playerId }]),
  );
  return tx.rows<TournamentToLock>(sql`
    with asked as materialized (
      select * from ${recordset({ leaderboardId: 'uuid', playerId: 'uuid' }, [...pairs.values()])}
    ), found as materialized (
      select t.id, t.leaderboard_id, t.join_required from tournaments t
      where t.leaderboard_id = any(array(select "leaderboardId" from asked))
        and t.settled_at is null and t.cancelled_at is null
        and ${takesAny} and t.starts_at <= clock_timestamp() + ${STARTS_WITHIN}
      union
      select t.id, t.leaderboard_id, t.join_required from tournaments t
      where t.id = ${idsIn(named)}
    )
    select f.id, not f.join_required and exists (
      select 1 from asked a where a."leaderboardId" = f.leaderboard_id and not exists (
        select 1 from tournament_entries e where e.tournament_id = f.id and e.player_id = a."playerId"
      )
    ) as "mayEnter" from found f order by f.id`);
}

/**
 * Locks tournaments by id: shared, so that neither their end nor their settlement passes before the commit, or alone where
 * somebody may enter, so that entries are counted exactly. Sent together; whatever is read after has seen what others did.
 */
export async function lockTournamentsOfBatch(tx: Queryable, tournaments: TournamentToLock[]): Promise<void> {
  await Promise.all(
    tournaments.map(({ id, mayEnter }) =>
      tx.rows(
        mayEnter
          ? sql`select 1 from tournaments where id = ${id}::uuid for no key update`
          : sql`select 1 from tournaments where id = ${id}::uuid for share`,
      ),
    ),
  );
}

/** What is to be known of locked tournaments, and the entries that the batch's players have there. */
export async function readTournamentsOfBatch(
  tx: Queryable,
  tournaments: TournamentToLock[],
  playerIds: string[],
): Promise<TournamentsOfBatch> {
  if (tournaments.length === 0) return { tournaments: [], entries: new Map() };
  type EntryRow = {
    tournamentId: string;
    playerId: string;
    attempts: number;
    orderKey: number | null;
    reachedSeq: number | null;
  };
  const [locked, rows] = await Promise.all([
    tx.rows<Tournament>(sql`
      select ${tournamentColumns} from tournaments t
      where t.id = ${idsIn(tournaments.map(({ id }) => id))} order by t.id`),
    tx.rows<EntryRow>(sql`
      select e.tournament_id as "tournamentId", e.player_id as "playerId", e.attempts,
        e.order_key as "orderKey", e.reached_seq as "reachedSeq"
      from ${recordset(
        { tournamentId: 'uuid', playerId: 'uuid' },
        tournaments.flatMap(({ id }) => playerIds.map((playerId) => ({ tournamentId: id, playerId }))),
      )} join tournament_entries e on e.tournament_id = x."tournamentId" and e.player_id = x."playerId"`),
  ]);
  return { tournaments: locked, entries: new Map(rows.map((row) => [tournamentEntryKey(row), entryOf(row)])) };
}

function entryOf(row: { attempts: number; orderKey: number | null; reachedSeq: number | null }): AttemptEntry {
  const { attempts, orderKey, reachedSeq } = row;
  return { attempts, value: orderKey === null || reachedSeq === null ? null : { orderKey, reachedSeq } };
}
