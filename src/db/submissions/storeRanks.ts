import { type SQL, sql } from 'drizzle-orm';
import type { Cadence } from '../../domain/leaderboards/period.ts';
import type { Ranks } from '../../domain/leaderboards/standing.ts';
import type { EntryValue } from '../../domain/leaderboards/standingOrder.ts';
import type { Submission, SubmissionRanks } from '../../domain/submissions/submission.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';

/** The `ranks` column: per period id, and `previous`. Flat, so that ranks read later join those already told. */
type StoredRanks = Record<string, number | null>;

/** An entry whose rank a submission tells: `prefix` is the period's id, or `previous`. */
export type AskedEntry = EntryValue & {
  seq: number;
  prefix: string;
  playerId: string;
  leaderboardId: string;
  cadence: Cadence;
  periodKey: string;
  periodId: number;
  dense: boolean;
};

/** Ranks that another store has counted, by `nameOfEntry`. */
export type CountedRanks = Map<string, Ranks & { size: number }>;

export const nameOfEntry = ({ seq, prefix }: Pick<AskedEntry, 'prefix' | 'seq'>) => `${seq} ${prefix}`;

/** The entries whose ranks submissions ask for. */
export function entriesAsked(asked: { submission: Submission; dense: boolean }[]): AskedEntry[] {
  return mergeAsked(asked).flatMap(({ submission, dense }) => {
    const { seq, playerId, leaderboardId, previous } = submission;
    const after = submission.entries.map((entry) => ({
      ...entry,
      seq,
      playerId,
      leaderboardId,
      dense,
      prefix: String(entry.periodId),
    }));
    const allTime = after.find((entry) => entry.cadence === 'ALL_TIME');
    return previous && allTime ? [...after, { ...allTime, ...previous, prefix: 'previous', dense: false }] : after;
  });
}

/**
 * The ranks right after each submission: those told before where it has been asked before; else those that `counted` has
 * or that are read now, in one snapshot for all, and stored. Ranks of concurrent submissions count whatever had been
 * committed by then, once. Null for a submission that is gone, because its player was deleted since.
 */
export async function storeRanks(
  database: Queryable,
  asked: { submission: Submission; dense: boolean }[],
  counted: CountedRanks = new Map(),
): Promise<(SubmissionRanks | null)[]> {
  const entries = entriesAsked(asked);
  const given = entries.flatMap((entry) => {
    const ranks = counted.get(nameOfEntry(entry));
    return ranks ? [{ seq: entry.seq, prefix: entry.prefix, ...ranks, dense: entry.dense ? ranks.dense : null }] : [];
  });
  const rows = await database.rows<{ seq: number; ranks: StoredRanks }>(sql`
    with counted as (${countInSql(entries.filter((entry) => !counted.has(nameOfEntry(entry))))}
      union all
      select g.seq, g.prefix, g.ordinal, g.competition, g.size, g.dense from ${recordset(
        { seq: 'int8', prefix: 'text', ordinal: 'int8', competition: 'int8', size: 'int8', dense: 'int8' },
        given,
        'g',
      )}
    ), told as (
      select seq, jsonb_object_agg(name, value) as ranks from counted, lateral (values
        (prefix || '.ordinal', ordinal), (prefix || '.competition', competition), (prefix || '.size', size),
        (prefix || '.dense', dense)
      ) as v (name, value)
      where value is not null group by seq
    )
    update submissions s set ranks = told.ranks || coalesce(s.ranks, '{}') from told where s.seq = told.seq
    returning s.seq, s.ranks`);
  const bySeq = new Map(rows.map((row) => [row.seq, row.ranks]));
  return asked.map(({ submission }) => {
    const stored = bySeq.get(submission.seq);
    return stored ? ranksOf(submission, stored) : null;
  });
}

/** The player's own entry is left out: it may have moved on since. */
function countInSql(entries: AskedEntry[]): SQL {
  return sql`select y.seq, y.prefix, y.ahead - y.own_ahead + y.tied - y.own_tied + 1 as ordinal,
      y.ahead - y.own_ahead + 1 as competition, y.size::int8 as size, y.keys_ahead + 1 as dense
    from (
      select x.seq, x.prefix, p.size,
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
        entries,
      )}
      join board_periods p on p.id = x."periodId"
      left join entries own on own.period_id = x."periodId" and own.player_id = x."playerId"
    ) y`;
}

function mergeAsked(asked: { submission: Submission; dense: boolean }[]) {
  const bySeq = new Map<number, { submission: Submission; dense: boolean }>();
  for (const { submission, dense } of asked) {
    bySeq.set(submission.seq, { submission, dense: dense || (bySeq.get(submission.seq)?.dense ?? false) });
  }
  return [...bySeq.values()];
}

function ranksOf(submission: Submission, stored: StoredRanks): SubmissionRanks {
  const number = (name: string) => {
    const value = stored[name];
    if (value === null || value === undefined) throw new Error(`the rank ${name} was not stored`);
    return value;
  };
  return {
    previousRank: stored['previous.ordinal'] ?? null,
    periods: new Map(
      submission.entries.map(({ periodId }) => [
        periodId,
        {
          ordinal: number(`${periodId}.ordinal`),
          competition: number(`${periodId}.competition`),
          size: number(`${periodId}.size`),
          dense: stored[`${periodId}.dense`] ?? null,
        },
      ]),
    ),
  };
}
