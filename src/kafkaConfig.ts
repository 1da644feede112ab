import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError, list } from './environment.ts';

export type KafkaConfig = {
  /** `host:port` each; any of them tells of all others. */
  brokers: string[];
  /** PEM texts. Null: not encrypted. */
  tls: { ca?: string; cert?: string; key?: string } | null;
  /** Null: nobody signs in. */
  sasl: { mechanism: (typeof SASL_MECHANISMS)[number]; username: string; password: string } | null;
  /** Begins the names of topics and groups, so that several servers of Laurel can share a cluster. */
  prefix: string;
  /** Of topics that Laurel makes. */
  partitions: number;
  /** Of topics that Laurel makes; null for three, or as many as there are brokers. */
  replication: number | null;
  retentionMs: number;
};

const SASL_MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;

/** What the environment tells of Kafka. */
export const kafkaEnvironment = {
  KAFKA_BROKERS: list
    .refine(
      (brokers) =>
        brokers.length > 0 && brokers.every((broker) => /^[^\s:/]+:\d{1,5}$|^\[[\da-f:]+\]:\d{1,5}$/i.test(broker)),
      'must be addresses like kafka-1.example:9092, separated by commas',
    )
    .optional(),
  KAFKA_TLS: z.enum(['true', 'false']).optional(),
  KAFKA_TLS_CA: z.string().optional(),
  KAFKA_TLS_CERT: z.string().optional(),
  KAFKA_TLS_KEY: z.string().optional(),
  KAFKA_SASL_MECHANISM: z.enum(SASL_MECHANISMS).optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
  KAFKA_PREFIX: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'must be letters, digits, dots, dashes and underscores, 100 at most')
    .default(''),
  KAFKA_PARTITIONS: z.coerce.number('must be a number of partitions').int().min(1).max(1_000).default(12),
  KAFKA_REPLICATION: z.coerce.number('must be a number of replicas').int().min(1).max(100).optional(),
  KAFKA_RETENTION_HOURS: z.coerce.number('must be a number of hours').int().min(1).max(87_600).default(168),
};

type Environment = z.infer<z.ZodObject<typeof kafkaEnvironment>>;

/** Null when no brokers are named. Reads the files that are named. Throws ConfigError. */
export function readKafka(data: Environment): KafkaConfig | null {
  if (!data.KAFKA_BROKERS) return null;
  return {
    brokers: data.KAFKA_BROKERS,
    tls: readKafkaTls(data),
    sasl: readKafkaSasl(data),
    prefix: data.KAFKA_PREFIX,
    partitions: data.KAFKA_PARTITIONS,
    replication: data.KAFKA_REPLICATION ?? null,
    retentionMs: data.KAFKA_RETENTION_HOURS * 3_600_000,
  };
}

function readKafkaTls(data: Environment): KafkaConfig['tls'] {
  const { KAFKA_TLS: isOn, KAFKA_TLS_CA, KAFKA_TLS_CERT, KAFKA_TLS_KEY } = data;
  const files = [KAFKA_TLS_CA, KAFKA_TLS_CERT, KAFKA_TLS_KEY];
  if (isOn === 'false' || (isOn === undefined && files.every((file) => file === undefined))) return null;
  if ((KAFKA_TLS_CERT === undefined) !== (KAFKA_TLS_KEY === undefined)) {
    throw new ConfigError('KAFKA_TLS_CERT and KAFKA_TLS_KEY are needed together: the certificate and its key.');
  }
  return {
    ...(KAFKA_TLS_CA !== undefined && { ca: readPem('KAFKA_TLS_CA', KAFKA_TLS_CA) }),
    ...(KAFKA_TLS_CERT !== undefined && { cert: readPem('KAFKA_TLS_CERT', KAFKA_TLS_CERT) }),
    ...(KAFKA_TLS_KEY !== undefined && { key: readPem('KAFKA_TLS_KEY', KAFKA_TLS_KEY) }),
  };
}

function readPem(name: string, path: string): string {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // Told below, like a file of something else.
  }
  if (text.includes('-----BEGIN ')) return text;
  throw new ConfigError(`${name} must be the path of a PEM file that can be read`);
}

function readKafkaSasl(data: Environment): KafkaConfig['sasl'] {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = data;
  if (mechanism === undefined && username === undefined && password === undefined) return null;
  if (mechanism !== undefined && username !== undefined && password !== undefined) {
    return { mechanism, username, password };
  }
  throw new ConfigError('KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are needed together.');
}
