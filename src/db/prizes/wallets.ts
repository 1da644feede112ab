import { sql } from 'drizzle-orm';
import type { Wallet } from '../../domain/prizes/ledger.ts';
import type { Queryable } from '../open.ts';

/** What the player has claimed so far; nothing for whoever has claimed nothing. */
export async function readWallet(database: Queryable, playerId: string): Promise<Wallet> {
  const [row] = await database.rows<Wallet>(
    sql`select w.coins, w.gems from wallets w where w.player_id = ${playerId}::uuid`,
  );
  return row ?? { coins: 0, gems: 0 };
}
