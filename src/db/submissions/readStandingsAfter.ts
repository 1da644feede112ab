import { sql } from 'drizzle-orm';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import type { Ranks, Standing } from '../../domain/leaderboards/standing.ts';
import { orderKeyOf } from '../../domain/leaderboards/standingOrder.ts';
import type { EntryAfter, Submission } from '../../domain/submissions/submission.ts';
import { type CountedRanks, storeRanks } from './storeRanks.ts';
import { leaderboardJson } from '../leaderboards/leaderboardColumns.ts';
import { playEnd } from '../leaderboards/playEnd.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';

/** Where a player stood right after a submission. `previousRank` is the ALL_TIME rank before it. */
export type StandingsAfter = { standings: Standing[]; previousRank: number | null };

type PlayDetails = {
  seq: number;
  reachedSeq: number;
  reachedAt: Date;
  metadata: unknown;
  leaderboard: Leaderboard;
  nickname: string;
  country: string | null;
  createdAt: Date;
};

/**
 * The player's standings in every period of the board, one list for each submission. Empty where the player was deleted
 * since. `counted` as for `storeRanks`.
 */
export async function readStandingsAfter(
  database: Queryable,
  asked: { submission: Submission; dense: boolean }[],
  counted?: CountedRanks,
): Promise<StandingsAfter[]> {
  const [ranks, details] = await Promise.all([storeRanks(database, asked, counted), readPlayDetails(database, asked)]);
  return asked.map(({ submission }, index) => {
    const own = ranks[index];
    const standings = submission.entries.flatMap((entry) => {
      const rank = own?.periods.get(entry.periodId);
      const play = details.get(`${submission.seq} ${entry.reachedSeq}`);
      return rank && play ? [standingOf(submission.playerId, { entry, rank, play })] : [];
    });
    return { standings, previousRank: own?.previousRank ?? null };
  });
}

function standingOf(
  playerId: string,
  { entry, rank, play }: { entry: EntryAfter; rank: Ranks & { size: number }; play: PlayDetails },
): Standing {
  const { cadence, periodKey, orderKey, reachedSeq } = entry;
  const { ordinal, competition, dense, size } = rank;
  const { leaderboard, reachedAt, metadata, nickname, country, createdAt } = play;
  return {
    player: { id: playerId, nickname, country, createdAt },
    leaderboard,
    cadence,
    periodKey,
    score: orderKeyOf(orderKey, leaderboard.sortOrder),
    reachedSeq,
    reachedAt,
    metadata,
    ranks: { ordinal, competition, dense },
    size,
  };
}

/** The plays that hold the entries, by the submission that asks and their own number. */
async function readPlayDetails(
  database: Queryable,
  asked: { submission: Submission }[],
): Promise<Map<string, PlayDetails>> {
  const pairs = new Map<string, { seq: number; reachedSeq: number }>();
  for (const { submission } of asked) {
    for (const { reachedSeq } of submission.entries) {
      pairs.set(`${submission.seq} ${reachedSeq}`, { seq: submission.seq, reachedSeq });
    }
  }
  const rows = await database.rows<PlayDetails>(sql`
    select x.seq, x."reachedSeq", ${playEnd} as "reachedAt", s.metadata, ${leaderboardJson} as leaderboard,
      u.nickname, u.country, u.created_at as "createdAt"
    from ${recordset({ seq: 'int8', reachedSeq: 'int8' }, [...pairs.values()])}
    join submissions s on s.seq = x."reachedSeq"
    join leaderboards l on l.id = s.leaderboard_id
    join players u on u.id = s.player_id`);
  return new Map(rows.map((row) => [`${row.seq} ${row.reachedSeq}`, row]));
}
