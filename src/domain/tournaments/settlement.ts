import { createHash } from 'node:crypto';
import type { EntryValue } from '../leaderboards/standingOrder.ts';

/** A standing that is frozen. `playerId` is null once the player is deleted; `playerHash` stays. */
export type FrozenStanding = EntryValue & {
  rank: number;
  playerId: string | null;
  playerHash: string;
  attempts: number;
};

/** What happened to a tournament that was to be settled. All but SETTLED changed nothing. `awardedTo` are ids of players. */
export type Settlement =
  | { outcome: 'SETTLED'; standings: number; prizes: number; awardedTo: string[]; checksum: string }
  | { outcome: 'CANCELLED' | 'NOT_DUE' | 'NOT_FOUND' | 'SETTLED_BEFORE' };

/** Entries that have a score, in standing order, with ordinal ranks: a tie stands by who reached the score first. */
export function freezeStandings(
  tournamentId: string,
  entries: (EntryValue & { playerId: string; attempts: number })[],
): (FrozenStanding & { playerId: string })[] {
  return entries.map((entry, index) => ({
    ...entry,
    rank: index + 1,
    playerHash: hashPlayer(tournamentId, entry.playerId),
  }));
}

/** Stands for a player in one tournament, and for nobody once the id is forgotten. SHA-256 in hex. */
export function hashPlayer(tournamentId: string, playerId: string): string {
  return createHash('sha256').update(`${tournamentId} ${playerId}`).digest('hex');
}

/** SHA-256 in hex over a line for each standing, in the order of the ranks. Deleting a player does not change it. */
export function checksumOf(standings: Omit<FrozenStanding, 'attempts' | 'playerId'>[]): string {
  const hash = createHash('sha256');
  for (const { rank, playerHash: player, orderKey, reachedSeq } of standings) {
    hash.update(`${rank} ${player} ${orderKey} ${reachedSeq}\n`);
  }
  return hash.digest('hex');
}
