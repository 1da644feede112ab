import { sql } from 'drizzle-orm';
import type { Submission, SubmissionRanks } from '../domain/submission.ts';
import type { Queryable } from './open.ts';
import { recordset } from './recordset.ts';

/** The `ranks` column: per period id, and `previous`. Flat, so that ranks read later join those already told. */
type KeptRanks = Record<string, number | null>;

/**
 * The ranks right after each submission: those told before where it has been asked before, else read now, in one
 * snapshot for all, and kept. Ranks of concurrent submissions count whatever had been committed by then, once. Null for
 * a submission that is gone, because its player was deleted since.
 */
export async function keepRanks(
  database: Queryable,
  asked: { submission: Submission; dense: boolean }[],
): Promise<(SubmissionRanks | null)[]> {
  const places = distinct(asked).flatMap(({ submission, dense }) => [
    ...submission.entries.map((entry) => ({ ...placeOf(submission, entry), prefix: String(entry.periodId), dense })),
    ...previousPlace(submission),
  ]);
  const rows = await database.rows<{ seq: number; ranks: KeptRanks }>(sql`
    with counted as (
      select x.seq, x.prefix, x.dense, p.size,
        (select count(*) from entries e where e.period_id = x."periodId" and e.order_key < x."orderKey") as ahead,
        (select count(*) from entries e where e.period_id = x."periodId" and e.order_key = x."orderKey"
          and e.reached_seq < x."reachedSeq") as tied,
        coalesce(own.order_key < x."orderKey", false)::int as own_ahead,
        coalesce(own.order_key = x."orderKey" and own.reached_seq < x."reachedSeq", false)::int as own_tied,
        case when x.dense then (select count(*) from (
          select 1 from entries e where e.period_id = x."periodId" and e.order_key < x."orderKey" group by e.order_key
        ) as keys) end as keys_ahead
      from ${recordset(
        {
          seq: 'int8',
          prefix: 'text',
          periodId: 'int8',
          playerId: 'uuid',
          orderKey: 'int8',
          reachedSeq: 'int8',
          dense: 'bool',
        },
        places,
      )}
      join board_periods p on p.id = x."periodId"
      left join entries own on own.period_id = x."periodId" and own.player_id = x."playerId"
    ), told as (
      select seq, jsonb_object_agg(name, value) as ranks from counted, lateral (values
        (prefix || '.ordinal', ahead - own_ahead + tied - own_tied + 1),
        (prefix || '.competition', ahead - own_ahead + 1),
        (prefix || '.size', size::int8),
        (prefix || '.dense', keys_ahead + 1)
      ) as v (name, value)
      where value is not null group by seq
    )
    update submissions s set ranks = told.ranks || coalesce(s.ranks, '{}') from told where s.seq = told.seq
    returning s.seq, s.ranks`);
  const bySeq = new Map(rows.map((row) => [row.seq, row.ranks]));
  return asked.map(({ submission }) => {
    const kept = bySeq.get(submission.seq);
    return kept ? ranksOf(submission, kept) : null;
  });
}

function distinct(asked: { submission: Submission; dense: boolean }[]) {
  const bySeq = new Map<number, { submission: Submission; dense: boolean }>();
  for (const { submission, dense } of asked) {
    bySeq.set(submission.seq, { submission, dense: dense || (bySeq.get(submission.seq)?.dense ?? false) });
  }
  return [...bySeq.values()];
}

function placeOf({ seq, playerId }: Submission, at: { periodId: number; orderKey: number; reachedSeq: number }) {
  return { seq, playerId, periodId: at.periodId, orderKey: at.orderKey, reachedSeq: at.reachedSeq };
}

function previousPlace(submission: Submission) {
  const allTime = submission.entries.find((entry) => entry.cadence === 'ALL_TIME');
  if (!submission.previous || !allTime) return [];
  const at = { periodId: allTime.periodId, ...submission.previous };
  return [{ ...placeOf(submission, at), prefix: 'previous', dense: false }];
}

function ranksOf(submission: Submission, kept: KeptRanks): SubmissionRanks {
  const number = (name: string) => {
    const value = kept[name];
    if (value === null || value === undefined) throw new Error(`the rank ${name} was not kept`);
    return value;
  };
  return {
    previousRank: kept['previous.ordinal'] ?? null,
    periods: new Map(
      submission.entries.map(({ periodId }) => [
        periodId,
        {
          ordinal: number(`${periodId}.ordinal`),
          competition: number(`${periodId}.competition`),
          size: number(`${periodId}.size`),
          dense: kept[`${periodId}.dense`] ?? null,
        },
      ]),
    ),
  };
}
