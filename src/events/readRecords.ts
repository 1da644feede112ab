import { hashDevice } from '../auth/hashDevice.ts';
import type { RejectedRecord } from '../db/events/rejectedRecords.ts';
import type { Database } from '../db/open.ts';
import { findByDevices, insertByDevices } from '../db/players/findByDevices.ts';
import type { LoggedEvent, NewEvent } from '../domain/events/event.ts';
import { readEventRecord } from '../domain/events/eventRecord.ts';
import { identifyEvent } from '../domain/events/identifyEvent.ts';
import { type EventReading, type ReadEvent, readEvent } from '../domain/events/readEvent.ts';
import { isId } from '../domain/id.ts';
import type { PartitionRecords, TopicRecord } from '../kafka/fetchRecords.ts';
import type { GameNames } from '../leaderboards/gameNames.ts';
import type { OwnTypes } from '../leaderboards/ownTypes.ts';

/** An event and where it lies. */
export type EventAt = { eventId: string; partition: number; offset: bigint; event: LoggedEvent };

/** Where names are looked up. */
export type Lookups = { database: Database; games: GameNames; ownTypes: OwnTypes };

type Placed = { partition: number; record: TopicRecord };

const SKEW_MAX_MS = 24 * 60 * 60 * 1_000;

/**
 * Reads records as events: ours as they are, those of other producers like what a game server sends, by the same rules. A
 * device that nobody has signed in with becomes a player. What is no event is told with the reason. Safe to repeat.
 */
export async function readRecords(
  batch: PartitionRecords[],
  lookups: Lookups,
): Promise<{ events: EventAt[]; rejected: RejectedRecord[] }> {
  const placed = batch.flatMap(({ partition, records }) => records.map((record) => ({ partition, record })));
  const readings = await Promise.all(
    placed.map(async (one) => ({ ...one, reading: await readRecord(one.record, lookups) })),
  );
  const strangers = readings.flatMap(({ reading }) => ('stranger' in reading ? [reading.stranger] : []));
  const owned = await ownStrangers(strangers, lookups);
  const events: EventAt[] = [];
  const rejected: RejectedRecord[] = [];
  for (const { reading, ...one } of readings) {
    const result = 'stranger' in reading ? (owned.get(reading.stranger) ?? reading) : reading;
    if ('event' in result) events.push(place(one, result.event));
    else if ('reason' in result)
      rejected.push({ ...addressOf(one), key: one.record.key, value: one.record.value, ...result });
  }
  return { events, rejected };
}

type Reading = { event: NewEvent } | { reason: string } | { stranger: ReadEvent };

async function readRecord({ value, headers }: TopicRecord, lookups: Lookups): Promise<Reading> {
  let sent: unknown;
  try {
    sent = JSON.parse(value?.toString() ?? '');
  } catch {
    return { reason: 'the record is not JSON' };
  }
  const event = readEventRecord(sent);
  if (event) return { event };
  const reading = await readStranger(sent, lookups);
  if ('refusal' in reading) return { reason: reasonOf(reading.refusal) };
  const clientId = reading.event.clientId ?? headers.get('event_id') ?? null;
  return { stranger: { ...reading.event, clientId } };
}

/** By Laurel's types, and what is none of these by the types of its game. */
async function readStranger(sent: unknown, { games, ownTypes }: Lookups): Promise<EventReading> {
  const reading = readEvent(sent);
  if (!('unknown' in reading) || !reading.unknown) return reading;
  const { type: name, game } = reading.unknown;
  const gameId = await findGame(games, game);
  const [own] = gameId === null ? [] : await ownTypes.find([{ gameId, name }]);
  return own ? readEvent(sent, own) : reading;
}

async function findGame(games: GameNames, name: string | null): Promise<string | null> {
  return name === null ? games.default() : games.idOf(name);
}

type Owned = { event: NewEvent } | { reason: string };

/** Looks up whose the events are. */
async function ownStrangers(strangers: ReadEvent[], { database, games }: Lookups): Promise<Map<ReadEvent, Owned>> {
  const names = [...new Set(strangers.flatMap(({ user }) => user ?? []))];
  const players = names.length > 0 ? await findOrMakePlayers(database, names) : new Map<string, string | null>();
  const owned = new Map<ReadEvent, Owned>();
  for (const stranger of strangers) {
    const { user, game, ...read } = stranger;
    const gameId = await findGame(games, game);
    const playerId = user === null ? null : players.get(user);
    if (gameId === null)
      owned.set(stranger, { reason: reasonOf({ path: 'game_id', reason: 'is the slug of no game' }) });
    else if (playerId == null) owned.set(stranger, { reason: reasonOf({ path: 'player_id', reason: 'is missing' }) });
    else {
      const event = { ...read, gameId, playerId };
      owned.set(stranger, { event: { ...event, id: identifyEvent(event) } });
    }
  }
  return owned;
}

async function findOrMakePlayers(database: Database, names: string[]): Promise<Map<string, string | null>> {
  const keys = names.map((name) => ({ id: isId(name) ? name : null, deviceHash: hashDevice(name) }));
  let found = await findByDevices(database, keys);
  const missing = keys.filter((_, index) => found[index] === null);
  if (missing.length > 0) {
    await insertByDevices(
      database,
      missing.map((key) => key.deviceHash),
    );
    found = await findByDevices(database, keys);
  }
  return new Map(names.map((name, index) => [name, found[index] ?? null]));
}

function place(one: Placed, event: NewEvent): EventAt {
  const receivedAt = one.record.timestamp;
  const isSkewed = Math.abs(event.occurredAt.getTime() - receivedAt.getTime()) > SKEW_MAX_MS;
  return { ...addressOf(one), eventId: event.id, event: { ...event, receivedAt, isSkewed } };
}

function addressOf({ partition, record }: Placed) {
  return { partition, offset: record.offset };
}

function reasonOf({ path, reason }: { path: string; reason: string }): string {
  return path === '' ? `the event ${reason}` : `${path} ${reason}`;
}
