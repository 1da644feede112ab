import { compatibilityPartitioner, Producer } from '@platformatic/kafka';
import type { KafkaConfig } from '../kafkaConfig.ts';
import { createGroupWork } from '../async/groupWork.ts';
import { repeat, type StopRepeating } from '../async/repeat.ts';
import { retry } from '../async/retry.ts';
import type { Log } from '../log.ts';
import { clientOptions } from './client.ts';
import { explainKafkaError, hasApiId, KafkaAwayError } from './kafkaError.ts';
import { ensureTopics, topicNames } from './topics.ts';

export type NewRecord = { topic: string; key: string; value: Buffer | string; headers: Record<string, string> };

export type KafkaProducer = {
  /**
   * Resolves when all in-sync replicas have the records, in this order within a key. Throws KafkaAwayError when that is
   * not known; the same records may then be sent again, and are in the topic twice if they had arrived.
   */
  send(records: NewRecord[]): Promise<void>;
  /** Whether Kafka answered last time. */
  isConnected(): boolean;
  close(): Promise<void>;
};

const SEND_DEADLINE_MS = 4_000;
const RETRY_PAUSE_MS = 100;
const PROBE_EVERY_MS = 200;
/** Calls that go together in one request; what they bring is bounded by the bytes. */
const GROUP_MAX = 500;
const WAITING_MAX = 5_000;
/** Kafka takes 1 MiB for one partition, and all may be for one. */
const BYTES_MAX = 800_000;
/** Answers about the records, which come again however often they are sent. */
const REFUSALS = ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD'];

/**
 * Makes the topics and opens a producer. Resolves also when Kafka is away, which is logged: whoever sends is then told
 * so. Once a send was not acknowledged in time, the next are refused at once until Kafka answers again. One request is
 * under way at a time, so records keep their order.
 */
export async function openProducer(config: KafkaConfig, log: Pick<Log, 'info' | 'warn'>): Promise<KafkaProducer> {
  const { raw } = topicNames(config);
  const producer: RecordProducer = new Producer<string, Buffer | string, string, string>({
    ...clientOptions(config),
    idempotent: true,
    acks: -1,
    repeatOnStaleMetadata: true,
    // The partition that other producers' clients choose for a key as well.
    partitioner: compatibilityPartitioner,
    serializers: { key: bytesOf, value: bytesOf, headerKey: bytesOf, headerValue: bytesOf },
  });
  const outage = await watchOutage({
    probe: async () => {
      await ensureTopics(config);
      await producer.metadata({ topics: [raw], forceUpdate: true });
    },
    log,
  });
  const groups = createGroupWork<NewRecord[], true>({
    work: async (calls) => {
      for (const messages of splitByBytes(calls.flat())) await sendAll(producer, messages);
      return calls.map(() => true);
    },
    sizeMax: GROUP_MAX,
    waitingMax: WAITING_MAX,
    isOutage: (error) => error instanceof KafkaAwayError,
  });
  return {
    send: async (records) => {
      if (outage.isOn()) throw new KafkaAwayError('Kafka is away');
      try {
        await groups.add(records);
      } catch (error) {
        if (error instanceof KafkaAwayError) outage.begin(error.cause);
        throw error;
      }
    },
    isConnected: () => !outage.isOn(),
    close: async () => {
      await outage.stop();
      await groups.drained();
      await producer.close();
    },
  };
}

type RecordProducer = Producer<string, Buffer | string, string, string>;

/** The client asks for the serializer of nothing as well. */
function bytesOf(value: Buffer | string | undefined): Buffer | undefined {
  return typeof value === 'string' ? Buffer.from(value) : value;
}

async function sendAll(producer: RecordProducer, messages: NewRecord[]): Promise<void> {
  try {
    await retry(() => producer.send({ messages }), {
      isPassing: (error) => {
        // The leaders may have moved.
        producer.clearMetadata();
        return !isRefusal(error);
      },
      deadlineMs: SEND_DEADLINE_MS,
      pauseMs: () => RETRY_PAUSE_MS,
    });
  } catch (error) {
    throw isRefusal(error) ? error : new KafkaAwayError('Kafka did not acknowledge', { cause: error });
  }
}

function isRefusal(error: unknown): boolean {
  return REFUSALS.some((apiId) => hasApiId(error, apiId));
}

function splitByBytes(records: NewRecord[]): NewRecord[][] {
  const parts: NewRecord[][] = [];
  let bytes = Infinity;
  for (const record of records) {
    const size = Buffer.byteLength(record.value) + 200;
    if (bytes + size > BYTES_MAX) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(record);
    bytes += size;
  }
  return parts;
}

type Outage = { begin(error: unknown): void; isOn(): boolean; stop(): Promise<void> };

/** On from a failure, if only of the first probe, until a probe succeeds. */
async function watchOutage(options: { probe: () => Promise<void>; log: Pick<Log, 'info' | 'warn'> }): Promise<Outage> {
  const { probe, log } = options;
  let stopProbing: StopRepeating | null = null;
  let told: string | null = null;
  const tell = (error: unknown) => {
    const reason = explainKafkaError(error);
    if (reason === told) return;
    told = reason;
    log.warn({ reason }, 'Kafka cannot be used; events are refused until it can, and none that was taken is lost');
  };
  const end = async () => {
    await probe();
    const stop = stopProbing;
    stopProbing = null;
    told = null;
    log.info({}, 'Kafka can be used again');
    void stop?.();
  };
  const begin = (error: unknown) => {
    tell(error);
    stopProbing ??= repeat(end, { everyMs: PROBE_EVERY_MS, failed: tell });
  };
  await probe().catch(begin);
  return { begin, isOn: () => stopProbing !== null, stop: async () => stopProbing?.() };
}
