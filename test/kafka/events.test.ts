import { randomUUID } from 'node:crypto';
import { Producer, stringSerializers } from '@platformatic/kafka';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Projection } from '../../src/consumers/projection.ts';
import { runProjections } from '../../src/consumers/runProjections.ts';
import { readEventProgress } from '../../src/db/events/findEvents.ts';
import { readEventHours } from '../../src/db/events/readEventHours.ts';
import type { ProjectionName } from '../../src/domain/events/projectionNames.ts';
import { createGameNames } from '../../src/leaderboards/gameNames.ts';
import { createOwnTypes } from '../../src/leaderboards/ownTypes.ts';
import { createKafkaLog } from '../../src/events/kafkaLog.ts';
import { openProducer } from '../../src/kafka/producer.ts';
import { loadConfig } from '../../src/config.ts';
import { verify } from '../../src/verify/verify.ts';
import { flatEvent, nestedEvent } from '../domain/events/sampleEvents.ts';
import { uuidOf } from '../setup/accountDocuments.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { createBoard, signIn } from '../setup/documents.ts';
import { ingest, receiptsOf, verdictsOf } from '../setup/eventDocuments.ts';
import { hasKafka, hasKafkaNodes, kafkaBrokers, kafkaPrefix, killNode, startNode } from '../setup/kafka.ts';
import { readTopic } from '../setup/readTopic.ts';

beforeAll(async () => {
  if (hasKafka) await kafkaBrokers();
});

async function startKafkaApp() {
  const env = { KAFKA_BROKERS: await kafkaBrokers(), KAFKA_PREFIX: kafkaPrefix(), KAFKA_PARTITIONS: '4' };
  const app = await startTestApp({ env });
  onTestFinished(() => app.stop());
  await createBoard(app);
  const { kafka: config } = loadConfig(app.env);
  if (!config) throw new Error('there is no configuration of Kafka');
  const server = await app.tokenFor('arena', 'server');
  return { app, config, server, raw: `${config.prefix}player.events.raw`, dlq: `${config.prefix}player.events.dlq` };
}

async function countOf({ core }: TestApp, table: string): Promise<number> {
  const [row] = await core.database.rows<{ count: number }>(
    sql`select count(*)::int as count from ${sql.identifier(table)}`,
  );
  return row?.count ?? 0;
}

async function countedOf({ core }: TestApp): Promise<number> {
  const [row] = await core.database.rows<{ count: number }>(
    sql`select coalesce(sum(events), 0)::int as count from player_event_counts`,
  );
  return row?.count ?? 0;
}

test.runIf(hasKafka)(
  'an event that is accepted is in Kafka, and comes to the tables and to the projections',
  async () => {
    const { app, config, raw } = await startKafkaApp();
    const player = await signIn(app, 'Ada');
    const sent = [flatEvent('game_started'), flatEvent('game_ended', { score: 7, event_id: 'mine' })];
    const receipts = await receiptsOf(app.url, sent, player.token);
    expect(receipts.map(({ verdict }) => verdict)).toEqual(['ACCEPTED', 'ACCEPTED']);
    const records = await readTopic(config, raw, 2);
    expect(records.map(({ key }) => key)).toEqual([uuidOf(player), uuidOf(player)]);
    expect(records.map(({ headers }) => headers.get('event_type'))).toEqual(['game_started', 'game_ended']);
    expect(records.map(({ headers }) => headers.get('event_id'))).toHaveLength(2);
    expect(JSON.parse(records[1]?.value ?? '')).toMatchObject({
      event_type: 'game_ended',
      player_id: uuidOf(player),
      data: { score: 7 },
    });
    await expect.poll(() => countOf(app, 'events')).toBe(2);
    await expect.poll(() => countedOf(app)).toBe(2);
    const rows = await app.core.database.rows<{ id: string; receivedAt: Date; clientId: string | null }>(
      sql`select id, received_at as "receivedAt", client_id as "clientId" from events order by position`,
    );
    expect(rows.map(({ id }) => id)).toEqual(records.map(({ headers }) => headers.get('event_id')));
    expect(rows.map(({ receivedAt }) => receivedAt)).toEqual(records.map(({ timestamp }) => timestamp));
    expect(rows.map(({ clientId }) => clientId)).toEqual([null, 'mine']);
    const progress = async () => {
      const byEvent = await readEventProgress(app.core.database, [rows[1]?.id ?? '']);
      return [...byEvent.values()].flat().map(({ projection, state }) => `${projection} ${state}`);
    };
    await expect.poll(progress).toEqual(['leaderboards APPLIED', 'statistics APPLIED']);
    const hours = await readEventHours(app.core.database, { game: null, from: new Date(0), to: new Date(1e13) });
    expect(hours.map(({ received, processed, pending }) => ({ received, processed, pending }))).toEqual([
      { received: 1, processed: 1, pending: 0 },
      { received: 1, processed: 1, pending: 0 },
    ]);
    expect((await verify(app.core.database)).differences).toEqual([]);
  },
);

test.runIf(hasKafka)('what is sent again, and at once, counts once', async () => {
  const { app, server } = await startKafkaApp();
  const events = Array.from({ length: 50 }, (_, index) =>
    nestedEvent('player_score', `device ${index % 5}`, { data: { score: index } }),
  );
  const verdicts = await Promise.all([1, 2, 3].map(() => verdictsOf(app.url, events, server)));
  expect(verdicts.flat().filter((verdict) => verdict === 'REJECTED')).toEqual([]);
  await expect.poll(() => countOf(app, 'events')).toBe(50);
  expect(await verdictsOf(app.url, events, server)).toEqual(events.map(() => 'DUPLICATE'));
  await expect.poll(() => countedOf(app)).toBe(50);
  const last = nestedEvent('player_score', 'device 0', { data: { score: 1_000 } });
  await verdictsOf(app.url, [last], server);
  await expect.poll(() => countOf(app, 'events')).toBe(51);
  await expect.poll(() => countedOf(app)).toBe(51);
  const [row] = await app.core.database.rows<{ count: number }>(
    sql`select sum(events)::int as count from event_duplicates`,
  );
  expect(row).toEqual({ count: 150 });
  expect((await verify(app.core.database)).differences).toEqual([]);
});

test.runIf(hasKafka)('records of other producers count like ours, and what is no event is a dead letter', async () => {
  const { app, config, raw, dlq } = await startKafkaApp();
  const foreign = new Producer({ clientId: 'game', bootstrapBrokers: config.brokers, serializers: stringSerializers });
  const event = {
    event_type: 'boss_defeated',
    player_id: 'their device',
    game_id: 'g',
    timestamp: new Date().toISOString(),
    data: { boss_id: 'hydra', score: 900 },
  };
  const values = [
    JSON.stringify(event),
    JSON.stringify({ ...event, data: { boss_id: 'hydra', score: 901 } }),
    // The first once more, as a producer does that was not answered.
    JSON.stringify(event),
    '{"event_type":',
    JSON.stringify({ ...event, event_type: 'boss_defeatet' }),
    JSON.stringify({ ...event, game_id: 'nowhere' }),
    JSON.stringify({ ...event, player_id: undefined }),
  ];
  await foreign.send({ messages: values.map((value) => ({ topic: raw, key: 'their device', value })) });
  await foreign.close();
  await expect.poll(() => countedOf(app)).toBe(2);
  await expect.poll(() => countOf(app, 'events')).toBe(2);
  const letters = await readTopic(config, dlq, 4);
  expect(letters.map(({ value }) => value).toSorted()).toEqual(values.slice(3).toSorted());
  const reasons = letters.map(({ headers }) => headers.get('reason') ?? '').toSorted();
  expect(reasons).toEqual([
    expect.stringMatching(/^event_type is "boss_defeatet".*did you mean "boss_defeated"/),
    'game_id is the slug of no game',
    'player_id is missing',
    'the record is not JSON',
  ]);
  const [player] = await app.core.database.rows(sql`select count(*)::int as count from players`);
  expect(player).toEqual({ count: 1 });
});

test.runIf(hasKafka)('a poison event is given up, is in the topic of dead letters, and the others count', async () => {
  const { app, config, server, dlq } = await startKafkaApp();
  const { database } = app.core;
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  await database.rows(sql`create table seen (event_id uuid primary key)`);
  const choosy: Projection = {
    // One that the server does not run as well.
    name: 'choosy' as ProjectionName,
    handles: () => true,
    apply: async (tx, events) => {
      for (const { id, payload } of events) {
        if (payload['score'] === 13) throw new Error('bad luck');
        await tx.rows(sql`insert into seen (event_id) values (${id}::uuid)`);
      }
    },
  };
  const producer = await openProducer(config, log);
  const games = createGameNames(database, null);
  const eventLog = createKafkaLog({ config, producer, database, games, ownTypes: createOwnTypes(database), log });
  const stop = runProjections({ database, eventLog, projections: [choosy], log, pausesMs: [10, 10, 10] });
  onTestFinished(async () => {
    await stop();
    await producer.close();
  });
  const events = Array.from({ length: 100 }, (_, index) =>
    nestedEvent('player_score', `device ${index}`, { data: { score: index } }),
  );
  await verdictsOf(app.url, events, server);
  await expect.poll(() => countOf(app, 'seen')).toBe(99);
  const [letter] = await readTopic(config, dlq, 1);
  expect(letter?.headers.get('reason')).toBe('bad luck');
  expect(JSON.parse(letter?.value ?? '')).toMatchObject({ type: 'player_score', payload: { score: 13 } });
});

test.runIf(hasKafkaNodes)(
  'without Kafka events are refused as unavailable, and all that were accepted count when it is back',
  async () => {
    const { app, server } = await startKafkaApp();
    const newEvent = () => nestedEvent('player_score', 'a device', { event_id: randomUUID() });
    await verdictsOf(app.url, [newEvent()], server);
    await Promise.all([1, 2, 3].map(killNode));
    onTestFinished(async () => void (await Promise.all([1, 2, 3].map(startNode))));
    const refused = newEvent();
    const refusal = await ingest(app.url, [refused], server).catch((error: unknown) => error);
    expect(String(refusal)).toContain('UNAVAILABLE');
    const ready = (await (await fetch(`${app.url}/readyz`)).json()) as object;
    expect(ready).toMatchObject({ status: 'ready', kafka: 'down' });
    await Promise.all([1, 2, 3].map(startNode));
    await expect
      .poll(() => verdictsOf(app.url, [refused], server).catch(() => ['UNAVAILABLE']))
      .not.toEqual(['UNAVAILABLE']);
    await verdictsOf(app.url, [newEvent()], server);
    await expect.poll(() => countedOf(app)).toBe(3);
    await expect.poll(() => countOf(app, 'events')).toBe(3);
  },
);
