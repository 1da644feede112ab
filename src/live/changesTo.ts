import { type BoardChange, type BoardState, movesBetween } from '../domain/leaderboards/boardChange.ts';
import type { StandingsPage } from '../domain/leaderboards/standingsPage.ts';

/**
 * What leads to the first `top` rows of a page from the state that a client holds. Without one, or from one of another
 * period, it is a snapshot. Each is worked out once, so all who hold the same state and want as many rows share it.
 */
export function changesTo(page: StandingsPage): (held: BoardState | null, top: number) => BoardChange {
  const shared = new Map<string, BoardChange>();
  return (held, top) => {
    const since = held?.periodKey === page.periodKey ? held : null;
    const key = `${since?.revision} ${top}`;
    const change = shared.get(key) ?? changeTo(page, since, top);
    shared.set(key, change);
    return change;
  };
}

function changeTo(page: StandingsPage, since: BoardState | null, top: number): BoardChange {
  const standings = page.rows.slice(0, top);
  return Object.freeze({
    leaderboard: page.leaderboard,
    cadence: page.cadence,
    periodKey: page.periodKey,
    revision: page.revision,
    at: new Date(),
    snapshot: since === null,
    standings,
    moves: since ? movesBetween(since.rows.slice(0, top), standings) : [],
    totalCount: page.size,
    source: page.source,
  });
}
