import { appendEvents } from '../db/events/appendEvents.ts';
import { countDuplicates } from '../db/events/countDuplicates.ts';
import type { Appended, EventLog, EventReader } from '../db/events/eventLog.ts';
import { findLoggedEvents } from '../db/events/eventRecords.ts';
import { keepLiving } from '../db/events/keepLiving.ts';
import { EVENT_LOGGER, findKafkaPositions } from '../db/events/kafkaPositions.ts';
import { insertRejected } from '../db/events/rejectedRecords.ts';
import type { Database } from '../db/open.ts';
import { RequestError } from '../domain/errors.ts';
import type { NewEvent } from '../domain/events/event.ts';
import { writeEventRecord } from '../domain/events/eventRecord.ts';
import { readGroup } from '../kafka/group.ts';
import { KafkaAwayError } from '../kafka/kafkaError.ts';
import type { KafkaProducer } from '../kafka/producer.ts';
import { topicNames } from '../kafka/topics.ts';
import type { KafkaConfig } from '../kafkaConfig.ts';
import type { GameNames } from '../leaderboards/gameNames.ts';
import type { OwnTypes } from '../leaderboards/ownTypes.ts';
import type { Log } from '../log.ts';
import { applyRecords } from './applyRecords.ts';

export type KafkaLog = EventLog & {
  /** Brings what is in Kafka into the tables of events, and what is no event to the dead letters, until it is stopped. */
  store(): EventReader;
};

type KafkaLogOptions = {
  config: KafkaConfig;
  producer: KafkaProducer;
  database: Database;
  games: GameNames;
  ownTypes: OwnTypes;
  log: Pick<Log, 'info' | 'warn'>;
};

/** The groups by what reads; others are named for their projection. */
const GROUPS: Record<string, string> = {
  [EVENT_LOGGER]: 'event-logger-group',
  statistics: 'stats-aggregator-group',
  leaderboards: 'leaderboard-manager-group',
  tournaments: 'tournament-manager-group',
};

/**
 * The log in Kafka: see docs/decisions/0026-event-log-in-kafka.md. Each projection is a group of its own, and a further one
 * stores the events. Positions lie in PostgreSQL, with the effects.
 */
export function createKafkaLog(options: KafkaLogOptions): KafkaLog {
  const { config, producer, database, log } = options;
  const topic = topicNames(config).raw;
  const join = (reader: string, effect: Parameters<typeof applyRecords>[1]['effect'], isOnce: boolean) =>
    readGroup({
      config,
      group: GROUPS[reader] ?? `${reader}-group`,
      topic,
      findPositions: (topicId) => findKafkaPositions(database, { reader, topicId }),
      consume: (topicId, batch) => applyRecords(batch, { ...options, reader, topicId, isOnce, effect }),
      log,
    });
  return {
    append: (events) => append(events, { database, producer, topic }),
    read: (projection, consume) =>
      join(
        projection,
        async (tx, { events }) => {
          if (events.length > 0)
            await consume(
              tx,
              events.map(({ event }) => event),
            );
        },
        true,
      ),
    store: () =>
      join(
        EVENT_LOGGER,
        async (tx, { events, rejected, topicId }) => {
          if (rejected.length > 0) await insertRejected(tx, topicId, rejected);
          const living = await keepLiving(
            tx,
            events.map(({ event }) => event),
          );
          if (living.length > 0) await appendEvents(tx, countCopies(living));
        },
        false,
      ),
  };
}

/** Verdicts once all that is new is in Kafka. What two requests bring at once is accepted twice, and counts once. */
async function append(
  events: NewEvent[],
  { database, producer, topic }: { database: Database; producer: KafkaProducer; topic: string },
): Promise<Appended[]> {
  const known = await findLoggedEvents(
    database,
    events.map(({ id }) => id),
  );
  const fresh = new Map(events.filter(({ id }) => !known.has(id)).map((event) => [event.id, event]));
  try {
    if (fresh.size > 0) await producer.send(Array.from(fresh.values(), (event) => recordOf(topic, event)));
  } catch (error) {
    if (!(error instanceof KafkaAwayError)) throw error;
    throw new RequestError(
      'UNAVAILABLE',
      'The log of events cannot be reached, so none was taken. Send them again shortly.',
    );
  }
  const verdicts = events.map((event) => (fresh.delete(event.id) ? 'ACCEPTED' : 'DUPLICATE'));
  const duplicates = events.filter((_, index) => verdicts[index] === 'DUPLICATE');
  if (duplicates.length > 0) await countDuplicates(database, duplicates);
  return verdicts;
}

function recordOf(topic: string, event: NewEvent) {
  return {
    topic,
    key: event.playerId,
    value: writeEventRecord(event),
    headers: { event_type: event.type, event_id: event.id },
  };
}

function countCopies<Event extends NewEvent>(events: Event[]): (Event & { copies: number })[] {
  const copies = new Map<string, Event & { copies: number }>();
  for (const event of events) {
    const first = copies.get(event.id);
    if (first) first.copies += 1;
    else copies.set(event.id, { ...event, copies: 1 });
  }
  return [...copies.values()];
}
