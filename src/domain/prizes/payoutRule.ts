import { SCORE_MAX } from '../leaderboards/standingOrder.ts';

/** What one player is given: whole numbers, not below zero. */
export type PrizeAmount = { coins: number; gems: number };

/** For the ranks from `fromRank` to `toRank`, both included. */
export type RankTier = PrizeAmount & { fromRank: number; toRank: number };

/**
 * For ranks r of n players with `fromPercent` ≤ 100·(r-1)/n < `toPercent`: the share of players ahead. The first has 0
 * of any number, so a range that begins at 0 is never empty, and ranges that join leave nobody out and count nobody
 * twice. Percentages have at most two decimals.
 */
export type PercentPrize = PrizeAmount & { fromPercent: number; toPercent: number };

/**
 * Who is given what. A player gets one prize at most: that of their rank, else that of their percentage, else the one
 * for taking part.
 */
export type PayoutRule = { ranks: RankTier[]; percentPrizes: PercentPrize[]; participation: PrizeAmount | null };

export type Award = PrizeAmount & { playerId: string; rank: number };

const TIERS_MAX = 100;
const HUNDREDTHS = 100;
/** As many entries as the database can count. */
const PLAYERS_MAX = 2 ** 31 - 1;

/** What a tournament pays when nothing else was said. */
export const PRESET: PayoutRule = {
  ranks: [
    { fromRank: 1, toRank: 1, coins: 5_000, gems: 250 },
    { fromRank: 2, toRank: 2, coins: 3_000, gems: 150 },
    { fromRank: 3, toRank: 3, coins: 2_000, gems: 100 },
    { fromRank: 4, toRank: 10, coins: 1_000, gems: 50 },
    { fromRank: 11, toRank: 50, coins: 500, gems: 25 },
  ],
  percentPrizes: [],
  participation: null,
};

/** The prizes of a final order. Ranks are ordinal, so that every tie has been resolved by who was first. */
export function awardPrizes(standings: { playerId: string; rank: number }[], rule: PayoutRule): Award[] {
  return standings.flatMap(({ playerId, rank }) => {
    const amount = prizeAt(rank, standings.length, rule);
    return amount ? [{ playerId, rank, ...amount }] : [];
  });
}

/** What the player at an ordinal rank among `size` players is given. Null: nothing. */
export function prizeAt(rank: number, size: number, rule: PayoutRule): PrizeAmount | null {
  const tier =
    rule.ranks.find(({ fromRank, toRank }) => fromRank <= rank && rank <= toRank) ??
    rule.percentPrizes.find((percent) => liesIn(percent, rank, size)) ??
    rule.participation;
  return tier && { coins: tier.coins, gems: tier.gems };
}

/** In whole hundredths of a percent: whole numbers compare exactly. */
function liesIn({ fromPercent, toPercent }: PercentPrize, rank: number, size: number): boolean {
  const ahead = (rank - 1) * 100 * HUNDREDTHS;
  return hundredths(fromPercent) * size <= ahead && ahead < hundredths(toPercent) * size;
}

const hundredths = (percent: number) => Math.round(percent * HUNDREDTHS);

type Flaw = { field: 'participation' | 'percentPrizes' | 'ranks'; message: string };

/** The first thing that is wrong with a rule for a tournament of this capacity, null when nothing is. */
export function flawOf(rule: PayoutRule, capacity: number | null): Flaw | null {
  const { ranks, percentPrizes, participation } = rule;
  if (ranks.length + percentPrizes.length > TIERS_MAX) {
    return { field: 'ranks', message: `use ${TIERS_MAX} tiers at most` };
  }
  const amounts = [...amountFlaws('ranks', ranks), ...amountFlaws('percentPrizes', percentPrizes)];
  const flaws = [...amounts, ...(participation ? amountFlaws('participation', [participation]) : [])];
  return flaws[0] ?? rankFlaw(ranks) ?? percentFlaw(percentPrizes) ?? sumFlaw(rule, capacity ?? PLAYERS_MAX);
}

function amountFlaws(field: Flaw['field'], amounts: PrizeAmount[]): Flaw[] {
  const isAmount = (value: number) => Number.isSafeInteger(value) && value >= 0;
  return amounts
    .filter(({ coins, gems }) => !isAmount(coins) || !isAmount(gems) || coins + gems === 0)
    .map(() => ({ field, message: 'a prize has whole numbers of coins and gems, none below zero and not both zero' }));
}

function rankFlaw(ranks: RankTier[]): Flaw | null {
  const flaw = (message: string): Flaw => ({ field: 'ranks', message });
  for (const { fromRank, toRank } of ranks) {
    if (!Number.isSafeInteger(fromRank) || !Number.isSafeInteger(toRank) || fromRank < 1 || toRank < fromRank) {
      return flaw('a tier reaches from a rank, counted from 1, to the same or a later one');
    }
  }
  const sorted = ranks.toSorted((a, b) => a.fromRank - b.fromRank);
  const overlap = sorted.find((tier, index) => tier.fromRank <= (sorted[index - 1]?.toRank ?? 0));
  return overlap ? flaw(`rank ${overlap.fromRank} is in two tiers`) : null;
}

function percentFlaw(percentPrizes: PercentPrize[]): Flaw | null {
  const flaw = (message: string): Flaw => ({ field: 'percentPrizes', message });
  for (const { fromPercent, toPercent } of percentPrizes) {
    const isExact = [fromPercent, toPercent].every((value) => hundredths(value) / HUNDREDTHS === value);
    if (!isExact) return flaw('percentages have at most two decimals');
    if (fromPercent < 0 || toPercent <= fromPercent || toPercent > 100) {
      return flaw('a tier reaches from a percentage to a higher one, 0 to 100');
    }
  }
  const sorted = percentPrizes.toSorted((a, b) => a.fromPercent - b.fromPercent);
  const overlap = sorted.find((tier, index) => tier.fromPercent < (sorted[index - 1]?.toPercent ?? 0));
  return overlap ? flaw(`${overlap.fromPercent} % and more is in two tiers`) : null;
}

/** The most that can be paid: every rank of every tier, and the dearest other prize to as many as can enter. */
function sumFlaw({ ranks, percentPrizes, participation }: PayoutRule, players: number): Flaw | null {
  for (const currency of ['coins', 'gems'] as const) {
    const ranked = ranks.map((tier) => BigInt(tier.toRank - tier.fromRank + 1) * BigInt(tier[currency]));
    const others = [...percentPrizes, ...(participation ? [participation] : [])].map((amount) => amount[currency]);
    const sum = ranked.reduce((total, part) => total + part, 0n) + BigInt(Math.max(0, ...others)) * BigInt(players);
    if (sum > BigInt(SCORE_MAX)) return { field: 'ranks', message: `the ${currency} could add up to more than 2^53-1` };
  }
  return null;
}
