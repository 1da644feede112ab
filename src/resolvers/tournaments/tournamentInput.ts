import { z } from 'zod';
import { ValidationError } from '../../domain/errors.ts';
import {
  flawOf,
  PRESET,
  type PercentPrize,
  type PrizeAmount,
  type PayoutRule,
  type RankTier,
} from '../../domain/prizes/payoutRule.ts';
import type { TournamentRules } from '../../domain/tournaments/tournament.ts';
import { metadataRule, nameRule, parseInput } from '../parseInput.ts';

/** What both creation and update take. Left out and null differ only where null lifts a limit. */
export type TournamentInput = {
  name?: string | null | undefined;
  startsAt?: Date | null | undefined;
  endsAt?: Date | null | undefined;
  registrationOpensAt?: Date | null | undefined;
  registrationClosesAt?: Date | null | undefined;
  joinRequired?: boolean | null | undefined;
  capacity?: number | null | undefined;
  maxAttempts?: number | null | undefined;
  minScore?: number | null | undefined;
  prizeTable?: RankTier[] | null | undefined;
  percentPrizes?: PercentPrize[] | null | undefined;
  participationPrize?: PrizeAmount | null | undefined;
  claimExpiresAfterSeconds?: number | null | undefined;
  graceSeconds?: number | null | undefined;
  metadata?: unknown;
};

const WEEK_S = 7 * 24 * 60 * 60;
const TEN_YEARS_S = 10 * 365 * 24 * 60 * 60;
/** PostgreSQL and RFC 3339 agree on every moment between these. */
const momentRule = z
  .date()
  .min(new Date('2000-01-01T00:00:00Z'), 'use a moment from the year 2000 on')
  .max(new Date('9998-12-31T23:59:59.999Z'), 'use a moment before the year 9999')
  .nullish();
const wholeRule = (min: number, max: number) =>
  z.number().min(min, `use ${min} to ${max}`).max(max, `use ${min} to ${max}`).nullish();

const rules = z.object({
  name: nameRule(100).nullish(),
  startsAt: momentRule,
  endsAt: momentRule,
  registrationOpensAt: momentRule,
  registrationClosesAt: momentRule,
  joinRequired: z.boolean().nullish(),
  capacity: wholeRule(1, 1_000_000),
  maxAttempts: wholeRule(1, 1_000_000),
  minScore: z.number().nullish(),
  claimExpiresAfterSeconds: wholeRule(1, TEN_YEARS_S),
  graceSeconds: wholeRule(0, WEEK_S),
  metadata: metadataRule,
});

/** The rules that the input names, each checked by itself. Throws ValidationError. */
export function parseTournament(input: TournamentInput): Partial<TournamentRules> {
  const parsed = parseInput(rules, input);
  const { claimExpiresAfterSeconds, graceSeconds, name, startsAt, endsAt, joinRequired, ...nullable } = parsed;
  const given = {
    ...nullable,
    claimExpiresAfterS: claimExpiresAfterSeconds,
    // Null lifts no limit here: it is as good as left out.
    name: name ?? undefined,
    startsAt: startsAt ?? undefined,
    endsAt: endsAt ?? undefined,
    joinRequired: joinRequired ?? undefined,
    graceS: graceSeconds ?? undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** The payout rule that the input describes, the rest from `before`; the preset where nobody has said anything. */
export function payoutRuleOf(input: TournamentInput, before: PayoutRule | null): PayoutRule {
  const { prizeTable, percentPrizes, participationPrize } = input;
  const saysNothing = prizeTable == null && percentPrizes == null && participationPrize === undefined;
  if (saysNothing) return before ?? PRESET;
  return {
    ranks:
      prizeTable?.map(({ fromRank, toRank, coins, gems }) => ({ fromRank, toRank, coins, gems })) ??
      before?.ranks ??
      [],
    percentPrizes:
      percentPrizes?.map(({ fromPercent, toPercent, coins, gems }) => ({ fromPercent, toPercent, coins, gems })) ??
      before?.percentPrizes ??
      [],
    participation:
      participationPrize === undefined
        ? (before?.participation ?? null)
        : participationPrize && { coins: participationPrize.coins, gems: participationPrize.gems },
  };
}

const FIELDS = { ranks: 'prizeTable', percentPrizes: 'percentPrizes', participation: 'participationPrize' } as const;

/** Throws ValidationError for a payout rule that contradicts itself or could pay more than 2^53−1. */
export function requireSoundPrizes({ payoutRule, capacity }: Pick<TournamentRules, 'capacity' | 'payoutRule'>): void {
  const flaw = flawOf(payoutRule, capacity);
  if (flaw) throw new ValidationError(`input.${FIELDS[flaw.field]}`, flaw.message);
}
