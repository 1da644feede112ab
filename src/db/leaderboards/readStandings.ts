import { type SQL, sql } from 'drizzle-orm';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import {
  cursorOf,
  neighbours,
  rowsOf,
  type StandingsPage,
  type StandingsQuery,
} from '../../domain/leaderboards/standingsPage.ts';
import type { Queryable } from '../open.ts';
import { leaderboardJson } from './leaderboardColumns.ts';
import { periodKey } from './periodKey.ts';
import { type EntrySource, rankedEntries } from './rankedEntries.ts';
import { joinStandings, standingColumns, type StandingRow, standingsOf } from './standingRow.ts';

type JoinedRow = StandingRow & { leaderboard: Leaderboard; periodKey: string; size: number; revision: number };

/**
 * One page of a period in one statement, and so in one snapshot: rows, ranks, size and revision agree. A period that
 * nobody has submitted to is an empty page.
 */
export async function readStandings(database: Queryable, query: StandingsQuery): Promise<StandingsPage> {
  const rows = await database.rows<JoinedRow>(pageStatement(query));
  return pageOf(query, rows);
}

const inPeriod: EntrySource = {
  from: sql`entries e where e.period_id = (select id from period)`,
  changed: sql`e.revision`,
  onlyRises: sql`(select operator from board) = 'BEST'`,
};

/** `board` is one row whatever exists. */
function pageStatement({ leaderboardId, cadence, at, range, dense }: StandingsQuery): SQL {
  const key = cursorOf(range) ? sql`${cursorOf(range)?.periodKey}::text` : periodKey(cadence, at);
  return sql`
    with board as (
      select ${leaderboardJson} as leaderboard, l.id, l.operator, ${key} as key
      from leaderboards l where l.id = ${leaderboardId}
    ), period as (
      select p.id, p.size, p.revision from board b
      join board_periods p on p.leaderboard_id = b.id and p.cadence = ${cadence}::cadence and p.key = b.key
    ), ${rankedEntries(inPeriod, range, dense)}
    select b.leaderboard, b.key as "periodKey",
      coalesce(p.size, 0) as size,
      coalesce(p.revision, (
        select max(q.revision) from board_periods q where q.leaderboard_id = b.id and q.cadence = ${cadence}::cadence
      ), 0)::int8 as revision,
      ${standingColumns}
    from board b left join period p on true ${joinStandings}
    order by r.order_key, r.reached_seq`;
}

function pageOf({ cadence, range }: StandingsQuery, joined: JoinedRow[]): StandingsPage {
  const [first] = joined;
  if (!first) throw new Error('a page was asked of a leaderboard that does not exist');
  const { leaderboard, periodKey: key, size, revision } = first;
  const all = standingsOf(joined, { leaderboard, cadence, periodKey: key, size });
  const rows = rowsOf(range, all);
  return {
    leaderboard,
    cadence,
    rows,
    periodKey: key,
    size,
    revision,
    horizon: cursorOf(range)?.horizon ?? revision,
    source: 'sql',
    ...neighbours(range, rows, { first: 1, last: size }),
  };
}
