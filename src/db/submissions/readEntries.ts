import { sql } from 'drizzle-orm';
import {
  type BatchState,
  type EntryRef,
  type EntryState,
  entryKey,
} from '../../domain/submissions/decideSubmissions.ts';
import { type PeriodRef, periodName } from '../../domain/leaderboards/periodChange.ts';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import type { NewSubmission } from '../../domain/submissions/submission.ts';
import { arrayOf, textArray } from '../arrays.ts';
import { fixed, given } from '../fixed.ts';
import { leaderboardJson } from '../leaderboards/leaderboardColumns.ts';
import { periodKey } from '../leaderboards/periodKey.ts';
import type { Queryable } from '../open.ts';

/** A period and the players' entries there, column by column; null where nobody of them has one. */
type PeriodRow = PeriodRef & {
  periodId: number;
  playerIds: string[] | null;
  orderKeys: number[] | null;
  reachedSeqs: number[] | null;
};

/** Entries of the players `x.players` in the periods `p`. Lateral, so that each is one look-up by key. */
const entriesThere = sql`left join lateral (
    select array_agg(e.player_id) as player_ids, array_agg(e.order_key) as order_keys,
      array_agg(e.reached_seq) as reached_seqs
    from unnest(x.players::uuid[]) as u(player_id) cross join lateral (
      select * from entries where period_id = p.id and player_id = u.player_id limit 1
    ) e
  ) e on true`;
const periodColumns = sql`p.leaderboard_id as "leaderboardId", p.cadence, p.key as "periodKey", p.id as "periodId",
  to_json(e.player_ids) as "playerIds", to_json(e.order_keys) as "orderKeys", to_json(e.reached_seqs) as "reachedSeqs"`;

const boardsOfBatch = fixed<'ids'>(sql`
  select ${leaderboardJson} as board from leaderboards l where l.id = any(${given('ids')}::uuid[])`);

export async function readBoards(tx: Queryable, items: NewSubmission[]): Promise<BatchState['boards']> {
  const ids = new Set(items.map(({ leaderboardId }) => leaderboardId));
  const rows = await tx.rows<{ board: Leaderboard }>(boardsOfBatch({ ids: arrayOf([...ids]) }));
  return new Map(rows.map(({ board }) => [board.id, board]));
}

const presentEntries = fixed<'boardIds' | 'players'>(sql`
  select ${periodColumns} from unnest(${given('boardIds')}::uuid[], ${given('players')}::text[]) as x(leaderboard_id, players)
  join leaderboards l on l.id = x.leaderboard_id
  cross join lateral unnest(l.cadences) as c(cadence)
  cross join lateral (
    select * from board_periods where leaderboard_id = l.id and cadence = c.cadence and key = case c.cadence
      when 'DAILY' then ${periodKey('DAILY', null)} when 'WEEKLY' then ${periodKey('WEEKLY', null)}
      when 'MONTHLY' then ${periodKey('MONTHLY', null)} else ${periodKey('ALL_TIME', null)} end limit 1
  ) p ${entriesThere}`);

/**
 * The entries that the players of a batch have in the periods of its boards that are present: those that most batches need, so
 * that they can be asked for before anything else is known. One whose period has no row yet is left out.
 */
export async function readPresentEntries(tx: Queryable, items: NewSubmission[]): Promise<EntryState> {
  const players = new Map<string, Set<string>>();
  for (const { leaderboardId, playerId } of items) addTo(players, leaderboardId, playerId);
  const rows = await tx.rows<PeriodRow>(
    presentEntries({ boardIds: arrayOf([...players.keys()]), players: textArray(Array.from(players.values(), idsOf)) }),
  );
  return entriesOf(rows, ({ leaderboardId }) => players.get(leaderboardId));
}

/** These entries. Periods that have no row yet are given one. */
export async function readEntries(tx: Queryable, refs: EntryRef[]): Promise<EntryState> {
  const found = await selectEntries(tx, refs);
  const unknown = refs.filter((ref) => !found.has(entryKey(ref)));
  if (unknown.length === 0) return found;
  await insertPeriods(tx, unknown);
  return selectEntries(tx, refs);
}

const entriesAt = fixed<'cadences' | 'keys' | 'leaderboardIds' | 'players'>(sql`
  select ${periodColumns}
  from unnest(${given('leaderboardIds')}::uuid[], ${given('cadences')}::cadence[], ${given('keys')}::text[],
    ${given('players')}::text[]) as x(leaderboard_id, cadence, key, players)
  cross join lateral (
    select * from board_periods where leaderboard_id = x.leaderboard_id and cadence = x.cadence and key = x.key limit 1
  ) p ${entriesThere}`);

async function selectEntries(tx: Queryable, refs: EntryRef[]): Promise<EntryState> {
  const players = new Map<string, Set<string>>();
  for (const ref of refs) addTo(players, periodName(ref), ref.playerId);
  const rows = await tx.rows<PeriodRow>(
    entriesAt({ ...columnsOf(refs), players: textArray(Array.from(players.values(), idsOf)) }),
  );
  return entriesOf(rows, (period) => players.get(periodName(period)));
}

const periodsToInsert = fixed<'cadences' | 'keys' | 'leaderboardIds'>(sql`
  insert into board_periods (leaderboard_id, cadence, key)
  select * from unnest(${given('leaderboardIds')}::uuid[], ${given('cadences')}::cadence[], ${given('keys')}::text[])
    as x(leaderboard_id, cadence, key)
  order by x.leaderboard_id, x.cadence, x.key on conflict do nothing`);

async function insertPeriods(tx: Queryable, refs: EntryRef[]): Promise<void> {
  await tx.rows(periodsToInsert(columnsOf(refs)));
}

/** Each period of the refs once, in the order of their first appearance. */
function columnsOf(refs: EntryRef[]): Record<'cadences' | 'keys' | 'leaderboardIds', string> {
  const periods = [...new Map(refs.toReversed().map((ref) => [periodName(ref), ref])).values()].toReversed();
  return {
    leaderboardIds: arrayOf(periods.map(({ leaderboardId }) => leaderboardId)),
    cadences: arrayOf(periods.map(({ cadence }) => cadence)),
    keys: arrayOf(periods.map(({ periodKey: key }) => key)),
  };
}

function addTo(sets: Map<string, Set<string>>, name: string, playerId: string): void {
  const known = sets.get(name);
  if (known) known.add(playerId);
  else sets.set(name, new Set([playerId]));
}

const idsOf = (ids: Set<string>) => arrayOf([...ids]);

/** Also of those who have no entry in a period. */
function entriesOf(rows: PeriodRow[], playersOf: (period: PeriodRef) => Set<string> | undefined): EntryState {
  const entries: EntryState = new Map();
  for (const { playerIds, orderKeys, reachedSeqs, periodId, ...period } of rows) {
    for (const playerId of playersOf(period) ?? []) {
      entries.set(entryKey({ ...period, playerId }), { periodId, value: null });
    }
    for (const [index, playerId] of (playerIds ?? []).entries()) {
      const [orderKey, reachedSeq] = [orderKeys?.[index], reachedSeqs?.[index]];
      if (orderKey === undefined || reachedSeq === undefined) throw new Error('an entry was read in part');
      entries.set(entryKey({ ...period, playerId }), { periodId, value: { orderKey, reachedSeq } });
    }
  }
  return entries;
}
