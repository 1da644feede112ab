import { sql } from 'drizzle-orm';
import type { ChangedTournamentEntry } from '../../domain/submissions/attemptCounter.ts';
import type { BatchDecision } from '../../domain/submissions/decideSubmissions.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';

/** What makes a submission count once in a tournament. */
const submissionSource = (seq: number) => `submission ${seq}`;

/** Writes what a batch did in tournaments that it has locked. The statements are sent together. */
export async function writeAttempts(
  tx: Queryable,
  { accepted, tournamentEntries: entries }: BatchDecision,
): Promise<void> {
  if (entries.length === 0) return;
  await Promise.all([insertSources(tx, accepted), upsertEntries(tx, entries), countEntries(tx, entries)]);
}

async function insertSources(tx: Queryable, accepted: BatchDecision['accepted']): Promise<void> {
  const sources = accepted.flatMap(({ submission: { seq, playerId, attempts } }) =>
    attempts.map(({ tournamentId }) => ({ tournamentId, source: submissionSource(seq), playerId })),
  );
  await tx.rows(sql`
    insert into tournament_sources (tournament_id, source, player_id)
    select x."tournamentId", x.source, x."playerId"
    from ${recordset({ tournamentId: 'uuid', source: 'text', playerId: 'uuid' }, sources)}`);
}

async function upsertEntries(tx: Queryable, entries: ChangedTournamentEntry[]): Promise<void> {
  await tx.rows(sql`
    insert into tournament_entries (tournament_id, player_id, joined_at, attempts, order_key, reached_seq)
    select x."tournamentId", x."playerId", x."joinedAt", x.attempts, x."orderKey", x."reachedSeq"
    from ${recordset(
      {
        tournamentId: 'uuid',
        playerId: 'uuid',
        joinedAt: 'timestamptz',
        attempts: 'int',
        orderKey: 'int8',
        reachedSeq: 'int8',
      },
      entries,
    )}
    on conflict (tournament_id, player_id) do update
      set attempts = excluded.attempts, order_key = excluded.order_key, reached_seq = excluded.reached_seq`);
}

async function countEntries(tx: Queryable, entries: ChangedTournamentEntry[]): Promise<void> {
  const added = new Map<string, number>();
  for (const { tournamentId, isNew } of entries) {
    if (isNew) added.set(tournamentId, (added.get(tournamentId) ?? 0) + 1);
  }
  if (added.size === 0) return;
  await tx.rows(sql`
    update tournaments t set entrants = t.entrants + x.added
    from ${recordset(
      { id: 'uuid', added: 'int' },
      Array.from(added, ([id, count]) => ({ id, added: count })),
    )} where t.id = x.id`);
}
