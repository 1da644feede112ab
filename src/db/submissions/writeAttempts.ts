import { sql } from 'drizzle-orm';
import type { ChangedTournamentEntry } from '../../domain/submissions/attemptCounter.ts';
import type { BatchDecision } from '../../domain/submissions/decideSubmissions.ts';
import { arrayOf, textArray } from '../arrays.ts';
import { fixed, given } from '../fixed.ts';
import type { Queryable } from '../open.ts';
import { sourceOf } from './submissionSource.ts';

/** Writes what a batch did in tournaments that it has locked. The statements are sent together. */
export async function writeAttempts(
  tx: Queryable,
  { accepted, tournamentEntries: entries }: BatchDecision,
): Promise<void> {
  if (entries.length === 0) return;
  await Promise.all([insertSources(tx, accepted), upsertEntries(tx, entries), countEntries(tx, entries)]);
}

const sources = fixed<'playerIds' | 'sources' | 'tournamentIds'>(sql`
  insert into tournament_sources (tournament_id, source, player_id)
  select * from unnest(${given('tournamentIds')}::uuid[], ${given('sources')}::text[], ${given('playerIds')}::uuid[])`);

async function insertSources(tx: Queryable, accepted: BatchDecision['accepted']): Promise<void> {
  const counted = accepted.flatMap(({ submission: { seq, playerId, attempts } }) =>
    attempts.map(({ tournamentId }) => ({ tournamentId, source: sourceOf(seq), playerId })),
  );
  await tx.rows(
    sources({
      tournamentIds: arrayOf(counted.map(({ tournamentId }) => tournamentId)),
      sources: textArray(counted.map(({ source }) => source)),
      playerIds: arrayOf(counted.map(({ playerId }) => playerId)),
    }),
  );
}

const changedEntries = fixed<'attempts' | 'joinedAt' | 'orderKeys' | 'playerIds' | 'reachedSeqs' | 'tournamentIds'>(sql`
  insert into tournament_entries (tournament_id, player_id, joined_at, attempts, order_key, reached_seq)
  select * from unnest(${given('tournamentIds')}::uuid[], ${given('playerIds')}::uuid[],
    ${given('joinedAt')}::timestamptz[], ${given('attempts')}::int[], ${given('orderKeys')}::int8[],
    ${given('reachedSeqs')}::int8[])
  on conflict (tournament_id, player_id) do update
    set attempts = excluded.attempts, order_key = excluded.order_key, reached_seq = excluded.reached_seq`);

async function upsertEntries(tx: Queryable, entries: ChangedTournamentEntry[]): Promise<void> {
  await tx.rows(
    changedEntries({
      tournamentIds: arrayOf(entries.map(({ tournamentId }) => tournamentId)),
      playerIds: arrayOf(entries.map(({ playerId }) => playerId)),
      joinedAt: arrayOf(entries.map(({ joinedAt }) => joinedAt)),
      attempts: arrayOf(entries.map(({ attempts }) => attempts)),
      orderKeys: arrayOf(entries.map(({ orderKey }) => orderKey)),
      reachedSeqs: arrayOf(entries.map(({ reachedSeq }) => reachedSeq)),
    }),
  );
}

const newEntrants = fixed<'added' | 'ids'>(sql`
  update tournaments t set entrants = t.entrants + x.added
  from unnest(${given('ids')}::uuid[], ${given('added')}::int[]) as x(id, added) where t.id = x.id`);

async function countEntries(tx: Queryable, entries: ChangedTournamentEntry[]): Promise<void> {
  const added = new Map<string, number>();
  for (const { tournamentId, isNew } of entries) {
    if (isNew) added.set(tournamentId, (added.get(tournamentId) ?? 0) + 1);
  }
  if (added.size === 0) return;
  await tx.rows(newEntrants({ ids: arrayOf([...added.keys()]), added: arrayOf([...added.values()]) }));
}
