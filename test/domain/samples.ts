import type { Player } from '../../src/domain/players/player.ts';
import type { Leaderboard } from '../../src/domain/leaderboards/leaderboard.ts';
import type { Standing } from '../../src/domain/leaderboards/standing.ts';
import { PRESET } from '../../src/domain/prizes/payoutRule.ts';
import type { Tournament } from '../../src/domain/tournaments/tournament.ts';

const EPOCH = new Date(0);

export function aBoard(given: Partial<Leaderboard> = {}): Leaderboard {
  return {
    id: 'board',
    gameId: 'game',
    slug: 'sky-race',
    name: 'Sky race',
    sortOrder: 'DESCENDING',
    operator: 'BEST',
    cadences: ['ALL_TIME'],
    minScore: null,
    maxScore: null,
    graceS: 0,
    ...given,
  };
}

export function aPlayer(id: string): Player {
  return { id, nickname: id, country: null, createdAt: EPOCH };
}

/** The standings of a descending board without ties, from the scores of its players in standing order. */
export function standingsOf(scores: Record<string, number>): Standing[] {
  return Object.entries(scores).map(([id, score], index, { length: size }) => ({
    player: aPlayer(id),
    leaderboard: aBoard(),
    cadence: 'ALL_TIME',
    periodKey: 'ALL',
    score,
    reachedSeq: index + 1,
    reachedAt: EPOCH,
    metadata: null,
    ranks: { ordinal: index + 1, competition: index + 1, dense: index + 1 },
    size,
  }));
}

/** A moment, in milliseconds after the epoch. */
export const at = (ms: number) => new Date(ms);

export function aTournament(given: Partial<Tournament> = {}): Tournament {
  return {
    id: 'tournament',
    gameId: 'game',
    leaderboardId: 'board',
    seriesId: null,
    name: 'Cup',
    startsAt: at(0),
    endsAt: at(1),
    registrationOpensAt: null,
    registrationClosesAt: null,
    joinRequired: false,
    capacity: null,
    maxAttempts: null,
    minScore: null,
    payoutRule: PRESET,
    claimExpiresAfterS: null,
    graceS: 60,
    metadata: null,
    entrants: 0,
    endedAt: null,
    cancelledAt: null,
    settledAt: null,
    checksum: null,
    readAt: at(0),
    ...given,
  };
}
