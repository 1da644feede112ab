import { sql } from 'drizzle-orm';
import type { LedgerSide } from '../../domain/prizes/ledger.ts';
import type { PrizeAmount, PayoutRule } from '../../domain/prizes/payoutRule.ts';
import type { FrozenStanding } from '../../domain/tournaments/settlement.ts';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import { leaderboardJson } from '../leaderboards/leaderboardColumns.ts';
import type { Queryable } from '../open.ts';
import { seqOf } from '../submissions/submissionSource.ts';

/**
 * A tournament as far as its results depend on it. `entries` is how many entries there really are, with those whose player
 * left after settlement: who left without a score has left no row, and may have been any of the players who were deleted since.
 */
export type AuditedTournament = {
  id: string;
  entrants: number;
  entries: number;
  payoutRule: PayoutRule;
  isSettled: boolean;
  checksum: string | null;
  /** The rule that it follows. */
  board: Leaderboard;
};
/** A submission that counted in a tournament. `source` is its key there. */
export type CountedPlay = { source: string; playerId: string; seq: number; score: number };
export type AuditedEntry = { playerId: string; attempts: number; orderKey: number | null; reachedSeq: number | null };
export type AuditedPrize = PrizeAmount & { rank: number; playerId: string | null; isClaimed: boolean };
export type AuditedSide = LedgerSide & { id: number; transactionId: string };
export type AuditedWallet = PrizeAmount & { playerId: string };

/** Tournaments after one, by id. */
export async function readAuditedTournaments(
  snapshot: Queryable,
  { id, limit }: { id: string; limit: number },
): Promise<AuditedTournament[]> {
  return snapshot.rows<AuditedTournament>(sql`
    select t.id, t.entrants, greatest(n.stored, least(t.entrants, n.stored + n.deleted))::int as entries,
      t.payout_rule as "payoutRule", t.settled_at is not null as "isSettled", t.checksum,
      ${leaderboardJson} as board
    from tournaments t join leaderboards l on l.id = t.leaderboard_id cross join lateral (
      select
        (select count(*) from tournament_entries e where e.tournament_id = t.id) +
        (select count(*) from tournament_standings s where s.tournament_id = t.id and s.player_id is null) as stored,
        (select count(*) from players p where p.deleted_at > t.settled_at) as deleted
    ) n where t.id > ${id}::uuid order by t.id limit ${limit}::int`);
}

/** The submissions that counted in a tournament, after one, by source. */
export async function readCountedPlays(
  snapshot: Queryable,
  { tournamentId, source, limit }: { tournamentId: string; source: string; limit: number },
): Promise<CountedPlay[]> {
  return snapshot.rows<CountedPlay>(sql`
    select o.source, o.player_id as "playerId", s.seq, s.score from tournament_sources o
    join submissions s on s.seq = ${seqOf(sql`o.source`)}
    where o.tournament_id = ${tournamentId}::uuid and o.source > ${source} order by o.source limit ${limit}::int`);
}

/** The entries of a tournament after a player, by player. */
export async function readAuditedEntries(
  snapshot: Queryable,
  { tournamentId, playerId, limit }: { tournamentId: string; playerId: string; limit: number },
): Promise<AuditedEntry[]> {
  return snapshot.rows<AuditedEntry>(sql`
    select e.player_id as "playerId", e.attempts, e.order_key as "orderKey", e.reached_seq as "reachedSeq"
    from tournament_entries e where e.tournament_id = ${tournamentId}::uuid and e.player_id > ${playerId}::uuid
    order by e.player_id limit ${limit}::int`);
}

/** Frozen standings after a rank, by rank. */
export async function readFrozenStandings(
  snapshot: Queryable,
  { tournamentId, rank, limit }: { tournamentId: string; rank: number; limit: number },
): Promise<FrozenStanding[]> {
  return snapshot.rows<FrozenStanding>(sql`
    select s.rank, s.player_id as "playerId", s.player_hash as "playerHash", s.order_key as "orderKey",
      s.reached_seq as "reachedSeq", s.attempts
    from tournament_standings s where s.tournament_id = ${tournamentId}::uuid and s.rank > ${rank}::int
    order by s.rank limit ${limit}::int`);
}

/** A tournament's prizes after a rank, by rank. */
export async function readAuditedPrizes(
  snapshot: Queryable,
  { tournamentId, rank, limit }: { tournamentId: string; rank: number; limit: number },
): Promise<AuditedPrize[]> {
  return snapshot.rows<AuditedPrize>(sql`
    select p.rank, p.player_id as "playerId", p.coins, p.gems, p.claimed_at is not null as "isClaimed"
    from prizes p where p.tournament_id = ${tournamentId}::uuid and p.rank > ${rank}::int
    order by p.rank limit ${limit}::int`);
}

/** The ledger after a row. */
export async function readLedger(
  snapshot: Queryable,
  { id, limit }: { id: number; limit: number },
): Promise<AuditedSide[]> {
  return snapshot.rows<AuditedSide>(sql`
    select l.id, l.transaction_id as "transactionId", l.account, l.currency, l.amount
    from ledger_entries l where l.id > ${id}::int8 order by l.id limit ${limit}::int`);
}

/** Wallets after a player, by player id. */
export async function readWallets(
  snapshot: Queryable,
  { playerId, limit }: { playerId: string; limit: number },
): Promise<AuditedWallet[]> {
  return snapshot.rows<AuditedWallet>(sql`
    select w.player_id as "playerId", w.coins, w.gems
    from wallets w where w.player_id > ${playerId}::uuid order by w.player_id limit ${limit}::int`);
}
