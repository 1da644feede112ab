import { deviceHash } from '../../auth/deviceHash.ts';
import type { Context } from '../../context.ts';
import { findByDevices, insertByDevices, type PlayerName } from '../../db/players/findByDevices.ts';
import type { EventReading } from '../../domain/events/readEvent.ts';
import { isId } from '../../domain/id.ts';
import { hasRole } from '../../domain/players/viewer.ts';
import { requirePlayer } from '../requirePlayer.ts';
import type { IdReader, Owner } from './ingestEvents.ts';

const MISSING: Owner = { path: 'user_id', reason: 'is missing: say whose event it is, by player id or device id' };
const NOT_OWN: Owner = {
  path: 'user_id',
  reason: 'is neither your device id nor your player id; leave it out, since the token says who you are',
};

/**
 * The player of each event. A player tells of their own alone; a game server of anybody, and a device that nobody has signed
 * in with becomes a player.
 */
export async function playersOfEvents(readings: EventReading[], ids: IdReader, ctx: Context): Promise<Owner[]> {
  const names = readings.map((reading) => ('event' in reading ? reading.event.user : null));
  const isTrusted = hasRole(ctx.viewer, 'server') || hasRole(ctx.viewer, 'admin');
  return isTrusted ? findOrMake(names, ids, ctx) : requireOwn(names, ids, ctx);
}

async function requireOwn(names: (string | null)[], ids: IdReader, ctx: Context): Promise<Owner[]> {
  const playerId = requirePlayer(ctx);
  const isOwn = (name: string) => name === playerId || ids.playerOf(name) === playerId;
  const others = distinct(names).filter((name) => !isOwn(name));
  const found =
    others.length > 0
      ? await findByDevices(
          ctx.database,
          others.map((name) => nameOf(name, ids)),
        )
      : [];
  const own = new Set(others.filter((_, index) => found[index] === playerId));
  return names.map((name) => (name === null || isOwn(name) || own.has(name) ? { id: playerId } : NOT_OWN));
}

async function findOrMake(names: (string | null)[], ids: IdReader, { database }: Context): Promise<Owner[]> {
  const asked = distinct(names);
  if (asked.length === 0) return names.map(() => MISSING);
  const keys = asked.map((name) => nameOf(name, ids));
  let found = await findByDevices(database, keys);
  if (found.includes(null)) {
    await insertByDevices(
      database,
      keys.filter((_, index) => found[index] === null).map((key) => key.deviceHash),
    );
    found = await findByDevices(database, keys);
  }
  const owners = new Map(asked.map((name, index) => [name, found[index] ?? null]));
  return names.map((name) => {
    const id = name === null ? null : owners.get(name);
    return id == null ? MISSING : { id };
  });
}

function nameOf(text: string, ids: IdReader): PlayerName {
  return { id: isId(text) ? text : ids.playerOf(text), deviceHash: deviceHash(text) };
}

function distinct(names: (string | null)[]): string[] {
  return [...new Set(names.filter((name) => name !== null))];
}
