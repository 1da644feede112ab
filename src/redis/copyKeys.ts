import { type PeriodRef, periodName } from '../domain/leaderboards/periodChange.ts';

/**
 * The keys of the copy of one period. All carry the same hash tag, so that Redis Cluster keeps them on one node and one
 * script can change them together.
 */
export type CopyKeys = {
  /** A hash: `revision`, and how many members the other keys have, so that a part that was lost is noticed. */
  meta: string;
  /** A sorted set: order key → `hex(reachedSeq):playerId`. Redis orders equal keys by member, which is by who came first. */
  ranks: string;
  /** A hash: player id → `hex(reachedSeq) revision orderKey`. */
  members: string;
  /** A sorted set of the different order keys, for dense ranks. */
  scores: string;
};

/** A copy that nobody has written to for this long is dropped, and made anew when it is asked for. */
export const COPY_LIFETIME_S = 8 * 24 * 3_600;

export function copyKeys(period: PeriodRef): CopyKeys {
  return keysUnder(tagOf(period));
}

/** The copy that a rebuild is making, under a name of its own until it takes the other's place. */
export function nextCopyKeys(period: PeriodRef, token: string): CopyKeys {
  return keysUnder(`${tagOf(period)}:next:${token}`);
}

/** A hash: fromRevision → a change that came before its predecessor, or while a rebuild is being made. */
export const pendingKey = (period: PeriodRef) => `${tagOf(period)}:pending`;

/** The token of whoever is making a rebuild. */
export const rebuildKey = (period: PeriodRef) => `${tagOf(period)}:rebuild`;

const tagOf = (period: PeriodRef) => `laurel:{${periodName(period)}}`;

function keysUnder(prefix: string): CopyKeys {
  return {
    meta: `${prefix}:meta`,
    ranks: `${prefix}:ranks`,
    members: `${prefix}:members`,
    scores: `${prefix}:scores`,
  };
}

export const listOf = ({ meta, ranks, members, scores }: CopyKeys) => [meta, ranks, members, scores];

/** Fixed in width, so that the order of texts is the order of numbers. 14 digits hold 2^53. */
export const hexSeq = (seq: number) => seq.toString(16).padStart(14, '0');
