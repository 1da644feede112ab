import { findErrorBy } from '@platformatic/kafka';

/** Kafka is away, does not answer, or has too few replicas to be sure. Whether what was sent is stored is not known. */
export class KafkaAwayError extends Error {}

/** What whoever operates the server can do about an answer of Kafka. */
const REMEDIES = new Map([
  [
    'SASL_AUTHENTICATION_FAILED',
    'it refused the sign-in: check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD',
  ],
  ['TOPIC_AUTHORIZATION_FAILED', 'it refused access to a topic: give the user the right to it'],
  ['GROUP_AUTHORIZATION_FAILED', 'it refused access to a group: give the user the right to it'],
  ['CLUSTER_AUTHORIZATION_FAILED', 'it refused to make a topic: make it, or give the user the right'],
  ['INVALID_REPLICATION_FACTOR', 'it has fewer brokers than KAFKA_REPLICATION asks for'],
]);

/** Why Kafka cannot be used, in words for whoever operates the server. Holds no record and no password. */
export function explainKafkaError(error: unknown): string {
  if (!(error instanceof Error)) return 'it failed';
  const codes = [...new Set(causesOf(error).flatMap(codesOf))];
  const remedy = codes.map((code) => REMEDIES.get(code)).find((text) => text !== undefined);
  if (remedy !== undefined) return remedy;
  const tls = codes.find((code) => /CERT|TLS|SSL|SELF_SIGNED|ISSUER/.test(code));
  if (tls) return `no trusted connection came about (${tls}): check KAFKA_TLS and KAFKA_TLS_CA`;
  return codes.length > 0 ? codes.join(', ') : error.message;
}

/** True when an answer of Kafka names this error, such as `TOPIC_ALREADY_EXISTS`. */
export function hasApiId(error: unknown, apiId: string): boolean {
  return error instanceof Error && findErrorBy(error, 'apiId', apiId) !== null;
}

function causesOf(error: Error): Error[] {
  const inner = [error.cause, ...(error instanceof AggregateError ? (error.errors as unknown[]) : [])];
  return [error, ...inner.flatMap((one) => (one instanceof Error ? causesOf(one) : []))];
}

/** Of Kafka's answers and of sockets; the client's own say only that something failed. */
function codesOf(error: Error): string[] {
  const { apiId, code } = error as { apiId?: unknown; code?: unknown };
  return [apiId, code].filter((one) => typeof one === 'string').filter((one) => !one.startsWith('PLT_KFK_'));
}
