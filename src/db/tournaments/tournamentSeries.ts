import { type SQL, sql } from 'drizzle-orm';
import type { Page, PageQuery } from '../../domain/page.ts';
import type { NewTournamentSeries, TournamentSeries } from '../../domain/tournaments/tournamentSeries.ts';
import type { Queryable } from '../open.ts';
import { latestFirst, readPage } from '../readPage.ts';
import { idsIn, recordset } from '../recordset.ts';

/** The columns of `TournamentSeries`, from `tournament_series s`. */
export const seriesColumns: SQL = sql`s.id, s.game_id as "gameId", s.leaderboard_id as "leaderboardId", s.name, s.cron,
  s.time_zone as "timeZone", s.duration_s as "durationS", s.rules, s.next_starts_at as "nextStartsAt",
  s.makes_next_at as "makesNextAt", s.created_at as "createdAt", s.ended_at as "endedAt",
  date_trunc('milliseconds', clock_timestamp()) as "readAt"`;

const NEW_COLUMNS = {
  gameId: 'uuid',
  leaderboardId: 'uuid',
  name: 'text',
  cron: 'text',
  timeZone: 'text',
  durationS: 'int',
  rules: 'jsonb',
  nextStartsAt: 'timestamptz',
  makesNextAt: 'timestamptz',
};

/** Null when the board has a series of this name that goes on. */
export async function insertTournamentSeries(
  database: Queryable,
  series: NewTournamentSeries,
): Promise<TournamentSeries | null> {
  const [row] = await database.rows<TournamentSeries>(sql`
    insert into tournament_series as s (game_id, leaderboard_id, name, cron, time_zone, duration_s, rules, next_starts_at,
      makes_next_at)
    select x."gameId", x."leaderboardId", x.name, x.cron, x."timeZone", x."durationS", x.rules, x."nextStartsAt",
      x."makesNextAt"
    from ${recordset(NEW_COLUMNS, [series])}
    on conflict do nothing returning ${seriesColumns}`);
  return row ?? null;
}

/** Makes it the last word of a series. One that has ended stays as it is. Null when there is no such series. */
export async function endTournamentSeries(database: Queryable, id: string): Promise<TournamentSeries | null> {
  const [row] = await database.rows<TournamentSeries>(sql`
    update tournament_series s set ended_at = coalesce(s.ended_at, clock_timestamp())
    where s.id = ${id}::uuid returning ${seriesColumns}`);
  return row ?? null;
}

export async function loadTournamentSeries(database: Queryable, ids: string[]): Promise<TournamentSeries[]> {
  return database.rows<TournamentSeries>(
    sql`select ${seriesColumns} from tournament_series s where s.id = ${idsIn(ids)}`,
  );
}

/** A game's series, the newest first. */
export async function listTournamentSeries(
  database: Queryable,
  query: PageQuery & { game: string },
): Promise<Page<TournamentSeries>> {
  const list = latestFirst({
    columns: seriesColumns,
    from: sql`tournament_series s where s.game_id = (select g.id from games g where g.slug = ${query.game})`,
    keys: [sql`s.created_at`, sql`s.id`],
  });
  return readPage(database, list, query);
}

/** The ids of the series whose next tournament is to be made, the longest due first. */
export async function listDueSeries(database: Queryable): Promise<string[]> {
  const rows = await database.rows<{ id: string }>(sql`
    select s.id from tournament_series s
    where s.ended_at is null and s.makes_next_at <= date_trunc('milliseconds', clock_timestamp())
    order by s.makes_next_at, s.id`);
  return rows.map(({ id }) => id);
}
