import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { KafkaConfig } from '../../src/kafkaConfig.ts';
import { type GroupReader, type Positions, readGroup } from '../../src/kafka/group.ts';
import { openProducer } from '../../src/kafka/producer.ts';
import { topicNames } from '../../src/kafka/topics.ts';
import { hasKafka, hasKafkaNodes, kafkaBrokers, killNode, startNode } from '../setup/kafka.ts';
import { kafkaConfig } from '../setup/kafkaConfig.ts';

const log = { info: () => {}, warn: () => {} };

beforeAll(async () => {
  if (hasKafka) await kafkaBrokers();
});

/** What a group has done: as in the database, effects and positions change together, and records come once. */
function createEffects() {
  const positions: Positions = new Map();
  const values: string[] = [];
  const byMember = new Map<string, number>();
  return { positions, values, byMember };
}

type Effects = ReturnType<typeof createEffects>;

function join(config: KafkaConfig, { positions, values, byMember }: Effects, name: string): GroupReader {
  const reader = readGroup({
    config,
    group: 'readers',
    topic: topicNames(config).raw,
    findPositions: async () => new Map(positions),
    consume: async (_topicId, batch) => {
      for (const { partition, records, next } of batch) {
        const from = positions.get(partition) ?? 0n;
        for (const { offset, value } of records) {
          if (offset < from) continue;
          values.push(value?.toString() ?? '');
          byMember.set(name, (byMember.get(name) ?? 0) + 1);
        }
        if (next > from) positions.set(partition, next);
      }
      return new Map(positions);
    },
    log,
  });
  onTestFinished(() => reader.stop());
  return reader;
}

/** Sends records one after another, until it is stopped; tells what was acknowledged. */
async function startSending(config: KafkaConfig) {
  const producer = await openProducer(config, log);
  const acknowledged = new Set<string>();
  let isOver = false;
  const sending = (async () => {
    for (let index = 0; !isOver; index += 1) {
      const values = Array.from({ length: 10 }, (_, part) => `${index}/${part}`);
      const records = values.map((value, part) => ({
        topic: topicNames(config).raw,
        key: `player ${(index * 10 + part) % 50}`,
        value,
        headers: {},
      }));
      await producer.send(records).then(
        () => values.forEach((value) => acknowledged.add(value)),
        () => {},
      );
      await new Promise(setImmediate);
    }
  })();
  const stop = async () => {
    isOver = true;
    await sending;
    await producer.close();
  };
  onTestFinished(stop);
  return { acknowledged, stop };
}

async function expectAllOnce(effects: Effects, sender: Awaited<ReturnType<typeof startSending>>): Promise<void> {
  await sender.stop();
  const missing = () => [...sender.acknowledged].filter((value) => !effects.values.includes(value));
  await expect.poll(() => missing().length).toBe(0);
}

test.runIf(hasKafka)('members that come and go share the partitions, and each record is done once', async () => {
  const config = await kafkaConfig();
  const effects = createEffects();
  const sender = await startSending(config);
  const first = join(config, effects, 'first');
  await expect.poll(() => effects.byMember.get('first')).toBeGreaterThan(50);
  join(config, effects, 'second');
  await expect.poll(() => effects.byMember.get('second')).toBeGreaterThan(50);
  const atSecond = effects.byMember.get('first') ?? 0;
  await expect.poll(() => effects.byMember.get('first')).toBeGreaterThan(atSecond);
  await first.stop();
  const atStop = effects.values.length;
  await expect.poll(() => effects.values.length).toBeGreaterThan(atStop + 200);
  await expectAllOnce(effects, sender);
  expect(new Set(effects.values).size).toBe(effects.values.length);
});

test.runIf(hasKafkaNodes)('a group reads on with one of three nodes killed, and when it is back', async () => {
  const config = await kafkaConfig();
  const effects = createEffects();
  const sender = await startSending(config);
  join(config, effects, 'only');
  for (const node of [1, 2, 3]) {
    const atKill = effects.values.length;
    await expect.poll(() => effects.values.length).toBeGreaterThan(atKill + 100);
    await killNode(node);
    onTestFinished(() => startNode(node));
    const killed = effects.values.length;
    await expect.poll(() => effects.values.length).toBeGreaterThan(killed + 500);
    await startNode(node);
  }
  await expectAllOnce(effects, sender);
});
