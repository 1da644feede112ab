import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KAFKA_PASSWORD, KAFKA_USER, KEYSTORE_PASSWORD } from './credentials.ts';

/** Kafka itself and what all nodes have in common. */
export type Distribution = {
  /** For Java's `-cp`. */
  classPath: string;
  /** The first records of a new cluster's metadata, among them the SCRAM credentials. */
  bootstrapCheckpoint: string;
  /** PKCS#12, with the key of a certificate for 127.0.0.1 and localhost. */
  keystore: string;
  /** That certificate in PEM: whoever trusts it trusts the nodes. */
  certificate: string;
};

const POM = fileURLToPath(new URL('pom.xml', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/laurel-kafka', import.meta.url));
const JAVA_VERSION_MIN = 17;
const STEP_DEADLINE_MS = 300_000;
export const CLUSTER_ID = 'laurel-tests-kafka-000';

/** Why no Kafka can be run here, in a few words, or null. */
export function whyNoKafka(): string | null {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = Number(/version "(\d+)/.exec(java.stderr ?? '')?.[1] ?? 0);
  if (version < JAVA_VERSION_MIN) return `no Java ${JAVA_VERSION_MIN} or later`;
  if (existsSync(folderOf())) return null;
  return spawnSync('mvn', ['-version']).status === 0 ? null : 'no Maven to fetch Kafka with';
}

/** Fetches Kafka by Maven and prepares a cluster's first state: once, until the pom changes or node_modules goes. */
export async function findDistribution(): Promise<Distribution> {
  const folder = folderOf();
  if (!existsSync(folder)) await prepare(folder);
  return {
    classPath: join(folder, 'libs', '*'),
    bootstrapCheckpoint: join(folder, 'format', 'bootstrap.checkpoint'),
    keystore: join(folder, 'keystore.p12'),
    certificate: join(folder, 'certificate.pem'),
  };
}

function folderOf(): string {
  return join(CACHE, createHash('sha256').update(readFileSync(POM)).digest('hex').slice(0, 16));
}

/** Made aside and then renamed: whoever looks at the same moment finds all of it or nothing. */
async function prepare(folder: string): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(join(CACHE, 'draft-'));
  try {
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime'];
    await run('mvn', ['-q', '-B', '-f', POM, ...goal, `-DoutputDirectory=${join(draft, 'libs')}`]);
    await Promise.all([format(draft), makeCertificate(draft)]);
    renameSync(draft, folder);
  } catch (error) {
    // Another run was faster.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function format(folder: string): Promise<void> {
  const settings = join(folder, 'format.properties');
  const controller = '127.0.0.1:9093';
  writeFileSync(
    settings,
    [
      'process.roles=broker,controller',
      'node.id=1',
      `controller.quorum.voters=1@${controller}`,
      `listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://${controller}`,
      'controller.listener.names=CONTROLLER',
      'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      `log.dirs=${join(folder, 'format')}`,
    ].join('\n'),
  );
  const scram = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
    '--add-scram',
    `${mechanism}=[name=${KAFKA_USER},password=${KAFKA_PASSWORD}]`,
  ]);
  const tool = ['-cp', join(folder, 'libs', '*'), 'kafka.tools.StorageTool', 'format'];
  await run('java', ['-XX:TieredStopAtLevel=1', ...tool, '-t', CLUSTER_ID, '-c', settings, ...scram]);
}

async function makeCertificate(folder: string): Promise<void> {
  const store = ['-keystore', join(folder, 'keystore.p12'), '-storepass', KEYSTORE_PASSWORD, '-alias', 'kafka'];
  const identity = ['-dname', 'CN=localhost', '-ext', 'san=ip:127.0.0.1,dns:localhost', '-validity', '3650'];
  await run('keytool', ['-genkeypair', '-keyalg', 'EC', '-storetype', 'PKCS12', ...store, ...identity]);
  await run('keytool', ['-exportcert', '-rfc', ...store, '-file', join(folder, 'certificate.pem')]);
}

async function run(command: string, args: string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: STEP_DEADLINE_MS });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve).once('error', reject);
  });
  if (code !== 0) throw new Error(`${command} ${args.find((arg) => !arg.startsWith('-')) ?? ''} failed:\n${printed}`);
}
