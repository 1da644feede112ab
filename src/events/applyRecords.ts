import { claimRecords } from '../db/events/eventRecords.ts';
import { type KafkaPositions, lockKafkaPositions, moveKafkaPositions } from '../db/events/kafkaPositions.ts';
import type { RejectedRecord } from '../db/events/rejectedRecords.ts';
import type { Transaction } from '../db/open.ts';
import type { PartitionRecords } from '../kafka/fetchRecords.ts';
import { type EventAt, type Lookups, readRecords } from './readRecords.ts';

/** What a batch of records comes to. */
type Read = { topicId: string; events: EventAt[]; rejected: RejectedRecord[] };

/** What one transaction applies. */
const RECORDS_MAX = 500;

/**
 * Does what records do and moves the positions, in one transaction for some hundred of them. What lies before the position
 * has been done, by whoever had the partition before; it is left out. With `isOnce` copies of events are left out as well.
 * Answers with where to read on.
 */
export async function applyRecords(
  batch: PartitionRecords[],
  options: Lookups & {
    reader: string;
    topicId: string;
    isOnce: boolean;
    effect: (tx: Transaction, read: Read) => Promise<void>;
  },
): Promise<KafkaPositions> {
  const { database, reader, topicId, isOnce, effect } = options;
  const reached: KafkaPositions = new Map();
  for (const part of split(batch)) {
    const read = await readRecords(part, options);
    const events = isOnce ? await claimRecords(database, topicId, read.events) : read.events;
    const moved = await database.transaction(async (tx) => {
      const positions = await lockKafkaPositions(tx, { reader, topicId, partitions: part.map((one) => one.partition) });
      const isDue = (at: { partition: number; offset: bigint }) => at.offset >= (positions.get(at.partition) ?? 0n);
      await effect(tx, { topicId, events: events.filter(isDue), rejected: read.rejected.filter(isDue) });
      for (const { partition, next } of part) {
        if (next > (positions.get(partition) ?? 0n)) positions.set(partition, next);
      }
      await moveKafkaPositions(tx, { reader, topicId, positions });
      return positions;
    });
    for (const [partition, next] of moved) reached.set(partition, next);
  }
  return reached;
}

/** Parts with so many records of one partition at most, in their order. */
function split(batch: PartitionRecords[]): PartitionRecords[][] {
  const parts: PartitionRecords[][] = [];
  let free = 0;
  for (const { partition, records, next } of batch) {
    for (let from = 0; from === 0 || from < records.length;) {
      if (free === 0) {
        parts.push([]);
        free = RECORDS_MAX;
      }
      const taken = records.slice(from, from + free);
      from += Math.max(taken.length, 1);
      free -= taken.length;
      const behind = records[from];
      parts.at(-1)?.push({ partition, records: taken, next: behind ? behind.offset : next });
    }
  }
  return parts;
}
