import type { ConnectionPool, Consumer } from '@platformatic/kafka';
import type { Positions } from './group.ts';

export type TopicRecord = {
  offset: bigint;
  key: string | null;
  /** Null is what compacted topics know as a tombstone. */
  value: Buffer | null;
  headers: Map<string, string>;
  timestamp: Date;
};

export type PartitionRecords = {
  partition: number;
  records: TopicRecord[];
  /** Of the first record behind these. */
  next: bigint;
};

type FetchedPartition = Awaited<ReturnType<Consumer['fetch']>>['responses'][number]['partitions'][number];

const WAIT_MS = 500;
const PARTITION_BYTES_MAX = 256_000;
const BYTES_MAX = 1_000_000;
/** Bits of a batch: it holds a marker of a transaction; its timestamps are the broker's. */
const IS_CONTROL = 0x20;
const IS_APPEND_TIME = 0x08;

/**
 * Asks one broker for what comes next in partitions that it leads, and waits half a second where there is nothing.
 * Partitions that nothing came from are left out.
 */
export async function fetchRecords(options: {
  consumer: Consumer;
  pool: ConnectionPool;
  topicId: string;
  node: number;
  partitions: number[];
  positions: Positions;
}): Promise<PartitionRecords[]> {
  const { consumer, pool, topicId, node, partitions, positions } = options;
  const response = await consumer.fetch({
    node,
    connectionPool: pool,
    maxWaitTime: WAIT_MS,
    maxBytes: BYTES_MAX,
    topics: [
      {
        topicId,
        partitions: partitions.map((partition) => ({
          partition,
          fetchOffset: positions.get(partition) ?? 0n,
          partitionMaxBytes: PARTITION_BYTES_MAX,
          currentLeaderEpoch: -1,
          lastFetchedEpoch: -1,
        })),
      },
    ],
  });
  return response.responses.flatMap((topic) =>
    topic.partitions.flatMap((partition) => readPartition(partition, positions)),
  );
}

function readPartition(fetched: FetchedPartition, positions: Positions): PartitionRecords[] {
  const { partitionIndex: partition } = fetched;
  const from = positions.get(partition) ?? 0n;
  const batches = fetched.records ?? [];
  const last = batches.at(-1);
  if (!last) return [];
  const records = batches
    .filter((batch) => (batch.attributes & IS_CONTROL) === 0)
    .flatMap((batch) => batch.records.map((record) => readRecord(batch, record)))
    // A batch is sent whole, also when it begins before the position.
    .filter(({ offset }) => offset >= from);
  return [{ partition, records, next: last.firstOffset + BigInt(last.lastOffsetDelta) + 1n }];
}

type Batch = NonNullable<FetchedPartition['records']>[number];

function readRecord(batch: Batch, record: Batch['records'][number]): TopicRecord {
  const isAppendTime = (batch.attributes & IS_APPEND_TIME) !== 0;
  const timestamp = isAppendTime ? batch.maxTimestamp : batch.firstTimestamp + record.timestampDelta;
  return {
    offset: batch.firstOffset + BigInt(record.offsetDelta),
    key: record.key?.toString() ?? null,
    value: record.value,
    headers: new Map(record.headers.map(([name, value]) => [name?.toString() ?? '', value?.toString() ?? ''])),
    timestamp: new Date(Number(timestamp)),
  };
}
