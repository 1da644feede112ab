import { createWarning } from '../async/warning.ts';
import { createWorkLoop } from '../async/workLoop.ts';
import { deleteRecords } from '../db/events/eventRecords.ts';
import { takeUnsentLetters } from '../db/events/rejectedRecords.ts';
import type { Database } from '../db/open.ts';
import type { KafkaProducer } from '../kafka/producer.ts';
import { topicNames } from '../kafka/topics.ts';
import type { KafkaConfig } from '../kafkaConfig.ts';
import type { Log } from '../log.ts';

const LOOK_MS = 1_000;
/** A segment of a topic is removed when its last record is old enough, which by default may take as long again. */
const RETENTIONS = 2;
const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Sends dead letters to Kafka's topic of them, each at least once, and forgets which records events were when Kafka has
 * removed them, until it is stopped.
 */
export function runDeadLetters(options: {
  config: KafkaConfig;
  database: Database;
  producer: KafkaProducer;
  log: Pick<Log, 'warn'>;
}): () => Promise<void> {
  const { config, database, producer, log } = options;
  const warning = createWarning(log, 'sending dead letters to Kafka failed');
  const loop = createWorkLoop({
    everyMs: LOOK_MS,
    failed: (error) => warning.failed(error),
    work: async (isStopping) => {
      while (!isStopping() && (await sendLetters(database, producer, topicNames(config).deadLetters)));
      await deleteRecords(database, { olderThanMs: RETENTIONS * config.retentionMs + DAY_MS });
      warning.worked();
    },
  });
  return () => loop.stop();
}

/** False when there is none. The mark that a letter was sent is rolled back when it was not. */
async function sendLetters(database: Database, producer: KafkaProducer, topic: string): Promise<boolean> {
  return database.transaction(async (tx) => {
    const letters = await takeUnsentLetters(tx);
    if (letters.length === 0) return false;
    await producer.send(
      letters.map(({ key, value, reason, source }) => ({
        topic,
        key: Buffer.from(key).toString(),
        value: Buffer.from(value),
        headers: { reason, source },
      })),
    );
    return true;
  });
}
