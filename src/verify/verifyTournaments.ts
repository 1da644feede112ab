import type { Queryable } from '../db/open.ts';
import {
  type AuditedPrize,
  type AuditedTournament,
  readAuditedPrizes,
  readAuditedTournaments,
  readFrozenStandings,
} from '../db/verify/tournamentAudit.ts';
import { type PrizeAmount, prizeAt } from '../domain/prizes/payoutRule.ts';
import { checksumOf, type FrozenStanding, hashPlayer } from '../domain/tournaments/settlement.ts';
import { CHUNK, chunks, FIRST_ID } from '../async/chunks.ts';
import { createCompare, type Difference } from './difference.ts';
import { verifyAttempts } from './verifyAttempts.ts';

/** How many tournaments there are, and what their claimed prizes add up to, by tournament. */
export type VerifiedTournaments = { tournaments: number; claimed: Map<string, PrizeAmount> };

/**
 * Compares, for every tournament, the count of entries with the entries, each entry with the log, the frozen standings
 * with their checksum, and the prizes with the payout rule. Holds one tournament in memory at a time.
 */
export async function verifyTournaments(snapshot: Queryable, differences: Difference[]): Promise<VerifiedTournaments> {
  const verified: VerifiedTournaments = { tournaments: 0, claimed: new Map() };
  const read = (last: AuditedTournament | null) =>
    readAuditedTournaments(snapshot, { id: last?.id ?? FIRST_ID, limit: CHUNK });
  for await (const tournament of chunks(read)) {
    verified.tournaments += 1;
    const { id: tournamentId, entrants, entries } = tournament;
    createCompare({ in: `tournament ${tournamentId}`, what: 'entrants' }, differences)('', `${entrants}`, `${entries}`);
    await verifyAttempts(snapshot, tournament, differences);
    const standings = await Array.fromAsync(
      chunks((last: FrozenStanding | null) =>
        readFrozenStandings(snapshot, { tournamentId, rank: last?.rank ?? 0, limit: CHUNK }),
      ),
    );
    const prizes = await Array.fromAsync(
      chunks((last: AuditedPrize | null) =>
        readAuditedPrizes(snapshot, { tournamentId, rank: last?.rank ?? 0, limit: CHUNK }),
      ),
    );
    compareStandings(tournament, standings, differences);
    comparePrizes(tournament, standings, { prizes, differences });
    const claimed = prizes.filter(({ isClaimed }) => isClaimed);
    if (claimed.length > 0) verified.claimed.set(tournamentId, sumOf(claimed));
  }
  return verified;
}

function compareStandings(tournament: AuditedTournament, standings: FrozenStanding[], differences: Difference[]): void {
  const where = `tournament ${tournament.id}`;
  const checksum = tournament.isSettled || standings.length > 0 ? checksumOf(standings) : null;
  createCompare({ in: where, what: 'checksum' }, differences)('', tournament.checksum, checksum);
  const compare = createCompare({ in: where, what: 'frozen standing' }, differences);
  for (const [index, { rank, playerId, playerHash: hash }] of standings.entries()) {
    const expected = playerId === null ? hash : hashPlayer(tournament.id, playerId);
    compare(`rank ${rank}`, `${rank} ${hash}`, `${index + 1} ${expected}`);
  }
}

function comparePrizes(
  { id, payoutRule }: AuditedTournament,
  standings: FrozenStanding[],
  { prizes, differences }: { prizes: AuditedPrize[]; differences: Difference[] },
): void {
  const compare = createCompare({ in: `tournament ${id}`, what: 'prize' }, differences);
  const byRank = new Map(prizes.map((prize) => [prize.rank, prize]));
  for (const { rank, playerId } of standings) {
    const amount = prizeAt(rank, standings.length, payoutRule);
    const prize = byRank.get(rank);
    byRank.delete(rank);
    compare(`rank ${rank}`, textOf(prize), textOf(amount && { ...amount, playerId }));
  }
  for (const [rank, prize] of byRank) compare(`rank ${rank}`, textOf(prize), null);
}

function textOf(prize: (PrizeAmount & { playerId: string | null }) | null | undefined): string | null {
  return prize ? `${prize.coins} coins and ${prize.gems} gems to ${prize.playerId ?? 'nobody'}` : null;
}

function sumOf(amounts: PrizeAmount[]): PrizeAmount {
  return {
    coins: amounts.reduce((sum, { coins }) => sum + coins, 0),
    gems: amounts.reduce((sum, { gems }) => sum + gems, 0),
  };
}
