import type { Context } from '../../context.ts';
import type { EventReading } from '../../domain/events/readEvent.ts';
import type { IdReader, Owner } from './ingestEvents.ts';

const NAMELESS = 'is missing: there are several games and no default; use the slug of one';

/** The game of each event: by slug or id, or the default of those that name none. */
export async function gamesOfEvents(readings: EventReading[], { gameOf }: IdReader, ctx: Context): Promise<Owner[]> {
  const asked = new Map<string | null, Promise<Owner>>();
  const find = async (name: string | null): Promise<Owner> => {
    const id = name === null ? await ctx.games.default() : await ctx.games.idOf(gameOf(name) ?? name);
    if (id !== null) return { id };
    return { path: 'game_id', reason: name === null ? NAMELESS : 'is no game; use the slug of one' };
  };
  return Promise.all(
    readings.map((reading) => {
      const name = 'event' in reading ? reading.event.game : null;
      const found = asked.get(name) ?? find(name);
      asked.set(name, found);
      return found;
    }),
  );
}
