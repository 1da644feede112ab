import { retryBusy } from '../db/retryBusy.ts';
import { isOutage } from '../db/databaseErrors.ts';
import { describeError, type Log } from '../log.ts';
import { listDueTournaments } from '../db/tournaments/listDueTournaments.ts';
import { makeSeriesTournaments } from '../db/tournaments/makeSeriesTournaments.ts';
import type { Database } from '../db/open.ts';
import { settleTournament } from '../db/tournaments/settleTournament.ts';
import { listDueSeries } from '../db/tournaments/tournamentSeries.ts';
import type { TournamentNews } from '../live/tournamentNews.ts';
import { repeat, type StopRepeating } from '../async/repeat.ts';

/** What comes due is done within about this. */
const TICK_MS = 1_000;

/**
 * Makes the next tournaments of series, and settles what is due in the order of the ends. The database says what is due, so
 * a server that was down catches up at its first round; and it lets each thing happen once, whichever processes look.
 */
export function runTournaments(options: {
  database: Database;
  news: TournamentNews;
  log: Pick<Log, 'info' | 'warn'>;
}): StopRepeating {
  const { database, news, log } = options;
  let isStopping = false;
  const workOnEach = async (ids: string[], what: string, work: (id: string) => Promise<unknown>) => {
    for (const id of ids) {
      if (isStopping) return;
      try {
        await work(id);
      } catch (error) {
        // One that cannot be done does not hold up the others. It stays due, and the next round tries again.
        if (isOutage(error)) throw error;
        log.warn({ id, error: describeError(error) }, `${what} failed`);
      }
    }
  };
  const makeAll = async (id: string) => {
    while (!isStopping && (await makeSeriesTournaments(database, id)) > 0);
  };
  const settle = async (id: string) => {
    const settlement = await retryBusy(() => settleTournament(database, id));
    if (settlement.outcome !== 'SETTLED') return;
    const { standings, prizes, awardedTo } = settlement;
    log.info({ id, standings, prizes }, 'settled a tournament');
    news.changed(id);
    news.awarded(awardedTo);
  };
  const runRound = async () => {
    // First, so that what a series missed is settled in the same round.
    await workOnEach(await listDueSeries(database), 'making the tournaments of a series', makeAll);
    await workOnEach(await listDueTournaments(database), 'settling a tournament', settle);
  };
  const stop = repeat(runRound, {
    everyMs: TICK_MS,
    failed: (error) => log.warn({ error: describeError(error) }, 'looking after tournaments failed'),
  });
  return async () => {
    isStopping = true;
    await stop();
  };
}
