import { type Consumer, ListOffsetTimestamps } from '@platformatic/kafka';
import type { Positions } from './group.ts';

/**
 * Moves positions to where there are records: retention may have removed those at one, and one behind the end is of a log
 * that lost its last records. Returns how many records were gone that should have been read.
 */
export async function clampPositions(options: {
  consumer: Consumer;
  topic: string;
  partitions: number[];
  positions: Positions;
}): Promise<bigint> {
  const { consumer, topic, partitions, positions } = options;
  if (partitions.length === 0) return 0n;
  const listOffsets = async (timestamp: bigint) =>
    (await consumer.listOffsets({ topics: [topic], partitions: { [topic]: partitions }, timestamp })).get(topic) ?? [];
  const [first, end] = await Promise.all([
    listOffsets(ListOffsetTimestamps.EARLIEST),
    listOffsets(ListOffsetTimestamps.LATEST),
  ]);
  let lost = 0n;
  for (const partition of partitions) {
    const position = positions.get(partition);
    const earliest = first[partition] ?? 0n;
    const latest = end[partition] ?? 0n;
    if (position !== undefined && position < earliest) lost += earliest - position;
    if (position === undefined || position < earliest) positions.set(partition, earliest);
    else if (position > latest) positions.set(partition, latest);
  }
  return lost;
}
