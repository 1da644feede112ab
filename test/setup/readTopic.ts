import type { KafkaConfig } from '../../src/kafkaConfig.ts';
import type { TopicRecord } from '../../src/kafka/fetchRecords.ts';
import { readGroup } from '../../src/kafka/group.ts';
import { kafkaPrefix } from './kafka.ts';

export type ReadRecord = Omit<TopicRecord, 'value'> & { partition: number; value: string };

/** Reads a topic from its beginning, by a group of its own, until so many different values have come. */
export async function readTopic(config: KafkaConfig, topic: string, count: number): Promise<ReadRecord[]> {
  const read: ReadRecord[] = [];
  const values = new Set<string>();
  await new Promise<void>((resolve) => {
    const reader = readGroup({
      config,
      group: kafkaPrefix(),
      topic,
      findPositions: async () => new Map(),
      consume: async (_topicId, batch) => {
        for (const { partition, records } of batch) {
          for (const record of records) {
            const value = record.value?.toString() ?? '';
            values.add(value);
            read.push({ ...record, partition, value });
          }
        }
        if (values.size >= count) void reader.stop().then(resolve);
        return new Map(batch.map(({ partition, next }) => [partition, next] as const));
      },
      log: { info: () => {}, warn: () => {} },
    });
  });
  return read;
}
