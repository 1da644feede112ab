import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import type { KafkaNodes } from './kafka/nodes.ts';

type Addresses = Pick<KafkaNodes, 'certificate' | 'plain' | 'sasl' | 'tls'>;

const offer = inject('kafka');

/** Whether there is a Kafka. Tests that need one are skipped where there is none. */
export const hasKafka = offer.kind !== 'none';
/** Whether it is made of nodes that this run may kill, and sign in to. */
export const hasKafkaNodes = offer.kind === 'nodes';

/** For KAFKA_BROKERS. Starts the nodes if no test has done so in this run, which takes some seconds. */
export async function kafkaBrokers(): Promise<string> {
  if (offer.kind === 'running') return offer.brokers.join(',');
  return (await kafkaNodes()).plain.join(',');
}

/** The addresses of the nodes that this run has started. */
export function kafkaNodes(): Promise<Addresses> {
  return control('start');
}

/** `kill -9` to one of the nodes 1, 2 and 3. Bring it back with `startNode`: the other tests have the same nodes. */
export async function killNode(node: number): Promise<void> {
  await control(`kill/${node}`);
}

/** Resolves when the killed node serves again. */
export async function startNode(node: number): Promise<void> {
  await control(`start/${node}`);
}

/** For KAFKA_PREFIX: topics and groups of the caller's own, so that no test reads what another wrote. */
export function kafkaPrefix(): string {
  return `test-${randomBytes(4).toString('hex')}.`;
}

async function control(path: string): Promise<Addresses> {
  if (offer.kind !== 'nodes') throw new Error('this run has no nodes of its own');
  const response = await fetch(`${offer.control}/${path}`, { method: 'POST' });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text) as Addresses;
}
