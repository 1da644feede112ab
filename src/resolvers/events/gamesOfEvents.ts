import type { Context } from '../../context.ts';
import type { EventReading } from '../../domain/events/readEvent.ts';
import type { IdReader, Owner } from './ingestEvents.ts';

const NAMELESS: Owner = {
  path: 'game_id',
  reason: 'is missing: there are several games, or none, and no default; use the slug of one',
};
const UNKNOWN: Owner = { path: 'game_id', reason: 'is no game; use the slug of one' };

/** The game of each event: by slug or id, or the default of those that name none. */
export async function gamesOfEvents(readings: EventReading[], ids: IdReader, ctx: Context): Promise<Owner[]> {
  const asked = new Map<string | null, Promise<string | null>>();
  return Promise.all(
    readings.map(async (reading) => {
      const name = 'event' in reading ? reading.event.game : null;
      const found = asked.get(name) ?? findGame(name, ids, ctx);
      asked.set(name, found);
      const id = await found;
      if (id !== null) return { id };
      return name === null ? NAMELESS : UNKNOWN;
    }),
  );
}

/** The id of the game that an event names, or of the default. */
export async function findGame(name: string | null, { gameOf }: IdReader, { games }: Context): Promise<string | null> {
  return name === null ? games.default() : games.idOf(gameOf(name) ?? name);
}
