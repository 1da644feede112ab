import { type SQL, sql } from 'drizzle-orm';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import type { TournamentWindow } from '../../domain/leaderboards/standing.ts';
import {
  cursorOf,
  neighbours,
  rowsOf,
  type StandingsPage,
  type StandingsRange,
  TOURNAMENT_KEY,
} from '../../domain/leaderboards/standingsPage.ts';
import { endOf, type Tournament } from '../../domain/tournaments/tournament.ts';
import { leaderboardJson } from '../leaderboards/leaderboardColumns.ts';
import type { Queryable } from '../open.ts';
import { type EntrySource, rankedEntries } from '../leaderboards/rankedEntries.ts';
import { joinStandings, standingColumns, type StandingRow, standingsOf } from '../leaderboards/standingRow.ts';

export type TournamentStandingsQuery = { tournament: Tournament; range: StandingsRange; dense: boolean };

/**
 * One page of a tournament in one statement: of the entries until it is settled, of the frozen standings from then on.
 * The revision, and the horizon of cursors, is the number of the last submission that moved somebody.
 */
export async function readTournamentStandings(
  database: Queryable,
  { tournament, range, dense }: TournamentStandingsQuery,
): Promise<StandingsPage> {
  const source = tournament.settledAt ? frozenSource(tournament.id) : liveSource(tournament.id);
  type Row = StandingRow & { leaderboard: Leaderboard; size: number; revision: number; first: number; last: number };
  const joined = await database.rows<Row>(sql`
    with board as (
      select ${leaderboardJson} as leaderboard, l.operator from leaderboards l where l.id = ${tournament.leaderboardId}
    ), whole as materialized (
      select count(*)::int as size, coalesce(max(e.reached_seq), 0) as revision, ${source.ends} from ${source.from}
    ), ${rankedEntries(source, range, dense)}
    select b.leaderboard, w.size, w.revision, w.first, w.last, ${standingColumns}
    from board b cross join whole w ${joinStandings}
    order by r.order_key, r.reached_seq`);
  const [first] = joined;
  if (!first) throw new Error('the leaderboard of a tournament is gone');
  const { leaderboard, size, revision, first: firstShown, last: lastShown } = first;
  const on = {
    leaderboard,
    cadence: 'ALL_TIME' as const,
    periodKey: TOURNAMENT_KEY,
    size,
    tournament: windowOf(tournament),
  };
  const rows = rowsOf(range, standingsOf(joined, on));
  const horizon = cursorOf(range)?.horizon ?? revision;
  const { cadence, periodKey } = on;
  const page = { leaderboard, cadence, rows, periodKey, size, revision, horizon, source: 'sql' as const };
  return { ...page, ...neighbours(range, rows, { first: firstShown, last: lastShown }) };
}

const rises = { changed: sql`e.reached_seq`, onlyRises: sql`(select operator from board) = 'BEST'` };

/** `ends` are the ordinal ranks of the first and the last that can be shown. */
type TournamentSource = EntrySource & { ends: SQL };

const liveSource = (id: string): TournamentSource => ({
  from: sql`tournament_entries e where e.tournament_id = ${id}::uuid and e.order_key is not null`,
  ends: sql`1 as first, count(*)::int as last`,
  ...rises,
});

/** A standing whose player is gone stays counted and is not shown. */
const frozenSource = (id: string): TournamentSource => ({
  from: sql`tournament_standings e where e.tournament_id = ${id}::uuid`,
  shown: sql`e.player_id is not null`,
  ends: sql`coalesce(min(e.rank) filter (where e.player_id is not null), 0)::int as first,
    coalesce(max(e.rank) filter (where e.player_id is not null), 0)::int as last`,
  ...rises,
});

function windowOf(tournament: Tournament): TournamentWindow {
  return { id: tournament.id, startsAt: tournament.startsAt, endsAt: endOf(tournament) };
}
