import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Admin } from '@platformatic/kafka';
import { freePorts } from '../serverProcess.ts';
import { KAFKA_PASSWORD, KAFKA_USER, KEYSTORE_PASSWORD } from './credentials.ts';
import { CLUSTER_ID, type Distribution, findDistribution } from './distribution.ts';

export type KafkaNodes = {
  /** Addresses by listener: without encryption, with TLS, and with TLS and a sign-in. Node `n` is at index `n - 1`. */
  plain: string[];
  tls: string[];
  sasl: string[];
  /** The path of the certificate that the nodes show. */
  certificate: string;
  /** Ends a node at once, as `kill -9` does. Its data stays. */
  kill(node: number): Promise<void>;
  /** Starts a killed node again and waits until it serves. */
  start(node: number): Promise<void>;
  /** Ends all nodes and removes their data. */
  stop(): Promise<void>;
};

type Node = {
  id: number;
  folder: string;
  port: { plain: number; tls: number; sasl: number; controller: number };
  process: ChildProcess | null;
};

const NODES = [1, 2, 3];
const START_DEADLINE_MS = 120_000;
/** C1 alone, a small heap and the serial collector: three nodes start with six seconds of CPU and live in 500 MB. */
const JAVA_OPTIONS = ['-Xms64m', '-Xmx192m', '-Xss256k', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
/** Ends the node when its parent goes, however that ends: the pipe to it then closes. */
const WITH_PARENT = 'exec 3<&0; "$@" <&- & node=$!; (cat <&3 >/dev/null; kill -9 $node 2>/dev/null) & wait $node';

/** Starts three nodes of Kafka on loopback, each broker and controller, and waits until all of them serve. */
export async function startNodes(): Promise<KafkaNodes> {
  const distribution = await findDistribution();
  const root = mkdtempSync(join(tmpdir(), 'laurel-kafka-'));
  const ports = await freePorts(NODES.length * 4);
  const nodes = NODES.map((id): Node => {
    const [plain = 0, tls = 0, sasl = 0, controller = 0] = ports.slice((id - 1) * 4);
    return { id, folder: join(root, String(id)), port: { plain, tls, sasl, controller }, process: null };
  });
  const stop = async () => {
    await Promise.all(nodes.map(killNode));
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const node of nodes) writeState(node, nodes, distribution);
  try {
    await Promise.all(nodes.map((node) => startNode(node, distribution)));
  } catch (error) {
    await stop();
    throw error;
  }
  const addresses = (listener: 'plain' | 'sasl' | 'tls') => nodes.map(({ port }) => `127.0.0.1:${port[listener]}`);
  const nodeOf = (id: number) => {
    const node = nodes.find((one) => one.id === id);
    if (!node) throw new Error(`there is no node ${id}`);
    return node;
  };
  return {
    plain: addresses('plain'),
    tls: addresses('tls'),
    sasl: addresses('sasl'),
    certificate: distribution.certificate,
    kill: (id) => killNode(nodeOf(id)),
    start: (id) => startNode(nodeOf(id), distribution),
    stop,
  };
}

/** What `kafka-storage format` would write, without starting Java for each node. */
function writeState(node: Node, nodes: Node[], { bootstrapCheckpoint, keystore }: Distribution): void {
  const data = join(node.folder, 'data');
  mkdirSync(data, { recursive: true });
  copyFileSync(bootstrapCheckpoint, join(data, 'bootstrap.checkpoint'));
  const identity = { version: 1, 'cluster.id': CLUSTER_ID, 'node.id': node.id, 'directory.id': randomId() };
  writeFileSync(join(data, 'meta.properties'), properties(identity));
  writeFileSync(join(node.folder, 'server.properties'), properties(settingsOf(node, nodes, { data, keystore })));
}

function settingsOf({ id, port }: Node, nodes: Node[], files: { data: string; keystore: string }) {
  const at = (name: string, number: number) => `${name}://127.0.0.1:${number}`;
  const login = 'org.apache.kafka.common.security';
  return {
    'process.roles': 'broker,controller',
    'node.id': id,
    'controller.quorum.voters': nodes.map((one) => `${one.id}@127.0.0.1:${one.port.controller}`).join(','),
    'controller.listener.names': 'CONTROLLER',
    listeners: [
      at('PLAINTEXT', port.plain),
      at('SSL', port.tls),
      at('SASL_SSL', port.sasl),
      at('CONTROLLER', port.controller),
    ].join(','),
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'PLAINTEXT',
    'ssl.keystore.location': files.keystore,
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.password': KEYSTORE_PASSWORD,
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    'listener.name.sasl_ssl.plain.sasl.jaas.config': `${login}.plain.PlainLoginModule required user_${KAFKA_USER}="${KAFKA_PASSWORD}";`,
    'listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config': `${login}.scram.ScramLoginModule required;`,
    'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': `${login}.scram.ScramLoginModule required;`,
    'log.dirs': files.data,
    'auto.create.topics.enable': 'false',
    // Few threads and partitions: the machine that runs the tests is small.
    'num.network.threads': 1,
    'num.io.threads': 2,
    'num.replica.fetchers': 1,
    'background.threads': 2,
    'num.recovery.threads.per.data.dir': 1,
    'log.cleaner.enable': 'false',
    'offsets.topic.num.partitions': 3,
    'offsets.topic.replication.factor': 3,
    'transaction.state.log.num.partitions': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    // A killed node is noticed sooner than usually, but a machine that is busy with other tests must not count as one.
    'broker.session.timeout.ms': 5_000,
    'broker.heartbeat.interval.ms': 500,
    'controller.quorum.fetch.timeout.ms': 4_000,
    'controller.quorum.election.timeout.ms': 2_000,
  };
}

/** Waits for one that runs already. */
async function startNode(node: Node, { classPath }: Distribution): Promise<void> {
  if (node.process?.exitCode === null) return waitFor(node, node.process);
  const log = openSync(join(node.folder, 'log'), 'a');
  const java = ['java', ...JAVA_OPTIONS, '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', classPath];
  const command = [...java, 'kafka.Kafka', join(node.folder, 'server.properties')];
  const child = spawn('sh', ['-c', WITH_PARENT, 'sh', ...command], { cwd: '/', stdio: ['pipe', log, log] });
  closeSync(log);
  node.process = child;
  await waitFor(node, child);
}

async function waitFor(node: Node, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (!(await serves(node))) {
    if (child.exitCode === null && Date.now() < deadline) {
      await delay(100);
      continue;
    }
    await killNode(node);
    throw new Error(
      `node ${node.id} of Kafka did not start:\n${readFileSync(join(node.folder, 'log'), 'utf8').slice(-5_000)}`,
    );
  }
}

async function killNode(node: Node): Promise<void> {
  const child = node.process;
  node.process = null;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.stdin?.end();
  await exited;
}

/** Whether the node answers and counts itself among the brokers. */
async function serves({ id, port }: Node): Promise<boolean> {
  const bootstrapBrokers = [`127.0.0.1:${port.plain}`];
  const admin = new Admin({
    clientId: 'laurel-tests',
    bootstrapBrokers,
    retries: 0,
    connectTimeout: 500,
    timeout: 2_000,
  });
  try {
    const { brokers } = await admin.metadata({ topics: [] });
    return brokers.has(id);
  } catch {
    return false;
  } finally {
    await admin.close();
  }
}

function properties(values: Record<string, number | string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** 16 bytes, as Kafka writes its UUIDs; it takes none that begins with a dash. */
function randomId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? randomId() : id;
}
