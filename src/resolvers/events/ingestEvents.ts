import type { Context } from '../../context.ts';
import { ValidationError } from '../../domain/errors.ts';
import type { NewEvent } from '../../domain/events/event.ts';
import { identifyEvent } from '../../domain/events/identifyEvent.ts';
import type { EventReading, EventRefusal } from '../../domain/events/readEvent.ts';
import { gamesOfEvents } from './gamesOfEvents.ts';
import { playersOfEvents } from './playersOfEvents.ts';
import { readEvents } from './readEvents.ts';

const EVENTS_MAX = 100;

/** What became of one event of a request. */
export type EventReceipt = { verdict: 'ACCEPTED' | 'DUPLICATE'; id: string } | ({ verdict: 'REJECTED' } & EventRefusal);

/** Database ids by the ids that clients are given; null for what is none. */
export type IdReader = { playerOf(text: string): string | null; gameOf(text: string): string | null };

/**
 * A receipt for each event, in their order, when all that are taken are durable. May be retried: what is in the log already
 * is a duplicate. Throws ValidationError when there are too many.
 */
export async function ingestEvents(
  { events, ids }: { events: unknown[]; ids: IdReader },
  ctx: Context,
): Promise<EventReceipt[]> {
  if (events.length > EVENTS_MAX) {
    throw new ValidationError('events', `send at most ${EVENTS_MAX} at once; these are ${events.length}`);
  }
  const readings = await readEvents(events, ids, ctx);
  const [games, players] = await Promise.all([gamesOfEvents(readings, ids, ctx), playersOfEvents(readings, ids, ctx)]);
  const checked = readings.map((reading, index) => ownedBy(reading, games[index], players[index]));
  const taken = checked.filter((event): event is NewEvent => 'id' in event);
  const verdicts = taken.length > 0 ? await ctx.eventLog.append(taken) : [];
  const verdictOf = new Map(taken.map((event, index) => [event, verdicts[index] ?? 'DUPLICATE']));
  return checked.map((event) =>
    'id' in event ? { verdict: verdictOf.get(event) ?? 'DUPLICATE', id: event.id } : { verdict: 'REJECTED', ...event },
  );
}

/** Whose an event is, or why that cannot be said. */
export type Owner = EventRefusal | { id: string };

function ownedBy(reading: EventReading, game?: Owner, player?: Owner): EventRefusal | NewEvent {
  if ('refusal' in reading) return reading.refusal;
  if (!game || !player) throw new Error('an event was not looked up');
  if ('reason' in game) return game;
  if ('reason' in player) return player;
  const { user: _user, game: _game, ...read } = reading.event;
  const event = { ...read, gameId: game.id, playerId: player.id };
  return { ...event, id: identifyEvent(event) };
}
