import type { BaseOptions } from '@platformatic/kafka';
import type { KafkaConfig } from '../kafkaConfig.ts';

const CONNECT_DEADLINE_MS = 1_000;
/** For replicas to have what was sent. */
const ACKNOWLEDGE_DEADLINE_MS = 3_000;
/** The client's own is half a minute, in which a broker that hangs would hold up what others could do. */
const ANSWER_DEADLINE_MS = 5_000;
const RETRY_PAUSE_MS = 100;
/** With fewer than two an idempotent producer of this client takes none for an endless number. */
const RETRIES = 2;

/** What every client of Kafka in this process is opened with. */
export function clientOptions({ brokers, tls, sasl }: KafkaConfig): BaseOptions {
  return {
    clientId: 'laurel',
    bootstrapBrokers: brokers,
    connectTimeout: CONNECT_DEADLINE_MS,
    timeout: ACKNOWLEDGE_DEADLINE_MS,
    requestTimeout: ANSWER_DEADLINE_MS,
    retries: RETRIES,
    retryDelay: RETRY_PAUSE_MS,
    autocreateTopics: false,
    ...(tls && { tls }),
    ...(sasl && { sasl }),
  };
}
