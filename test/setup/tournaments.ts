import { sql } from 'drizzle-orm';
import { insertTournament } from '../../src/db/tournaments/insertTournament.ts';
import { loadTournaments } from '../../src/db/tournaments/loadTournaments.ts';
import type { Database, Queryable } from '../../src/db/open.ts';
import { recordset } from '../../src/db/recordset.ts';
import { PRESET } from '../../src/domain/prizes/payoutRule.ts';
import type { Leaderboard } from '../../src/domain/leaderboards/leaderboard.ts';
import { orderKeyOf } from '../../src/domain/leaderboards/standingOrder.ts';
import type { CreateTournamentInput } from '../generated/graphql.ts';
import { verify } from '../../src/verify/verify.ts';
import type { NewTournament, Tournament } from '../../src/domain/tournaments/tournament.ts';

/** What the front door takes no moments for: a tournament whose end may have passed. */
type Given = Partial<NewTournament & Pick<Tournament, 'cancelledAt' | 'endedAt' | 'settledAt'>>;

export const secondsFromNow = (seconds: number) => new Date(Date.now() + seconds * 1_000);

let made = 0;

/** What `createTournament` takes: open for ten minutes on the board of `createBoard`, with a name of its own. */
export function tournamentInput(given: Partial<CreateTournamentInput> = {}): CreateTournamentInput {
  made += 1;
  return {
    game: 'g',
    leaderboard: 'scores',
    name: `Cup ${made}`,
    startsAt: secondsFromNow(-60).toISOString(),
    endsAt: secondsFromNow(600).toISOString(),
    ...given,
  };
}

/** A tournament of this board that is open for an hour, or whatever is given. */
export async function makeTournament(
  database: Queryable,
  board: Pick<Leaderboard, 'gameId' | 'id'>,
  given: Given = {},
): Promise<Tournament> {
  made += 1;
  const created = await insertTournament(database, {
    gameId: board.gameId,
    leaderboardId: board.id,
    seriesId: null,
    name: `Cup ${made}`,
    startsAt: secondsFromNow(-3_600),
    endsAt: secondsFromNow(3_600),
    registrationOpensAt: null,
    registrationClosesAt: null,
    joinRequired: true,
    capacity: null,
    maxAttempts: null,
    minScore: null,
    payoutRule: PRESET,
    claimExpiresAfterS: null,
    graceS: 0,
    metadata: null,
    ...given,
  });
  if (!created) throw new Error('the tournament was not made');
  const moment = (date: Date | null | undefined) => sql`${date?.toISOString() ?? null}::timestamptz`;
  await database.rows(sql`
    update tournaments set ended_at = ${moment(given.endedAt)}, cancelled_at = ${moment(given.cancelledAt)},
      settled_at = ${moment(given.settledAt)} where id = ${created.id}::uuid`);
  return reload(database, created);
}

export async function reload(database: Queryable, { id }: Pick<Tournament, 'id'>): Promise<Tournament> {
  const [tournament] = await loadTournaments(database, [id]);
  if (!tournament) throw new Error('the tournament is gone');
  return tournament;
}

/** Moves the end of an open tournament into the past, where no request can move it. */
export async function passEnd(database: Queryable, { id }: Pick<Tournament, 'id'>): Promise<void> {
  await database.rows(sql`
    update tournaments set starts_at = clock_timestamp() - interval '2 hours',
      ends_at = clock_timestamp() - interval '1 second', grace_s = 0 where id = ${id}::uuid`);
}

/** Plays that count: in the log, in their order, and as each player's entry. One play a player. */
export async function enterWithScores(
  database: Queryable,
  tournament: Pick<Tournament, 'id' | 'leaderboardId'>,
  plays: { playerId: string; score: number }[],
): Promise<{ playerId: string; score: number; reachedSeq: number }[]> {
  const rows = await database.rows<{ playerId: string; score: number; reachedSeq: number }>(sql`
    insert into submissions as s
      (player_id, leaderboard_id, score, idempotency_key, payload_hash, submitted_at, outcome, effect)
    select x."playerId", ${tournament.leaderboardId}::uuid, x.score, gen_random_uuid()::text, '', clock_timestamp(),
      'IMPROVED', '{"previous":null,"entries":[]}'
    from ${recordset(
      { n: 'int', playerId: 'uuid', score: 'int8' },
      plays.map((play, n) => ({ n, ...play })),
    )} order by x.n
    returning s.player_id as "playerId", s.score, s.seq as "reachedSeq"`);
  const [board] = await database.rows<{ sortOrder: Leaderboard['sortOrder'] }>(
    sql`select sort_order as "sortOrder" from leaderboards where id = ${tournament.leaderboardId}::uuid`,
  );
  const entries = rows.map((row) => ({
    playerId: row.playerId,
    reachedSeq: row.reachedSeq,
    orderKey: orderKeyOf(row.score, board?.sortOrder ?? 'DESCENDING'),
  }));
  await database.rows(sql`
    insert into tournament_entries (tournament_id, player_id, joined_at, attempts, order_key, reached_seq)
    select ${tournament.id}::uuid, x."playerId", clock_timestamp(), 1, x."orderKey", x."reachedSeq"
    from ${recordset({ playerId: 'uuid', orderKey: 'int8', reachedSeq: 'int8' }, entries)}`);
  await database.rows(sql`
    insert into tournament_sources (tournament_id, source, player_id)
    select ${tournament.id}::uuid, 'submission ' || x."reachedSeq", x."playerId"
    from ${recordset({ playerId: 'uuid', reachedSeq: 'int8' }, entries)}`);
  await database.rows(
    sql`update tournaments set entrants = entrants + ${rows.length}::int where id = ${tournament.id}::uuid`,
  );
  return rows;
}

export type FrozenRow = { rank: number; playerId: string | null; orderKey: number; reachedSeq: number };
export type PrizeRow = { rank: number; playerId: string | null; coins: number; gems: number; awardedAt: Date };

export async function frozenRows(database: Queryable, { id }: Pick<Tournament, 'id'>): Promise<FrozenRow[]> {
  return database.rows<FrozenRow>(sql`
    select rank, player_id as "playerId", order_key as "orderKey", reached_seq as "reachedSeq"
    from tournament_standings where tournament_id = ${id}::uuid order by rank`);
}

export async function prizeRows(database: Queryable, { id }: Pick<Tournament, 'id'>): Promise<PrizeRow[]> {
  return database.rows<PrizeRow>(sql`
    select rank, player_id as "playerId", coins, gems, awarded_at as "awardedAt"
    from prizes where tournament_id = ${id}::uuid order by rank`);
}

/** Throws what `verify` finds wrong with tournaments and the ledger. Boards are left out: plays here are of none. */
export async function requireConsistent(database: Database): Promise<void> {
  const { differences } = await verify(database);
  const found = differences.filter(({ in: where }) => !where.startsWith('leaderboard'));
  if (found.length > 0) throw new Error(`verify finds ${JSON.stringify(found)}`);
}

/** Throws all that `verify` finds wrong. */
export async function requireVerified(database: Database): Promise<void> {
  const { differences } = await verify(database);
  if (differences.length > 0) throw new Error(`verify finds ${JSON.stringify(differences.slice(0, 5))}`);
}
