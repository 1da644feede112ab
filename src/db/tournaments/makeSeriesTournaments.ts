import { sql } from 'drizzle-orm';
import { roundOf, type TournamentSeries } from '../../domain/tournaments/tournamentSeries.ts';
import { retryBusy } from '../retryBusy.ts';
import { insertTournament } from './insertTournament.ts';
import type { Database, Queryable } from '../open.ts';
import { seriesColumns } from './tournamentSeries.ts';

/**
 * Makes the tournaments of a series that are to be made by the database's clock, in order, a hundred at most, and tells how
 * many it has taken on: until it says 0, there may be more. Each is made once, however many processes ask.
 */
export async function makeSeriesTournaments(database: Database, id: string): Promise<number> {
  return retryBusy(() =>
    database.transaction(async (tx) => {
      const series = await lockSeries(tx, id);
      if (!series || series.endedAt) return 0;
      const { tournaments, nextStartsAt, makesNextAt } = roundOf(series, series.readAt);
      if (tournaments.length === 0) return 0;
      // One whose name and start an admin has used on the board already is left to the admin's.
      await Promise.all(tournaments.map((tournament) => insertTournament(tx, tournament)));
      await tx.rows(sql`
        update tournament_series set next_starts_at = ${nextStartsAt.toISOString()}::timestamptz,
          makes_next_at = ${makesNextAt.toISOString()}::timestamptz
        where id = ${id}::uuid`);
      return tournaments.length;
    }),
  );
}

/** Two statements, so that the second sees what earlier holders committed and when the lock was got. */
async function lockSeries(tx: Queryable, id: string): Promise<TournamentSeries | null> {
  const [, rows] = await Promise.all([
    tx.rows(sql`select 1 from tournament_series s where s.id = ${id}::uuid for update`),
    tx.rows<TournamentSeries>(sql`select ${seriesColumns} from tournament_series s where s.id = ${id}::uuid`),
  ]);
  return rows[0] ?? null;
}
