import { sql } from 'drizzle-orm';
import type { PeriodChange } from '../../domain/leaderboards/periodChange.ts';
import type { Queryable } from '../open.ts';
import { storeInMirrorOutbox } from './mirrorOutbox.ts';
import { idsIn, recordset } from '../recordset.ts';

/** A period that a transaction changes, and by how many entries it grows. */
export type PeriodGrowth = { id: number; added: number };

/** Where a change led from and to, and the row of the mirror's outbox that says so; null where nothing is mirrored. */
export type Bump = { change: Omit<PeriodChange, 'entries' | 'removed'>; outboxId: number | null };

/**
 * Gives each changed period its next revision, keeps its lock until the commit, and stores in the mirror's outbox what led where. The
 * log's own sequence gives revisions, under the lock: they rise within a period, and no two periods have the same one, so
 * that a revision alone names one state of one period. `greatest` is for databases whose revisions were once numbered
 * otherwise and may be ahead. Statements that change entries by these revisions come after it in the same transaction.
 */
export async function bumpPeriods(
  tx: Queryable,
  periods: PeriodGrowth[],
  mirrorOutbox: { isMirrored: boolean; seqs: number[]; removed: string[] },
): Promise<Bump[]> {
  const ids = idsIn(
    periods.map(({ id }) => id),
    'int8',
  );
  const values = recordset({ id: 'int8', added: 'int' }, periods);
  const [, rows] = await Promise.all([
    tx.rows(sql`select id from board_periods where id = ${ids} order by id for no key update`),
    tx.rows<Bump>(sql`
      with bumped as (
        update board_periods p set size = p.size + x.added,
          revision = greatest(p.revision + 1, nextval('submissions_seq'))
        from ${values} join board_periods old on old.id = x.id where p.id = x.id
        returning p.id, p.leaderboard_id, p.cadence, p.key, old.revision as before, p.revision as after
      ), ${storeInMirrorOutbox(mirrorOutbox)}
      select json_build_object('leaderboardId', leaderboard_id, 'cadence', cadence, 'periodKey', key,
        'periodId', bumped.id, 'fromRevision', before, 'toRevision', after) as change, stored.id as "outboxId"
      from bumped left join stored on true`),
  ]);
  return rows;
}
