import type { PrizeAmount } from './payoutRule.ts';

export type PrizeState = 'CLAIMED' | 'EXPIRED' | 'PENDING';

/** A prize that a settled tournament awarded to a player. */
export type Prize = PrizeAmount & {
  id: string;
  tournamentId: string;
  playerId: string;
  rank: number;
  awardedAt: Date;
  claimedAt: Date | null;
  /** Null: it can be claimed for ever. */
  expiresAt: Date | null;
  /** When this was read, by the database's clock: the moment that `prizeStateOf` is asked about. */
  readAt: Date;
};

/** The state at a moment. `prizeState` in `db/prizeRow` says the same in SQL. */
export function prizeStateOf({ claimedAt, expiresAt }: Pick<Prize, 'claimedAt' | 'expiresAt'>, now: Date): PrizeState {
  if (claimedAt) return 'CLAIMED';
  return expiresAt && expiresAt <= now ? 'EXPIRED' : 'PENDING';
}

/** How many prizes are in which state. Lapsed are those whose player was deleted before claiming them. */
export type PrizeStatistics = {
  awarded: number;
  claimed: number;
  pending: number;
  expired: number;
  lapsed: number;
  coinsAwarded: number;
  gemsAwarded: number;
  coinsClaimed: number;
  gemsClaimed: number;
};
