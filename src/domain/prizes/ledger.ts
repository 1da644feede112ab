import type { Prize } from './prize.ts';
import type { PrizeAmount } from './payoutRule.ts';

export type Currency = 'coins' | 'gems';

/** One side of a transfer: what an account received, negative where it gave. */
export type LedgerSide = { account: string; currency: Currency; amount: number };

/** What a player has claimed. */
export type Wallet = PrizeAmount;

/** Gathers what deleted players had received. */
export const DELETED_PLAYERS = 'deleted players';

export const playerAccount = (playerId: string) => `player:${playerId}`;
export const tournamentAccount = (tournamentId: string) => `tournament:${tournamentId}`;

/** What a claimed prize moves, from the tournament to the player. Sums to zero in each currency. */
export function sidesOf({ playerId, tournamentId, coins, gems }: Prize): LedgerSide[] {
  const amounts = [
    { currency: 'coins', amount: coins },
    { currency: 'gems', amount: gems },
  ] as const;
  return amounts
    .filter(({ amount }) => amount > 0)
    .flatMap(({ currency, amount }) => [
      { account: playerAccount(playerId), currency, amount },
      { account: tournamentAccount(tournamentId), currency, amount: -amount },
    ]);
}
