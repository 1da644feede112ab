import { sql } from 'drizzle-orm';
import { DELETED_PLAYERS, playerAccount } from '../../domain/prizes/ledger.ts';
import type { Queryable } from '../open.ts';
import { idsIn } from '../recordset.ts';

/**
 * Takes a player out of all tournaments, for a deletion that holds the player's lock in this transaction. Where it
 * is not settled the entry is removed and others move up. Where it is, no figure changes: a frozen standing stays without its player; an
 * unclaimed prize lapses; what was claimed stays in the ledger and in webhook events under nobody's name. Returns the ids
 * of the tournaments. See docs/decisions/0010-winners-who-leave.md.
 */
export async function forgetTournamentPlayer(tx: Queryable, playerId: string): Promise<string[]> {
  const id = sql`${playerId}::uuid`;
  // By id, as everywhere, and before anything is changed: settlement takes the same lock.
  const entered = await tx.rows<{ id: string }>(sql`
    select t.id from tournaments t
    where t.id = any(array(select e.tournament_id from tournament_entries e where e.player_id = ${id}))
    order by t.id for update`);
  const tournamentIds = entered.map((tournament) => tournament.id);
  await tx.rows(sql`
    update tournaments t set entrants = t.entrants - 1
    where t.id = ${idsIn(tournamentIds)} and t.settled_at is null`);
  await tx.rows(sql`delete from tournament_entries where player_id = ${id}`);
  await tx.rows(sql`delete from tournament_sources where player_id = ${id}`);
  await tx.rows(sql`update tournament_standings set player_id = null where player_id = ${id}`);
  await tx.rows(sql`
    update webhook_events e set data = e.data - 'player'
    where e.type = 'prize.claimed' and e.subject_id = any(array(select p.id from prizes p where p.player_id = ${id}))`);
  await tx.rows(sql`update prizes set player_id = null where player_id = ${id}`);
  await tx.rows(sql`
    update ledger_entries set account = ${DELETED_PLAYERS} where account = ${playerAccount(playerId)}`);
  await tx.rows(sql`delete from wallets where player_id = ${id}`);
  return tournamentIds;
}
