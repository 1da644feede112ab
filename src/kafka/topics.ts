import { Admin } from '@platformatic/kafka';
import type { KafkaConfig } from '../kafkaConfig.ts';
import { clientOptions } from './client.ts';
import { hasApiId } from './kafkaError.ts';

export type TopicNames = { raw: string; deadLetters: string };

const REPLICAS_DEFAULT = 3;

export function topicNames({ prefix }: KafkaConfig): TopicNames {
  return { raw: `${prefix}player.events.raw`, deadLetters: `${prefix}player.events.dlq` };
}

/** Makes the topics that are not there. Leaves those that are as they are. */
export async function ensureTopics(config: KafkaConfig): Promise<void> {
  const admin = new Admin(clientOptions(config));
  try {
    const there = new Set(await admin.listTopics());
    const missing = Object.values(topicNames(config)).filter((name) => !there.has(name));
    if (missing.length === 0) return;
    const { brokers } = await admin.metadata({ topics: [] });
    const replicas = config.replication ?? Math.min(REPLICAS_DEFAULT, brokers.size);
    await admin.createTopics({
      topics: missing,
      partitions: config.partitions,
      replicas,
      configs: [
        { name: 'retention.ms', value: String(config.retentionMs) },
        // A write is acknowledged while one replica is away, and never by one alone where there are three.
        { name: 'min.insync.replicas', value: String(Math.max(1, replicas - 1)) },
        // The moment at which an event came is Kafka's to say, whoever wrote it.
        { name: 'message.timestamp.type', value: 'LogAppendTime' },
      ],
    });
  } catch (error) {
    // Another instance was faster.
    if (!hasApiId(error, 'TOPIC_ALREADY_EXISTS')) throw error;
  } finally {
    await admin.close();
  }
}
