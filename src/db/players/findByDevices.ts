import { sql } from 'drizzle-orm';
import { nicknameOf } from '../../domain/players/player.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';

/** A name that a player may have: the id, or null for what can be none, and the hash of it as a device id. */
export type PlayerName = { id: string | null; deviceHash: Uint8Array };

/** The ids of the players who are there, in the order of the names; null for nobody. */
export async function findByDevices(database: Queryable, names: PlayerName[]): Promise<(string | null)[]> {
  const rows = await database.rows<{ id: string | null }>(sql`
    select coalesce(
      (select p.id from players p where p.id = x.id and p.deleted_at is null),
      (select p.id from players p where p.device_hash = decode(x.hash, 'hex'))) as id
    from ${recordset(
      { ord: 'int', id: 'uuid', hash: 'text' },
      names.map(({ id, deviceHash }, ord) => ({ ord, id, hash: hexOf(deviceHash) })),
    )} order by x.ord`);
  return rows.map(({ id }) => id);
}

/** Makes the players of devices that nobody has signed in with. May be repeated. */
export async function insertByDevices(database: Queryable, deviceHashes: Uint8Array[]): Promise<void> {
  await database.rows(sql`
    insert into players (device_hash, nickname) select decode(x.hash, 'hex'), x.nickname
    from ${recordset(
      { hash: 'text', nickname: 'text' },
      deviceHashes.map((deviceHash) => ({ hash: hexOf(deviceHash), nickname: nicknameOf(deviceHash) })),
    )} order by x.hash on conflict do nothing`);
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
