import { sql } from 'drizzle-orm';
import { type Award, awardPrizes } from '../../domain/prizes/payoutRule.ts';
import {
  checksumOf,
  type FrozenStanding,
  freezeStandings,
  type Settlement,
} from '../../domain/tournaments/settlement.ts';
import type { EntryValue } from '../../domain/leaderboards/standingOrder.ts';
import { isDue, type Tournament } from '../../domain/tournaments/tournament.ts';
import { tournamentWebhookEvent } from '../../domain/webhooks/webhook.ts';
import { lockTournament } from './lockTournament.ts';
import { insertWebhookEvents } from '../webhooks/insertWebhookEvents.ts';
import type { Database, Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';

/** Rows a statement: a few hundred milliseconds of work, well within its deadline. */
const CHUNK = 5_000;

/**
 * Freezes the standings of a tournament whose end and grace period have passed by the database's clock, and awards its
 * prizes: in one transaction, once. Repeated, or run by two processes at once, it changes nothing and says so.
 */
export async function settleTournament(database: Database, id: string): Promise<Settlement> {
  return database.transaction(async (tx) => {
    const tournament = await lockTournament(tx, id);
    if (!tournament) return { outcome: 'NOT_FOUND' };
    if (tournament.cancelledAt) return { outcome: 'CANCELLED' };
    if (tournament.settledAt) return { outcome: 'SETTLED_BEFORE' };
    if (!isDue(tournament, tournament.readAt)) return { outcome: 'NOT_DUE' };
    return settle(tx, tournament);
  });
}

async function settle(tx: Queryable, tournament: Tournament): Promise<Settlement> {
  const standings = freezeStandings(tournament.id, await readEntries(tx, tournament.id));
  const awards = awardPrizes(standings, tournament.payoutRule);
  const checksum = checksumOf(standings);
  for (const part of chunks(standings)) await insertStandings(tx, tournament.id, part);
  for (const part of chunks(awards)) await insertPrizes(tx, tournament, part);
  await tx.rows(sql`
    update tournaments set settled_at = ${tournament.readAt.toISOString()}::timestamptz, checksum = ${checksum}
    where id = ${tournament.id}::uuid`);
  // Nobody may have looked between its start and now: an event that is there stays as it is.
  await insertWebhookEvents(tx, [
    tournamentWebhookEvent('tournament.started', tournament),
    tournamentWebhookEvent('tournament.ended', tournament),
    tournamentWebhookEvent('tournament.settled', tournament, {
      standings: standings.length,
      prizes: awards.length,
      checksum,
    }),
  ]);
  const awardedTo = awards.map(({ playerId }) => playerId);
  return { outcome: 'SETTLED', standings: standings.length, prizes: awards.length, awardedTo, checksum };
}

type ScoredEntry = EntryValue & { playerId: string; attempts: number };

async function readEntries(tx: Queryable, tournamentId: string): Promise<ScoredEntry[]> {
  const entries: ScoredEntry[] = [];
  for (;;) {
    const last = entries.at(-1);
    const after = last
      ? sql`and (e.order_key, e.reached_seq) > (${last.orderKey}::int8, ${last.reachedSeq}::int8)`
      : sql``;
    const rows = await tx.rows<ScoredEntry>(sql`
      select e.player_id as "playerId", e.attempts, e.order_key as "orderKey", e.reached_seq as "reachedSeq"
      from tournament_entries e where e.tournament_id = ${tournamentId}::uuid and e.order_key is not null ${after}
      order by e.order_key, e.reached_seq limit ${CHUNK}::int`);
    entries.push(...rows);
    if (rows.length < CHUNK) return entries;
  }
}

async function insertStandings(tx: Queryable, tournamentId: string, standings: FrozenStanding[]): Promise<void> {
  const columns = {
    rank: 'int',
    playerId: 'uuid',
    playerHash: 'text',
    orderKey: 'int8',
    reachedSeq: 'int8',
    attempts: 'int',
  };
  await tx.rows(sql`
    insert into tournament_standings (tournament_id, rank, player_id, player_hash, order_key, reached_seq, attempts)
    select ${tournamentId}::uuid, x.rank, x."playerId", x."playerHash", x."orderKey", x."reachedSeq", x.attempts
    from ${recordset(columns, standings)}`);
}

async function insertPrizes(tx: Queryable, tournament: Tournament, awards: Award[]): Promise<void> {
  await tx.rows(sql`
    insert into prizes (tournament_id, player_id, rank, coins, gems, awarded_at, expires_at)
    select ${tournament.id}::uuid, x."playerId", x.rank, x.coins, x.gems, s.at,
      s.at + make_interval(secs => ${tournament.claimExpiresAfterS}::int)
    from ${recordset({ playerId: 'uuid', rank: 'int', coins: 'int8', gems: 'int8' }, awards)},
      (values (${tournament.readAt.toISOString()}::timestamptz)) as s (at)
    on conflict do nothing`);
}

function chunks<Row>(rows: Row[]): Row[][] {
  const count = Math.ceil(rows.length / CHUNK);
  return Array.from({ length: count }, (_, index) => rows.slice(index * CHUNK, (index + 1) * CHUNK));
}
