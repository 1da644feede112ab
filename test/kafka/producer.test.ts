import { readFileSync } from 'node:fs';
import { Admin, ConfigResourceTypes } from '@platformatic/kafka';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { KafkaConfig } from '../../src/kafkaConfig.ts';
import { KafkaAwayError } from '../../src/kafka/kafkaError.ts';
import { openProducer } from '../../src/kafka/producer.ts';
import { topicNames } from '../../src/kafka/topics.ts';
import { KAFKA_PASSWORD, KAFKA_USER } from '../setup/kafka/credentials.ts';
import { hasKafka, hasKafkaNodes, kafkaBrokers, kafkaNodes, killNode, startNode } from '../setup/kafka.ts';
import { kafkaConfig } from '../setup/kafkaConfig.ts';
import { readTopic } from '../setup/readTopic.ts';

beforeAll(async () => {
  if (hasKafka) await kafkaBrokers();
});

async function open(config: KafkaConfig) {
  const logged: { message: string; reason: unknown }[] = [];
  const hear = (fields: object, message: string) =>
    logged.push({ message, reason: 'reason' in fields ? fields.reason : undefined });
  const producer = await openProducer(config, { info: hear, warn: hear });
  onTestFinished(() => producer.close());
  const { raw } = topicNames(config);
  const send = (...values: string[]) =>
    producer.send(
      values.map((value, index) => ({ topic: raw, key: `player ${index % 7}`, value, headers: { event_id: value } })),
    );
  return { ...producer, send, raw, logged };
}

test.runIf(hasKafka)('missing topics are made as configured, and found by the next', async () => {
  const config = await kafkaConfig({ partitions: 4, replication: 3, retentionMs: 7_200_000 });
  const first = await open(config);
  await open({ ...config, partitions: 9 });
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: config.brokers });
  onTestFinished(() => admin.close());
  const names = Object.values(topicNames(config));
  const { topics } = await admin.metadata({ topics: [...names] });
  for (const name of names) {
    expect(topics.get(name)?.partitions).toHaveLength(4);
    expect(topics.get(name)?.partitions[0]?.replicas).toHaveLength(3);
  }
  const [described] = await admin.describeConfigs({
    resources: [{ resourceType: ConfigResourceTypes.TOPIC, resourceName: first.raw, configurationKeys: null }],
  });
  const settings = Object.fromEntries(described?.configs.map(({ name, value }) => [name, value]) ?? []);
  expect(settings).toMatchObject({
    'retention.ms': '7200000',
    'min.insync.replicas': '2',
    'message.timestamp.type': 'LogAppendTime',
  });
});

test.runIf(hasKafka)('what is sent together and at once keeps its order within a key', async () => {
  const config = await kafkaConfig();
  const { send, raw } = await open(config);
  const values = Array.from({ length: 700 }, (_, index) => `value ${String(index).padStart(4, '0')}`);
  const sends = Array.from({ length: 10 }, (_, index) => send(...values.slice(index * 70, index * 70 + 70)));
  await Promise.all(sends);
  const read = await readTopic(config, raw, 700);
  for (const key of new Set(read.map((record) => record.key))) {
    const ofKey = read.filter((record) => record.key === key).map((record) => record.value);
    expect(ofKey).toEqual(ofKey.toSorted());
    expect(new Set(read.filter((record) => record.key === key).map(({ partition }) => partition)).size).toBe(1);
  }
  expect(read.map(({ value }) => value).toSorted()).toEqual(values);
  expect(read.every(({ headers, value }) => headers.get('event_id') === value)).toBe(true);
});

test.runIf(hasKafka)('one call may bring more than Kafka takes at once', async () => {
  const config = await kafkaConfig();
  const { send, raw } = await open(config);
  const values = Array.from({ length: 300 }, (_, index) => `${index} ${'x'.repeat(8_000)}`);
  await send(...values);
  expect(await readTopic(config, raw, 300)).toHaveLength(300);
});

test.runIf(hasKafkaNodes)('with one of three nodes killed, what is acknowledged is there', async () => {
  const config = await kafkaConfig();
  const { send, raw } = await open(config);
  const acknowledged: string[] = [];
  let isOver = false;
  const sending = (async () => {
    for (let index = 0; !isOver; index += 1) {
      const values = Array.from({ length: 20 }, (_, part) => `${index}/${part}`);
      await send(...values).then(
        () => acknowledged.push(...values),
        (error: unknown) => expect(error).toBeInstanceOf(KafkaAwayError),
      );
      await new Promise(setImmediate);
    }
  })();
  await expect.poll(() => acknowledged.length).toBeGreaterThan(100);
  await killNode(2);
  onTestFinished(() => startNode(2));
  const atKill = acknowledged.length;
  await expect.poll(() => acknowledged.length).toBeGreaterThan(atKill + 500);
  isOver = true;
  await sending;
  const read = new Set((await readTopic(config, raw, acknowledged.length)).map(({ value }) => value));
  expect(acknowledged.filter((value) => !read.has(value))).toEqual([]);
});

test.runIf(hasKafkaNodes)(
  'without its nodes nothing is acknowledged, and it goes on by itself when they are back',
  async () => {
    const config = await kafkaConfig();
    const { send, isConnected, logged } = await open(config);
    await send('before');
    await Promise.all([1, 2, 3].map(killNode));
    onTestFinished(async () => void (await Promise.all([1, 2, 3].map(startNode))));
    await expect(send('during')).rejects.toBeInstanceOf(KafkaAwayError);
    expect(isConnected()).toBe(false);
    const begun = performance.now();
    await expect(send('after that')).rejects.toBeInstanceOf(KafkaAwayError);
    expect(performance.now() - begun).toBeLessThan(100);
    await Promise.all([1, 2, 3].map(startNode));
    await expect.poll(isConnected).toBe(true);
    await send('again');
    expect(logged.map(({ message }) => message)).toContain('Kafka can be used again');
  },
);

test('a server that starts without Kafka is told why it cannot be used', async () => {
  const { send, logged } = await open(configOf(['127.0.0.1:1']));
  await expect(send('value')).rejects.toBeInstanceOf(KafkaAwayError);
  expect(logged).toEqual([
    {
      message: 'Kafka cannot be used; events are refused until it can, and none that was taken is lost',
      reason: 'ECONNREFUSED',
    },
  ]);
});

test.runIf(hasKafkaNodes).for(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)(
  'it signs in by %s over TLS',
  async (mechanism) => {
    const { sasl, certificate } = await kafkaNodes();
    const tls = { ca: readFileSync(certificate, 'utf8') };
    const account = { mechanism, username: KAFKA_USER, password: KAFKA_PASSWORD };
    const good = await open(await kafkaConfig({ brokers: sasl, tls, sasl: account }));
    await good.send('signed in');
    expect(good.logged).toEqual([]);
    const bad = await open(await kafkaConfig({ brokers: sasl, tls, sasl: { ...account, password: 'hunter2' } }));
    await expect(bad.send('not signed in')).rejects.toBeInstanceOf(KafkaAwayError);
    expect(bad.logged[0]?.reason).toContain('KAFKA_SASL_PASSWORD');
    expect(JSON.stringify(bad.logged)).not.toContain('hunter2');
  },
);

test.runIf(hasKafkaNodes)(
  'it speaks TLS with nodes whose certificate it was told to trust, and with no others',
  async () => {
    const { tls: brokers, certificate } = await kafkaNodes();
    const trusting = await open(await kafkaConfig({ brokers, tls: { ca: readFileSync(certificate, 'utf8') } }));
    await trusting.send('encrypted');
    expect(trusting.logged).toEqual([]);
    const doubting = await open(await kafkaConfig({ brokers, tls: {} }));
    await expect(doubting.send('refused')).rejects.toBeInstanceOf(KafkaAwayError);
    expect(doubting.logged[0]?.reason).toContain('KAFKA_TLS_CA');
  },
);

test.runIf(hasKafkaNodes)('more replicas than brokers are refused in words', async () => {
  const { send, logged } = await open(await kafkaConfig({ replication: 5 }));
  await expect(send('value')).rejects.toBeInstanceOf(KafkaAwayError);
  expect(logged[0]?.reason).toContain('KAFKA_REPLICATION');
});

function configOf(brokers: string[]): KafkaConfig {
  return { brokers, tls: null, sasl: null, prefix: '', partitions: 1, replication: null, retentionMs: 1_000 };
}
