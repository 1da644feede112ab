import { type SQL, sql } from 'drizzle-orm';
import { type Cursor, cursorOf, type StandingsRange } from '../../domain/leaderboards/standingsPage.ts';

/** The entries of one board alone. */
export type EntrySource = {
  /** `table e where …`, with the columns player_id, order_key and reached_seq. Conditions are added with `and`. */
  from: SQL;
  /** What grows with each change of an entry, to compare with the horizon of a cursor. */
  changed: SQL;
  /** A condition: true where entries only rise. */
  onlyRises: SQL;
  /** A condition that entries need to be on a page; the others are only counted. Without it, all are shown. */
  shown?: SQL;
};

const ascending = sql`order by e.order_key, e.reached_seq`;
const descending = sql`order by e.order_key desc, e.reached_seq desc`;

/**
 * The wanted entries with their ranks: the table `ranked` at the end of a `with` list. `picked` are the wanted entries;
 * `span` is the stretch of the board from the first to the last of them with all their ties, numbered; `ahead` counts
 * what stands before the stretch.
 */
export function rankedEntries(source: EntrySource, range: StandingsRange, dense: boolean): SQL {
  const ranks = range.kind === 'players' ? ranksOfScattered(source, dense) : ranksOfStretch(source, range, dense);
  return sql`picked as materialized (${pick(source, range)}), ${ranks}`;
}

function pick(source: EntrySource, range: StandingsRange): SQL {
  // Only what the index holds, because a page far down passes over many rows.
  const inside = sql`select e.order_key, e.reached_seq from ${source.from} ${onlyShown(source)}`;
  const unmoved = unmovedIn(source, range);
  switch (range.kind) {
    case 'after':
      return sql`${inside} ${beyond(range.cursor, '>')} ${unmoved} ${ascending} limit ${range.limit}::int`;
    case 'before':
      return sql`${inside} ${beyond(range.cursor, '<')} ${unmoved} ${descending} limit ${range.limit}::int`;
    case 'fromRank':
      return sql`${inside} ${ascending} limit ${range.limit}::int offset ${range.rank - 1}::int`;
    case 'around': {
      const self = sql`(${inside} and e.player_id = ${range.playerId}::uuid)`;
      const limit = sql`limit ${range.limit}::int`;
      return sql`(${inside} and (e.order_key, e.reached_seq) < ${self} ${descending} ${limit})
        union all (${inside} and (e.order_key, e.reached_seq) >= ${self} ${ascending} ${limit})`;
    }
    case 'players':
      return sql`select e.* from json_array_elements_text(${JSON.stringify(range.playerIds)}::text::json) k cross join lateral (
        select e.player_id, e.order_key, e.reached_seq from ${source.from} and e.player_id = k.value::uuid limit 1) e`;
  }
}

function onlyShown({ shown }: EntrySource): SQL {
  return shown ? sql`and ${shown}` : sql``;
}

function beyond(cursor: Cursor | null, side: '<' | '>'): SQL {
  if (!cursor) return sql``;
  return sql`and (e.order_key, e.reached_seq) ${sql.raw(side)} (${cursor.orderKey}::int8, ${cursor.reachedSeq}::int8)`;
}

/**
 * Where an entry may move away from the side being read, rows that changed after the first page are left out: they may
 * have been on an earlier page. Under BEST that is only when reading upwards, because such entries only rise.
 */
function unmovedIn({ changed, onlyRises }: EntrySource, range: StandingsRange): SQL {
  const cursor = cursorOf(range);
  if (!cursor) return sql``;
  if (range.kind === 'before') return sql`and ${changed} <= ${cursor.horizon}::int8`;
  return sql`and (${changed} <= ${cursor.horizon}::int8 or ${onlyRises})`;
}

function ranksOfStretch(source: EntrySource, range: StandingsRange, dense: boolean): SQL {
  const { from, changed } = source;
  const first = sql`(select min(order_key) from picked)`;
  const denseAhead = sql`(select count(*) from (
    select 1 from ${from} and e.order_key < ${first} group by e.order_key) as keys)`;
  const end = (direction: SQL) => sql`(select e.order_key, e.reached_seq from picked e ${direction} limit 1)`;
  return sql`span as materialized (
      select e.player_id, e.order_key, e.reached_seq, ${changed} as changed, row_number() over (${ascending}) as n,
        rank() over (order by e.order_key) as r, dense_rank() over (order by e.order_key) as d
      from ${from} and e.order_key between ${first} and (select max(order_key) from picked)
    ), ahead as materialized (
      select ${countAhead(source, range, first)} as n, ${dense ? denseAhead : sql`null::int8`} as d
    ), ranked as materialized (
      select e.player_id, e.order_key, e.reached_seq, ahead.n + e.n as ordinal, ahead.n + e.r as competition,
        ahead.d + e.d as dense
      from span e cross join ahead
      where (e.order_key, e.reached_seq) >= ${end(ascending)} and (e.order_key, e.reached_seq) <= ${end(descending)}
        ${onlyShown(source)} ${unmovedIn({ ...source, changed: sql`e.changed` }, range)}
    )`;
}

/** How many stand before the first key of the stretch: counted only where it does not follow from what was asked. */
function countAhead({ from, shown }: EntrySource, range: StandingsRange, first: SQL): SQL {
  if (range.kind === 'after' && range.cursor === null && !shown) return sql`0`;
  if (range.kind !== 'fromRank') return sql`(select count(*) from ${from} and e.order_key < ${first})`;
  const firstSeq = sql`(select e.reached_seq from picked e ${ascending} limit 1)`;
  const tied = sql`(select count(*) from ${from} and e.order_key = ${first} and e.reached_seq < ${firstSeq})`;
  return sql`${range.rank - 1}::int8 - ${tied}`;
}

/** Players from all over the board: each is counted on its own. */
function ranksOfScattered({ from }: EntrySource, dense: boolean): SQL {
  const ahead = sql`from ${from} and e.order_key < picked.order_key`;
  const denseAhead = sql`(select count(*) + 1 from (select 1 ${ahead} group by e.order_key) as keys)`;
  return sql`counted as materialized (
      select picked.*, (select count(*) + 1 ${ahead}) as competition, ${dense ? denseAhead : sql`null::int8`} as dense
      from picked
    ), ranked as materialized (
      select counted.player_id, counted.order_key, counted.reached_seq, counted.competition + (
        select count(*) from ${from} and e.order_key = counted.order_key
          and e.reached_seq < counted.reached_seq) as ordinal, counted.competition, counted.dense
      from counted
    )`;
}
