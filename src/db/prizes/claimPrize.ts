import { sql } from 'drizzle-orm';
import { NotFoundError } from '../../domain/errors.ts';
import { sidesOf } from '../../domain/prizes/ledger.ts';
import { type Prize, prizeStateOf } from '../../domain/prizes/prize.ts';
import { PrizeExpiredError } from '../../domain/tournaments/tournamentErrors.ts';
import { claimWebhookEvent } from '../../domain/webhooks/webhook.ts';
import { retryBusy } from '../retryBusy.ts';
import { lockPlayer } from '../lockPlayer.ts';
import { insertWebhookEvents } from '../webhooks/insertWebhookEvents.ts';
import type { Database, Queryable } from '../open.ts';
import { prizeColumnsAt } from './prizeRow.ts';
import { findPrize } from './prizes.ts';
import { recordset } from '../recordset.ts';

export type Claim = { prizeId: string; playerId: string };

/** What is being claimed by this process. */
const underWay = new WeakMap<Database, Map<string, Promise<Prize>>>();

/**
 * Moves a player's own prize to the player's wallet, once; whoever claims again is given the claimed prize. Throws
 * NotFoundError for what is not the player's, and PrizeExpiredError by the database's clock. May be retried.
 *
 * All claims of a player take turns under the player's lock, which also holds off a deletion. A crowd of retries in one process
 * is one claim.
 */
export async function claimPrize(database: Database, claim: Claim): Promise<Prize> {
  const claims = underWay.get(database) ?? new Map<string, Promise<Prize>>();
  underWay.set(database, claims);
  const name = `${claim.prizeId} ${claim.playerId}`;
  const claiming = claims.get(name) ?? claimOnce(database, claim).finally(() => claims.delete(name));
  claims.set(name, claiming);
  return claiming;
}

async function claimOnce(database: Database, claim: Claim): Promise<Prize> {
  return retryBusy(async () => {
    const seen = requireOwn(await findPrize(database, claim.prizeId), claim);
    // Claimed is for ever, so that a crowd of retries need not queue for the lock.
    return seen.claimedAt ? seen : database.transaction((tx) => claimAlone(tx, claim));
  });
}

async function claimAlone(tx: Queryable, claim: Claim): Promise<Prize> {
  await lockPlayer(tx, claim.playerId);
  const [claimed] = await tx.rows<Prize & { gameId: string }>(sql`
    update prizes p set claimed_at = date_trunc('milliseconds', clock_timestamp())
    from tournaments t
    where p.id = ${claim.prizeId}::uuid and p.player_id = ${claim.playerId}::uuid and p.claimed_at is null
      and t.id = p.tournament_id
      and (p.expires_at is null or p.expires_at > date_trunc('milliseconds', clock_timestamp()))
    returning ${prizeColumnsAt(sql`clock_timestamp()`)}, t.game_id as "gameId"`);
  if (claimed) await grant(tx, claimed);
  return claimed ?? requireUnexpired(requireOwn(await findPrize(tx, claim.prizeId), claim));
}

function requireOwn(prize: Prize | null, { playerId }: Claim): Prize {
  if (prize?.playerId !== playerId) throw new NotFoundError('You have no such prize.');
  return prize;
}

/** The prize as somebody faster has claimed it. Throws PrizeExpiredError where the claim came too late. */
function requireUnexpired(prize: Prize): Prize {
  if (prizeStateOf(prize, prize.readAt) === 'EXPIRED' && prize.expiresAt) throw new PrizeExpiredError(prize.expiresAt);
  return prize;
}

async function grant(tx: Queryable, prize: Prize & { gameId: string }): Promise<void> {
  await Promise.all([
    tx.rows(sql`
      insert into ledger_entries (transaction_id, account, currency, amount)
      select ${prize.id}::uuid, x.account, x.currency, x.amount
      from ${recordset({ account: 'text', currency: 'text', amount: 'int8' }, sidesOf(prize))}`),
    tx.rows(sql`
      insert into wallets as w (player_id, coins, gems)
      values (${prize.playerId}::uuid, ${prize.coins}::int8, ${prize.gems}::int8)
      on conflict (player_id) do update set coins = w.coins + excluded.coins, gems = w.gems + excluded.gems`),
    insertWebhookEvents(tx, [claimWebhookEvent(prize, prize.gameId)]),
  ]);
}
