import type { Context } from '../../context.ts';
import { listPresentEntries, type PresentEntry } from '../../db/players/players.ts';
import type { Standing } from '../../domain/leaderboards/standing.ts';
import { PAGE_SIZE_MAX } from '../../domain/leaderboards/standingsPage.ts';
import { readPage } from './readPage.ts';

/**
 * In the present periods, at most 100 of each player, in the order of the ids. However many players ask together, each
 * period is read once for 100 of them.
 */
export async function playerStandings(
  { playerIds, game, dense }: { playerIds: string[]; game: string | null; dense: boolean },
  ctx: Context,
): Promise<Standing[][]> {
  const entries = await listPresentEntries(ctx.database, { playerIds, game });
  const found = new Map<string, Standing>();
  const readRows = async ({ leaderboardId, cadence }: PresentEntry, ids: string[]) => {
    const range = { kind: 'players' as const, playerIds: ids };
    const { rows } = await readPage({ leaderboardId, cadence, at: null, range, dense }, ctx);
    for (const row of rows) found.set(nameOf({ leaderboardId, cadence, playerId: row.player.id }), row);
  };
  await Promise.all(
    Map.groupBy(entries, periodOf)
      .values()
      .flatMap((period) =>
        slices(period).map((some) =>
          readRows(
            some[0],
            some.map(({ playerId }) => playerId),
          ),
        ),
      )
      .toArray(),
  );
  const byPlayer = Map.groupBy(entries, ({ playerId }) => playerId);
  return playerIds.map((id) => (byPlayer.get(id) ?? []).flatMap((entry) => found.get(nameOf(entry)) ?? []));
}

const periodOf = ({ leaderboardId, cadence }: PresentEntry) => `${leaderboardId} ${cadence}`;
const nameOf = (entry: PresentEntry) => `${periodOf(entry)} ${entry.playerId}`;

/** In parts that a page may hold. */
function slices(entries: PresentEntry[]): [PresentEntry, ...PresentEntry[]][] {
  const parts: [PresentEntry, ...PresentEntry[]][] = [];
  for (let start = 0; start < entries.length; start += PAGE_SIZE_MAX) {
    const [first, ...rest] = entries.slice(start, start + PAGE_SIZE_MAX);
    if (first) parts.push([first, ...rest]);
  }
  return parts;
}
