import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { whyNoKafka } from './distribution.ts';
import { type KafkaNodes, startNodes } from './nodes.ts';

declare module 'vitest' {
  // An interface, because that is what can be added to.
  interface ProvidedContext {
    kafka: KafkaOffer;
  }
}

/** What a test file can have: nothing, a Kafka that somebody runs, or nodes that are started when the first file asks. */
export type KafkaOffer = { kind: 'none' } | { kind: 'running'; brokers: string[] } | { kind: 'nodes'; control: string };

/**
 * Offers the tests a Kafka: the one at TEST_KAFKA_BROKERS, else three nodes of their own, one set for the whole run, which
 * lives in this process because the files come and go.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const brokers = process.env['TEST_KAFKA_BROKERS'];
  if (brokers) {
    console.log(`kafka: at ${brokers} (TEST_KAFKA_BROKERS)`);
    project.provide('kafka', { kind: 'running', brokers: brokers.split(',') });
    return async () => {};
  }
  const reason = whyNoKafka();
  if (reason) {
    console.log(`kafka: ${reason}, so its tests are skipped; TEST_KAFKA_BROKERS names a running one`);
    project.provide('kafka', { kind: 'none' });
    return async () => {};
  }
  const { url, stop } = await serveNodes();
  project.provide('kafka', { kind: 'nodes', control: url });
  return stop;
}

/** `POST /start` starts the nodes or finds them, and `POST /kill/2` and `POST /start/2` do so to one of them. */
async function serveNodes(): Promise<{ url: string; stop(): Promise<void> }> {
  let starting: Promise<KafkaNodes> | null = null;
  const start = () => (starting ??= startNodes());
  const server = createServer((request, response) => {
    const [, verb, node] = (request.url ?? '').split('/');
    const work = async () => {
      const nodes = await start();
      if (node && verb === 'kill') await nodes.kill(Number(node));
      if (node && verb === 'start') await nodes.start(Number(node));
      return nodes;
    };
    void answer(response, work());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.close();
      // A start that failed was told to whoever asked for it.
      const nodes = await starting?.catch(() => null);
      await nodes?.stop();
    },
  };
}

async function answer(response: ServerResponse, work: Promise<KafkaNodes>): Promise<void> {
  try {
    response.end(JSON.stringify(await work));
  } catch (error) {
    response.statusCode = 500;
    response.end(error instanceof Error ? error.message : String(error));
  }
}
