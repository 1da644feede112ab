import type { KafkaConfig } from '../../src/kafkaConfig.ts';
import { kafkaBrokers, kafkaPrefix } from './kafka.ts';

/** Of the tests' Kafka, with topics of the caller's own. */
export async function kafkaConfig(more: Partial<KafkaConfig> = {}): Promise<KafkaConfig> {
  return {
    brokers: (await kafkaBrokers()).split(','),
    tls: null,
    sasl: null,
    prefix: kafkaPrefix(),
    partitions: 6,
    replication: null,
    retentionMs: 3_600_000,
    ...more,
  };
}
