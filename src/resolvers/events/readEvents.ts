import type { Context } from '../../context.ts';
import { type EventReading, readEvent } from '../../domain/events/readEvent.ts';
import { findGame } from './gamesOfEvents.ts';
import type { IdReader } from './ingestEvents.ts';

/** Reads events: by Laurel's types, and those that are none of these by the types of their game. */
export async function readEvents(events: unknown[], ids: IdReader, ctx: Context): Promise<EventReading[]> {
  const readings = events.map((sent) => readEvent(sent));
  const unknown = await Promise.all(
    readings.map(async (reading, index) => {
      if (!('unknown' in reading) || !reading.unknown) return [];
      const { type: name, game } = reading.unknown;
      const gameId = await findGame(game, ids, ctx);
      return gameId === null ? [] : [{ index, name, gameId }];
    }),
  );
  const asked = unknown.flat();
  if (asked.length === 0) return readings;
  const types = await ctx.ownTypes.find(asked);
  for (const [at, { index }] of asked.entries()) {
    const type = types[at];
    if (type) readings[index] = readEvent(events[index], type);
  }
  return readings;
}
