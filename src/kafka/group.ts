import { setTimeout as delay } from 'node:timers/promises';
import { ConnectionPool, Consumer } from '@platformatic/kafka';
import type { KafkaConfig } from '../kafkaConfig.ts';
import type { Log } from '../log.ts';
import { clampPositions } from './clampPositions.ts';
import { clientOptions } from './client.ts';
import { fetchRecords, type PartitionRecords } from './fetchRecords.ts';
import { explainKafkaError } from './kafkaError.ts';

/** By partition, the offset of the next record to read. A partition without one is read from its beginning. */
export type Positions = Map<number, bigint>;

export type GroupOptions = {
  config: KafkaConfig;
  group: string;
  topic: string;
  /** Where to read on, as it is stored with the effects. `topicId` changes when a topic is deleted and made anew. */
  findPositions(topicId: string): Promise<Positions>;
  /**
   * Does what the records of some partitions do, and stores the positions with it. Returns where to read on. It may be
   * given records that were done already, by another member of the group that has just lost the partition.
   */
  consume(topicId: string, batch: PartitionRecords[]): Promise<Positions>;
  log: Pick<Log, 'info' | 'warn'>;
};

export type GroupReader = {
  /** Resolves when what is under way is done, and the group knows that this member has left. */
  stop(): Promise<void>;
};

const SESSION_DEADLINE_MS = 10_000;
const REBALANCE_DEADLINE_MS = 15_000;
const HEARTBEAT_EVERY_MS = 1_000;
const RETRY_PAUSE_MS = 200;
/** A member that has not got back into its group by then is replaced by a new one. */
const REJOIN_DEADLINE_MS = 15_000;

/**
 * Reads a topic as a member of a group, until it is stopped: the members share its partitions, and what one that died had is
 * another's after ten seconds and a rebalance. Goes through any outage, with a line in the log at its beginning and its end.
 */
export function readGroup(options: GroupOptions): GroupReader {
  const stopping = new AbortController();
  const outage = createOutageLog(options);
  const run = async () => {
    while (!stopping.signal.aborted) {
      const member = openMember(options.config, options.group, options.topic);
      try {
        await member.consumer.joinGroup({});
        await readAsMember(member, options, { signal: stopping.signal, outage });
      } catch (error) {
        outage.failed(error);
      }
      await member.close();
      await pause(RETRY_PAUSE_MS, stopping.signal);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

type Member = {
  consumer: Consumer;
  /** Apart from the member's own, where a fetch that waits for records would hold up its heartbeats. */
  fetching: ConnectionPool;
  /** Grows with each assignment. */
  generation(): number;
  close(): Promise<void>;
};

function openMember(config: KafkaConfig, group: string, topic: string): Member {
  const connection = clientOptions(config);
  const consumer = new Consumer({
    ...connection,
    groupId: `${config.prefix}${group}`,
    sessionTimeout: SESSION_DEADLINE_MS,
    rebalanceTimeout: REBALANCE_DEADLINE_MS,
    // The answer to who joins comes when all members have.
    requestTimeout: REBALANCE_DEADLINE_MS + SESSION_DEADLINE_MS,
    heartbeatInterval: HEARTBEAT_EVERY_MS,
  });
  const fetching = new ConnectionPool('laurel', connection);
  let generation = 0;
  consumer.on('consumer:group:join', () => (generation += 1));
  // A failed attempt to get back into the group; `readAsMember` sees that the member is not active.
  consumer.on('error', () => {});
  consumer.topics.track(topic);
  return {
    consumer,
    fetching,
    generation: () => generation,
    close: async () => {
      // One that cannot say goodbye is missed after its session.
      await Promise.allSettled([consumer.close(true), fetching.close()]);
    },
  };
}

type Reading = { signal: AbortSignal; outage: ReturnType<typeof createOutageLog> };

/** Returns when it is stopped, or the member has been out of its group for too long. */
async function readAsMember(member: Member, options: GroupOptions, { signal, outage }: Reading): Promise<void> {
  let activeAt = Date.now();
  while (!signal.aborted) {
    if (member.consumer.isActive()) {
      activeAt = Date.now();
      try {
        await readAssignment(member, options, { signal, outage });
        continue;
      } catch (error) {
        outage.failed(error);
        member.consumer.clearMetadata();
      }
    } else if (Date.now() - activeAt > REJOIN_DEADLINE_MS) return;
    await pause(RETRY_PAUSE_MS, signal);
  }
}

/** Reads the partitions that the member has, until it has others. Throws when something failed; positions are then read anew. */
async function readAssignment(
  { consumer, fetching, generation }: Member,
  { group, topic, findPositions, consume, log }: GroupOptions,
  { signal, outage }: Reading,
): Promise<void> {
  const begun = generation();
  const partitions = consumer.assignments?.find((one) => one.topic === topic)?.partitions ?? [];
  const metadata = (await consumer.metadata({ topics: [topic] })).topics.get(topic);
  if (!metadata) throw new Error('the topic is not there');
  const positions = await findPositions(metadata.id);
  const lost = await clampPositions({ consumer, topic, partitions, positions });
  if (lost > 0n) log.warn({ group, lost: Number(lost) }, 'Kafka has removed records before they were read');
  const byLeader = Map.groupBy(partitions, (partition) => metadata.partitions[partition]?.leader ?? -1);
  let hasFailed = false;
  const isCurrent = () => !signal.aborted && !hasFailed && generation() === begun && consumer.isActive();
  const readLane = async (node: number, ofNode: number[]) => {
    try {
      while (isCurrent()) {
        const batch = await fetchRecords({
          consumer,
          pool: fetching,
          topicId: metadata.id,
          node,
          partitions: ofNode,
          positions,
        });
        outage.worked();
        if (batch.length === 0 || !isCurrent()) continue;
        for (const [partition, next] of await consume(metadata.id, batch)) positions.set(partition, next);
      }
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };
  const lanes = await Promise.allSettled([...byLeader].map(([node, ofNode]) => readLane(node, ofNode)));
  const failed = lanes.find((lane) => lane.status === 'rejected');
  if (failed) throw failed.reason;
  if (partitions.length === 0) await pause(RETRY_PAUSE_MS, signal);
}

function createOutageLog({ group, log }: GroupOptions) {
  let told: string | null = null;
  return {
    failed: (error: unknown) => {
      const reason = explainKafkaError(error);
      if (reason !== told) log.warn({ group, reason }, 'events cannot be read from Kafka, and wait there');
      told = reason;
    },
    worked: () => {
      if (told !== null) log.info({ group }, 'events are read from Kafka again');
      told = null;
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}
