import { sql } from 'drizzle-orm';
import type { ChangedSeat } from '../../domain/submissions/countAttempts.ts';
import type { BatchDecision } from '../../domain/submissions/decideSubmissions.ts';
import { arrayOf, textArray } from '../arrays.ts';
import { fixed, given } from '../fixed.ts';
import type { Queryable } from '../open.ts';

/** What makes a submission count once in a tournament. */
const submissionSource = (seq: number) => `submission ${seq}`;

/** Writes what a batch did in tournaments that it has locked. The statements are sent together. */
export async function writeAttempts(tx: Queryable, { accepted, seats }: BatchDecision): Promise<void> {
  if (seats.length === 0) return;
  await Promise.all([insertSources(tx, accepted), upsertSeats(tx, seats), addEntrants(tx, seats)]);
}

const sources = fixed<'playerIds' | 'sources' | 'tournamentIds'>(sql`
  insert into tournament_sources (tournament_id, source, player_id)
  select * from unnest(${given('tournamentIds')}::uuid[], ${given('sources')}::text[], ${given('playerIds')}::uuid[])`);

async function insertSources(tx: Queryable, accepted: BatchDecision['accepted']): Promise<void> {
  const counted = accepted.flatMap(({ submission: { seq, playerId, attempts } }) =>
    attempts.map(({ tournamentId }) => ({ tournamentId, source: submissionSource(seq), playerId })),
  );
  await tx.rows(
    sources({
      tournamentIds: arrayOf(counted.map(({ tournamentId }) => tournamentId)),
      sources: textArray(counted.map(({ source }) => source)),
      playerIds: arrayOf(counted.map(({ playerId }) => playerId)),
    }),
  );
}

const changedSeats = fixed<'attempts' | 'joinedAt' | 'orderKeys' | 'playerIds' | 'reachedSeqs' | 'tournamentIds'>(sql`
  insert into tournament_entries (tournament_id, player_id, joined_at, attempts, order_key, reached_seq)
  select * from unnest(${given('tournamentIds')}::uuid[], ${given('playerIds')}::uuid[],
    ${given('joinedAt')}::timestamptz[], ${given('attempts')}::int[], ${given('orderKeys')}::int8[],
    ${given('reachedSeqs')}::int8[])
  on conflict (tournament_id, player_id) do update
    set attempts = excluded.attempts, order_key = excluded.order_key, reached_seq = excluded.reached_seq`);

async function upsertSeats(tx: Queryable, seats: ChangedSeat[]): Promise<void> {
  await tx.rows(
    changedSeats({
      tournamentIds: arrayOf(seats.map(({ tournamentId }) => tournamentId)),
      playerIds: arrayOf(seats.map(({ playerId }) => playerId)),
      joinedAt: arrayOf(seats.map(({ joinedAt }) => joinedAt)),
      attempts: arrayOf(seats.map(({ attempts }) => attempts)),
      orderKeys: arrayOf(seats.map(({ orderKey }) => orderKey)),
      reachedSeqs: arrayOf(seats.map(({ reachedSeq }) => reachedSeq)),
    }),
  );
}

const newEntrants = fixed<'added' | 'ids'>(sql`
  update tournaments t set entrants = t.entrants + x.added
  from unnest(${given('ids')}::uuid[], ${given('added')}::int[]) as x(id, added) where t.id = x.id`);

async function addEntrants(tx: Queryable, seats: ChangedSeat[]): Promise<void> {
  const added = new Map<string, number>();
  for (const { tournamentId, isNew } of seats) {
    if (isNew) added.set(tournamentId, (added.get(tournamentId) ?? 0) + 1);
  }
  if (added.size === 0) return;
  await tx.rows(newEntrants({ ids: arrayOf([...added.keys()]), added: arrayOf([...added.values()]) }));
}
