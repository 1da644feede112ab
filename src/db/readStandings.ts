import { type SQL, sql } from 'drizzle-orm';
import { orderKeyOf } from '../domain/standingOrder.ts';
import type { Leaderboard, Standing } from '../domain/standing.ts';
import {
  type Cursor,
  cursorOf,
  neighbours,
  type StandingsPage,
  type StandingsQuery,
  type StandingsRange,
} from '../domain/standingsPage.ts';
import type { Queryable } from './open.ts';
import { leaderboardJson } from './leaderboardColumns.ts';
import { periodKey } from './periodKey.ts';

type PeriodColumns = { leaderboard: Leaderboard; periodKey: string; size: number; revision: number };
type RowColumns = {
  playerId: string;
  nickname: string;
  country: string | null;
  createdAt: Date;
  orderKey: number;
  reachedSeq: number;
  reachedAt: Date;
  metadata: unknown;
  ordinal: number;
  competition: number;
  dense: number | null;
};
type JoinedRow = PeriodColumns & (RowColumns | { playerId: null });

/**
 * One page of a period in one statement, and so in one snapshot: rows, ranks, size and revision agree. A period that
 * nobody has submitted to is an empty page.
 */
export async function readStandings(database: Queryable, query: StandingsQuery): Promise<StandingsPage> {
  const rows = await database.rows<JoinedRow>(pageStatement(query));
  return pageOf(query, rows);
}

/**
 * `board` is one row whatever exists. `picked` are the wanted entries; `span` is the stretch of the board from the first
 * to the last of them with all their ties, numbered; `ahead` counts what stands before the stretch.
 */
function pageStatement({ leaderboardId, cadence, at, range, dense }: StandingsQuery): SQL {
  const key = cursorOf(range) ? sql`${cursorOf(range)?.periodKey}::text` : periodKey(cadence, at);
  return sql`
    with board as (
      select ${leaderboardJson} as leaderboard, l.id, l.operator, ${key} as key
      from leaderboards l where l.id = ${leaderboardId}
    ), period as (
      select p.id, p.size, p.revision from board b
      join board_periods p on p.leaderboard_id = b.id and p.cadence = ${cadence}::cadence and p.key = b.key
    ), picked as materialized (${pick(range)}), ${ranksOf(range, dense)}
    select b.leaderboard, b.key as "periodKey",
      coalesce(p.size, 0) as size,
      coalesce(p.revision, (
        select max(q.revision) from board_periods q where q.leaderboard_id = b.id and q.cadence = ${cadence}::cadence
      ), 0)::int8 as revision,
      r.player_id as "playerId", u.nickname, u.country, u.created_at as "createdAt", r.order_key as "orderKey", r.reached_seq as "reachedSeq",
      r.ordinal::int as ordinal, r.competition::int as competition, r.dense::int as dense,
      s.submitted_at as "reachedAt", s.metadata
    from board b left join period p on true left join ranked r on true
    left join submissions s on s.seq = r.reached_seq left join players u on u.id = r.player_id
    order by r.order_key, r.reached_seq`;
}

const inPeriod = sql`e.period_id = (select id from period)`;
const ascending = sql`order by e.order_key, e.reached_seq`;
const descending = sql`order by e.order_key desc, e.reached_seq desc`;

function pick(range: StandingsRange): SQL {
  // Only what the index holds, because a page far down passes over many rows.
  const inside = sql`select e.order_key, e.reached_seq from entries e where ${inPeriod}`;
  switch (range.kind) {
    case 'after':
      return sql`${inside} ${beyond(range.cursor, '>')} ${unmoved(range)} ${ascending} limit ${range.limit}::int`;
    case 'before':
      return sql`${inside} ${beyond(range.cursor, '<')} ${unmoved(range)} ${descending} limit ${range.limit}::int`;
    case 'fromRank':
      return sql`${inside} ${ascending} limit ${range.limit}::int offset ${range.rank - 1}::int`;
    case 'around': {
      const self = sql`(select o.order_key, o.reached_seq from entries o
        where o.period_id = (select id from period) and o.player_id = ${range.playerId}::uuid)`;
      const limit = sql`limit ${range.limit}::int`;
      return sql`(${inside} and (e.order_key, e.reached_seq) < ${self} ${descending} ${limit})
        union all (${inside} and (e.order_key, e.reached_seq) >= ${self} ${ascending} ${limit})`;
    }
    case 'players':
      return sql`select e.player_id, e.order_key, e.reached_seq from entries e join json_array_elements_text(${JSON.stringify(range.playerIds)}::text::json) k
        on e.player_id = k.value::uuid and ${inPeriod}`;
  }
}

function beyond(cursor: Cursor | null, side: '<' | '>'): SQL {
  if (!cursor) return sql``;
  return sql`and (e.order_key, e.reached_seq) ${sql.raw(side)} (${cursor.orderKey}::int8, ${cursor.reachedSeq}::int8)`;
}

/**
 * Where an entry may move away from the side being read, rows that changed after the first page are left out: they may
 * have been on an earlier page. Under BEST that is only when reading upwards, because such entries only rise.
 */
function unmoved(range: StandingsRange): SQL {
  const cursor = cursorOf(range);
  if (!cursor) return sql``;
  if (range.kind === 'before') return sql`and e.revision <= ${cursor.horizon}::int8`;
  return sql`and (e.revision <= ${cursor.horizon}::int8 or (select operator from board) = 'BEST')`;
}

function ranksOf(range: StandingsRange, dense: boolean): SQL {
  return range.kind === 'players' ? ranksOfScattered(dense) : ranksOfStretch(range, dense);
}

function ranksOfStretch(range: StandingsRange, dense: boolean): SQL {
  const first = sql`(select min(order_key) from picked)`;
  const denseAhead = sql`(select count(*) from (
    select 1 from entries e where ${inPeriod} and e.order_key < ${first} group by e.order_key) as keys)`;
  const end = (direction: SQL) => sql`(select e.order_key, e.reached_seq from picked e ${direction} limit 1)`;
  return sql`span as materialized (
      select e.player_id, e.order_key, e.reached_seq, e.revision, row_number() over (${ascending}) as n,
        rank() over (order by e.order_key) as r, dense_rank() over (order by e.order_key) as d
      from entries e where ${inPeriod} and e.order_key between ${first} and (select max(order_key) from picked)
    ), ahead as materialized (
      select ${countAhead(range, first)} as n, ${dense ? denseAhead : sql`null::int8`} as d
    ), ranked as materialized (
      select e.player_id, e.order_key, e.reached_seq, ahead.n + e.n as ordinal, ahead.n + e.r as competition,
        ahead.d + e.d as dense
      from span e cross join ahead
      where (e.order_key, e.reached_seq) >= ${end(ascending)} and (e.order_key, e.reached_seq) <= ${end(descending)}
        ${unmoved(range)}
    )`;
}

/** How many stand before the first key of the stretch: counted only where it does not follow from what was asked. */
function countAhead(range: StandingsRange, first: SQL): SQL {
  if (range.kind === 'after' && range.cursor === null) return sql`0`;
  if (range.kind !== 'fromRank') {
    return sql`(select count(*) from entries e where ${inPeriod} and e.order_key < ${first})`;
  }
  const firstSeq = sql`(select e.reached_seq from picked e ${ascending} limit 1)`;
  const tied = sql`(select count(*) from entries e where ${inPeriod} and e.order_key = ${first} and e.reached_seq < ${firstSeq})`;
  return sql`${range.rank - 1}::int8 - ${tied}`;
}

/** Players from all over the board: each is counted on its own. */
function ranksOfScattered(dense: boolean): SQL {
  const ahead = sql`from entries e where ${inPeriod} and e.order_key < picked.order_key`;
  const denseAhead = sql`(select count(*) + 1 from (select 1 ${ahead} group by e.order_key) as keys)`;
  return sql`counted as materialized (
      select picked.*, (select count(*) + 1 ${ahead}) as competition, ${dense ? denseAhead : sql`null::int8`} as dense
      from picked
    ), ranked as materialized (
      select counted.player_id, counted.order_key, counted.reached_seq, counted.competition + (
        select count(*) from entries e where ${inPeriod} and e.order_key = counted.order_key
          and e.reached_seq < counted.reached_seq) as ordinal, counted.competition, counted.dense
      from counted
    )`;
}

function pageOf({ cadence, range }: StandingsQuery, joined: JoinedRow[]): StandingsPage {
  const [first] = joined;
  if (!first) throw new Error('a page was asked of a leaderboard that does not exist');
  const { leaderboard, periodKey: key, size, revision } = first;
  const all = joined.flatMap((row): Standing[] => {
    if (row.playerId === null) return [];
    const { playerId: id, nickname, country, createdAt, orderKey, reachedSeq, reachedAt, metadata } = row;
    const { ordinal, competition, dense } = row;
    return [
      {
        player: { id, nickname, country, createdAt },
        leaderboard,
        cadence,
        periodKey: key,
        score: orderKeyOf(orderKey, leaderboard.sortOrder),
        reachedSeq,
        reachedAt,
        metadata,
        ranks: { ordinal, competition, dense },
        size,
      },
    ];
  });
  const rows = range.kind === 'around' ? centre(all, range) : all;
  return {
    leaderboard,
    cadence,
    rows,
    periodKey: key,
    size,
    revision,
    horizon: cursorOf(range)?.horizon ?? revision,
    source: 'sql',
    ...neighbours(range, rows, size),
  };
}

/** Of up to `limit` rows on either side, those that put the player in the middle, or as near as the board's ends allow. */
function centre(rows: Standing[], { playerId, limit }: Extract<StandingsRange, { kind: 'around' }>): Standing[] {
  const self = rows.findIndex((row) => row.player.id === playerId);
  const start = Math.max(0, Math.min(self - Math.floor((limit - 1) / 2), rows.length - limit));
  return rows.slice(start, start + limit);
}
