import type { Tournament, WatchedTournament } from '../../src/domain/tournaments/tournament.ts';

/** A tournament that opens in an hour and is open for two, whose state the test sets. Reads tell the test's clock. */
export function fakeTournament(given: Partial<Tournament> = {}) {
  const startsAt = new Date(Date.now() + 3_600_000);
  let tournament: Omit<Tournament, 'readAt'> = {
    id: 'cup',
    gameId: 'game',
    leaderboardId: 'board',
    seriesId: null,
    name: 'Cup',
    startsAt,
    endsAt: new Date(startsAt.getTime() + 7_200_000),
    registrationOpensAt: null,
    registrationClosesAt: null,
    joinRequired: false,
    capacity: null,
    maxAttempts: null,
    minScore: null,
    prizeTable: { ranks: [], percents: [], participation: null },
    claimExpiresAfterS: null,
    graceS: 0,
    metadata: null,
    entrants: 0,
    endedAt: null,
    cancelledAt: null,
    settledAt: null,
    checksum: null,
    ...given,
  };
  let entries: WatchedTournament['entries'] = { attempts: 0, lastSeq: null, lastJoinedAt: null };
  let gate: PromiseWithResolvers<void> | null = null;
  const fake = {
    /** When it was read, in milliseconds of the test's clock. */
    reads: [] as number[],
    isBroken: false,
    /** How far the database's clock is ahead of the process's. */
    clockAheadMs: 0,
    set(changes: Partial<Tournament>) {
      tournament = { ...tournament, ...changes };
    },
    setEntries(changes: Partial<WatchedTournament['entries']>) {
      entries = { ...entries, ...changes };
    },
    /** Reads that begin from here on hold the state of their beginning, and end with `release`. */
    hold() {
      gate = Promise.withResolvers();
    },
    release() {
      gate?.resolve();
      gate = null;
    },
  };
  const read = async (): Promise<WatchedTournament> => {
    fake.reads.push(performance.now());
    const found = { tournament: { ...tournament, readAt: new Date(Date.now() + fake.clockAheadMs) }, entries };
    await gate?.promise;
    if (fake.isBroken) throw new Error('the database is away');
    return found;
  };
  return Object.assign(fake, { read });
}
