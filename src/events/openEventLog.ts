import type { EventLog } from '../db/events/eventLog.ts';
import { createPostgresLog } from '../db/events/postgresLog.ts';
import type { Database } from '../db/open.ts';
import type { Topics } from '../domain/topics.ts';
import { type KafkaProducer, openProducer } from '../kafka/producer.ts';
import type { KafkaConfig } from '../kafkaConfig.ts';
import type { GameNames } from '../leaderboards/gameNames.ts';
import type { OwnTypes } from '../leaderboards/ownTypes.ts';
import type { Log } from '../log.ts';
import { createKafkaLog } from './kafkaLog.ts';
import { runDeadLetters } from './runDeadLetters.ts';

export type OpenedEventLog = {
  eventLog: EventLog;
  /** Null where events are kept in PostgreSQL. */
  kafka: Pick<KafkaProducer, 'isConnected'> | null;
  /** Resolves when what was begun is stored. */
  close(): Promise<void>;
};

/** Opens the log in Kafka where it is configured, else the one in PostgreSQL. A worker also stores what is in Kafka. */
export async function openEventLog(options: {
  kafka: KafkaConfig | null;
  isWorker: boolean;
  database: Database;
  games: GameNames;
  ownTypes: OwnTypes;
  topics: Topics;
  log: Pick<Log, 'info' | 'warn'>;
}): Promise<OpenedEventLog> {
  const { kafka: config, isWorker, database, topics, log } = options;
  if (!config) {
    const eventLog = createPostgresLog(database, { topics, log });
    return { eventLog, kafka: null, close: () => eventLog.drained() };
  }
  const producer = await openProducer(config, log);
  const eventLog = createKafkaLog({ ...options, config, producer });
  const storing = isWorker ? eventLog.store() : null;
  const stopLetters = isWorker ? runDeadLetters({ config, database, producer, log }) : null;
  const close = async () => {
    await Promise.all([storing?.stop(), stopLetters?.()]);
    await producer.close();
  };
  return { eventLog, kafka: producer, close };
}
