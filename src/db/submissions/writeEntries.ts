import { sql } from 'drizzle-orm';
import type { ChangedEntry } from '../../domain/submissions/decideSubmissions.ts';
import type { PeriodChange } from '../../domain/leaderboards/periodChange.ts';
import { arrayOf, textArray } from '../arrays.ts';
import { fixed, given } from '../fixed.ts';
import type { Queryable } from '../open.ts';
import { type Bump, bumped, bumps, growthParams, lockPeriods } from './bumpPeriods.ts';
import { inMirrorOutbox, mirrorOutboxParams } from './mirrorOutbox.ts';

/** The changed entries of a period are arrays within an array: they are spread out behind the period's own row. */
const moveEntries = inMirrorOutbox((stored) =>
  fixed<'added' | 'ids' | 'orderKeys' | 'players' | 'reachedSeqs' | 'removed' | 'seqs'>(sql`
  with ${bumped}, ${stored}, moved as (
    insert into entries (period_id, player_id, order_key, reached_seq, revision)
    select bumped.id, e.player_id, e.order_key, e.reached_seq, bumped.after
    from unnest(${given('ids')}::int8[], ${given('players')}::text[], ${given('orderKeys')}::text[],
      ${given('reachedSeqs')}::text[]) as x(period_id, players, order_keys, reached_seqs)
    join bumped on bumped.id = x.period_id
    cross join lateral unnest(x.players::uuid[], x.order_keys::int8[], x.reached_seqs::int8[])
      as e(player_id, order_key, reached_seq)
    on conflict (period_id, player_id) do update
      set order_key = excluded.order_key, reached_seq = excluded.reached_seq, revision = excluded.revision
  ) ${bumps}`),
);

/**
 * Writes the changed entries of a batch and gives their periods the next revisions, with the periods locked until the commit.
 * Answers with what changed in which period, and the row of the mirror's outbox that says so.
 */
export async function writeEntries(
  tx: Queryable,
  changed: ChangedEntry[],
  isMirrored: boolean,
): Promise<{ changes: PeriodChange[]; outboxId: number | null }> {
  if (changed.length === 0) return { changes: [], outboxId: null };
  const byPeriod = Map.groupBy(changed, ({ periodId }) => periodId);
  const entries = [...byPeriod.values()];
  const growth = Array.from(byPeriod, ([id, moved]) => ({ id, added: moved.filter(({ isNew }) => isNew).length }));
  const seqs = [...new Set(changed.map(({ reachedSeq }) => reachedSeq))];
  const outbox = { isMirrored, seqs, removed: [] };
  const [, rows] = await Promise.all([
    lockPeriods(tx, growth),
    tx.rows<Bump>(
      moveEntries(outbox)({
        ...growthParams(growth),
        ...mirrorOutboxParams(outbox),
        players: textArray(entries.map((moved) => arrayOf(moved.map(({ playerId }) => playerId)))),
        orderKeys: textArray(entries.map((moved) => arrayOf(moved.map(({ orderKey }) => orderKey)))),
        reachedSeqs: textArray(entries.map((moved) => arrayOf(moved.map(({ reachedSeq }) => reachedSeq)))),
      }),
    ),
  ]);
  return {
    changes: rows.map(({ change }) => ({
      ...change,
      entries: (byPeriod.get(change.periodId) ?? []).map(({ playerId, orderKey, reachedSeq }) => ({
        playerId,
        orderKey,
        reachedSeq,
      })),
      removed: [],
    })),
    outboxId: rows[0]?.outboxId ?? null,
  };
}
