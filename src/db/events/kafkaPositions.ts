import { sql } from 'drizzle-orm';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';

/** By partition, the offset of the next record. */
export type KafkaPositions = Map<number, bigint>;

/** The reader that brings what is in Kafka into the tables; all others are projections. */
export const EVENT_LOGGER = 'event-logger';

/** What a reader has to itself of a topic. */
type Claim = { reader: string; topicId: string; partitions: number[] };

export async function findKafkaPositions(
  database: Queryable,
  { reader, topicId }: Omit<Claim, 'partitions'>,
): Promise<KafkaPositions> {
  const rows = await database.rows<PositionRow>(sql`
    select k.partition, k.next from kafka_positions k where k.reader = ${reader} and k.topic_id = ${topicId}::uuid`);
  return positionsOf(rows);
}

/** Takes the positions until the end of the transaction, and makes those that are missing. Whoever has taken them is waited for. */
export async function lockKafkaPositions(
  tx: Queryable,
  { reader, topicId, partitions }: Claim,
): Promise<KafkaPositions> {
  const input = recordset(
    { partition: 'int2' },
    partitions.map((partition) => ({ partition })),
  );
  await tx.rows(sql`
    insert into kafka_positions (reader, topic_id, partition, next)
    select ${reader}, ${topicId}::uuid, x.partition, 0 from ${input} order by x.partition on conflict do nothing`);
  const rows = await tx.rows<PositionRow>(sql`
    select k.partition, k.next from kafka_positions k
    where k.reader = ${reader} and k.topic_id = ${topicId}::uuid
      and k.partition = any(array(select x.partition from ${input}))
    order by k.partition for update`);
  return positionsOf(rows);
}

/** In the transaction that holds the effects of all records before. */
export async function moveKafkaPositions(
  tx: Queryable,
  { reader, topicId, positions }: Omit<Claim, 'partitions'> & { positions: KafkaPositions },
): Promise<void> {
  await tx.rows(sql`
    update kafka_positions k set next = x.next
    from ${recordset(
      { partition: 'int2', next: 'int8' },
      Array.from(positions, ([partition, next]) => ({ partition, next: Number(next) })),
    )} where k.reader = ${reader} and k.topic_id = ${topicId}::uuid and k.partition = x.partition`);
}

type PositionRow = { partition: number; next: number };

function positionsOf(rows: PositionRow[]): KafkaPositions {
  return new Map(rows.map(({ partition, next }) => [partition, BigInt(next)]));
}
