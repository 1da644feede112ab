import { sql } from 'drizzle-orm';
import type { PeriodChange } from '../../domain/leaderboards/periodChange.ts';
import { arrayOf } from '../arrays.ts';
import { fixed, given } from '../fixed.ts';
import type { Queryable } from '../open.ts';
import { inMirrorOutbox, mirrorOutboxParams, type MirrorOutboxEntry } from './mirrorOutbox.ts';

/** A period that a transaction changes, and by how many entries it grows. */
export type PeriodGrowth = { id: number; added: number };

/** Where a change led from and to, and the row of the mirror's outbox that says so; null where nothing is mirrored. */
export type Bump = { change: Omit<PeriodChange, 'entries' | 'removed'>; outboxId: number | null };

const lock = fixed<'ids'>(sql`
  select id from board_periods where id = any(${given('ids')}::int8[]) order by id for no key update`);

/** Locks periods by id until the commit. A statement of its own, so that the next one sees what earlier holders left. */
export async function lockPeriods(tx: Queryable, periods: PeriodGrowth[]): Promise<void> {
  await tx.rows(lock({ ids: arrayOf(periods.map(({ id }) => id)) }));
}

/**
 * The part of a statement that gives locked periods their next revision, as the CTE `bumped (id, leaderboard_id, cadence, key,
 * before, after)`. The log's own sequence gives revisions, under the lock: they rise within a period, and no two periods
 * have the same one, so that a revision alone names one state of one period. `greatest` is for databases whose revisions
 * were once numbered otherwise and may be ahead.
 */
export const bumped = sql`bumped as (
    update board_periods p set size = p.size + x.added,
      revision = greatest(p.revision + 1, nextval('submissions_seq'))
    from unnest(${given('ids')}::int8[], ${given('added')}::int[]) as x(id, added)
    join board_periods old on old.id = x.id where p.id = x.id
    returning p.id, p.leaderboard_id, p.cadence, p.key, old.revision as before, p.revision as after
  )`;

/** The end of such a statement: a `Bump` for each period. Needs `stored (id)` of the mirror's outbox as well. */
export const bumps = sql`select json_build_object('leaderboardId', leaderboard_id, 'cadence', cadence, 'periodKey', key,
    'periodId', bumped.id, 'fromRevision', before, 'toRevision', after) as change, stored.id as "outboxId"
  from bumped left join stored on true`;

/** What `bumped` is given. */
export const growthParams = (periods: PeriodGrowth[]): Record<'added' | 'ids', string> => ({
  ids: arrayOf(periods.map(({ id }) => id)),
  added: arrayOf(periods.map(({ added }) => added)),
});

const bump = inMirrorOutbox((stored) =>
  fixed<'added' | 'ids' | 'removed' | 'seqs'>(sql`with ${bumped}, ${stored} ${bumps}`),
);

/**
 * Locks the changed periods, gives each its next revision, and stores in the mirror's outbox what led where. Statements that change
 * entries by these revisions come after it in the same transaction.
 */
export async function bumpPeriods(tx: Queryable, periods: PeriodGrowth[], entry: MirrorOutboxEntry): Promise<Bump[]> {
  const [, rows] = await Promise.all([
    lockPeriods(tx, periods),
    tx.rows<Bump>(bump(entry)({ ...growthParams(periods), ...mirrorOutboxParams(entry) })),
  ]);
  return rows;
}
