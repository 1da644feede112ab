import type { Tournament, WatchedTournament } from '../../src/domain/tournaments/tournament.ts';
import { aTournament } from '../domain/samples.ts';

/** A tournament that opens in an hour and is open for two, whose state the test sets. Reads tell the test's clock. */
export function fakeTournament(given: Partial<Tournament> = {}) {
  const startsAt = new Date(Date.now() + 3_600_000);
  let tournament: Omit<Tournament, 'readAt'> = aTournament({
    graceS: 0,
    id: 'cup',
    startsAt,
    endsAt: new Date(startsAt.getTime() + 7_200_000),
    ...given,
  });
  let entries: WatchedTournament['entries'] = { rowVersion: '1', attempts: 0, lastSeq: null, lastJoinedAt: null };
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
