import { type SQL, sql } from 'drizzle-orm';
import {
  type AttemptEntry,
  tournamentEntryKey,
  type TournamentsOfBatch,
} from '../../domain/submissions/attemptCounter.ts';
import { playsKey } from '../../domain/submissions/decideSubmissions.ts';
import type { NewSubmission } from '../../domain/submissions/submission.ts';
import type { Tournament } from '../../domain/tournaments/tournament.ts';
import { arrayOf } from '../arrays.ts';
import { fixed, given } from '../fixed.ts';
import type { Queryable } from '../open.ts';
import { tournamentColumns } from '../tournaments/tournamentRow.ts';
import { tournamentEnd } from '../tournaments/tournamentState.ts';

/** A tournament that a batch may count in, and whether it may enter somebody there. */
export type TournamentToLock = { id: string; mayEnter: boolean };

/** Longer than a batch may wait for its locks: a tournament that starts meanwhile is among those looked at. */
const STARTS_WITHIN = sql`interval '10 seconds'`;

const find = (takesAny: SQL) =>
  fixed<'leaderboardIds' | 'named' | 'playerIds'>(sql`
    with asked as materialized (
      select * from unnest(${given('leaderboardIds')}::uuid[], ${given('playerIds')}::uuid[]) as x(leaderboard_id, player_id)
    ), found as materialized (
      select t.id, t.leaderboard_id, t.join_required from tournaments t
      where t.leaderboard_id = any(array(select leaderboard_id from asked))
        and t.settled_at is null and t.cancelled_at is null
        and ${takesAny} and t.starts_at <= clock_timestamp() + ${STARTS_WITHIN}
      union
      select t.id, t.leaderboard_id, t.join_required from tournaments t where t.id = any(${given('named')}::uuid[])
    )
    select f.id, not f.join_required and exists (
      select 1 from asked a where a.leaderboard_id = f.leaderboard_id and not exists (
        select 1 from tournament_entries e where e.tournament_id = f.id and e.player_id = a.player_id
      )
    ) as "mayEnter" from found f order by f.id`);
const findOpen = find(sql`t.ends_at > clock_timestamp()`);
const findForLate = find(sql`${tournamentEnd} + make_interval(secs => t.grace_s) > clock_timestamp()`);

/**
 * The tournaments that a batch may count in: those that it names, and the open ones of its boards, with those that wait for
 * late arrivals where it says when a play ended. Run under the locks of
 * the batch's players, who enter and leave tournaments only under those.
 */
export async function findTournamentsOfBatch(tx: Queryable, items: NewSubmission[]): Promise<TournamentToLock[]> {
  const named = [...new Set(items.flatMap(({ tournamentId }) => tournamentId ?? []))];
  const pairs = [...new Map(items.map((item) => [playsKey(item), item])).values()];
  const statement = items.some(({ playedAt }) => playedAt) ? findForLate : findOpen;
  return tx.rows<TournamentToLock>(
    statement({
      leaderboardIds: arrayOf(pairs.map(({ leaderboardId }) => leaderboardId)),
      playerIds: arrayOf(pairs.map(({ playerId }) => playerId)),
      named: arrayOf(named),
    }),
  );
}

const lockShared = fixed<'id'>(sql`select 1 from tournaments where id = ${given('id')}::uuid for share`);
const lockAlone = fixed<'id'>(sql`select 1 from tournaments where id = ${given('id')}::uuid for no key update`);

/**
 * Locks tournaments by id: shared, so that neither their end nor their settlement passes before the commit, or alone where
 * somebody may enter, so that entries are counted exactly. Sent together; whatever is read after has seen what others did.
 */
export async function lockTournamentsOfBatch(tx: Queryable, tournaments: TournamentToLock[]): Promise<void> {
  await Promise.all(tournaments.map(({ id, mayEnter }) => tx.rows((mayEnter ? lockAlone : lockShared)({ id }))));
}

const detailsOf = fixed<'ids'>(sql`
  select ${tournamentColumns} from tournaments t where t.id = any(${given('ids')}::uuid[]) order by t.id`);
const entriesOf = fixed<'ids' | 'playerIds'>(sql`
  select e.tournament_id as "tournamentId", e.player_id as "playerId", e.attempts,
    e.order_key as "orderKey", e.reached_seq as "reachedSeq"
  from unnest(${given('ids')}::uuid[]) as x(tournament_id) cross join unnest(${given('playerIds')}::uuid[]) as y(player_id)
  cross join lateral (
    select * from tournament_entries where tournament_id = x.tournament_id and player_id = y.player_id limit 1
  ) e`);

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
  const ids = arrayOf(tournaments.map(({ id }) => id));
  const [locked, rows] = await Promise.all([
    tx.rows<Tournament>(detailsOf({ ids })),
    tx.rows<EntryRow>(entriesOf({ ids, playerIds: arrayOf(playerIds) })),
  ]);
  return { tournaments: locked, entries: new Map(rows.map((row) => [tournamentEntryKey(row), entryOf(row)])) };
}

function entryOf(row: { attempts: number; orderKey: number | null; reachedSeq: number | null }): AttemptEntry {
  const { attempts, orderKey, reachedSeq } = row;
  return { attempts, value: orderKey === null || reachedSeq === null ? null : { orderKey, reachedSeq } };
}
