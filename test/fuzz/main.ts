import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tokenFor } from '../setup/tokens.ts';
import { fuzz } from './fuzz.ts';
import { spawnCollecting } from './spawnCollecting.ts';

/**
 * `npm run fuzz -- --runs 10000 --seed 7`: generated documents against a server of its own with the demo game, embedded or
 * on the empty database of DATABASE_URL, with REDIS_URL where there is one. Exits with 1 and the smallest document that
 * was answered with 5xx, with something internal, or after half a second, or when the server grew by 256 MB.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  },
});
const given = Object.fromEntries(['DATABASE_URL', 'REDIS_URL'].map((name) => [name, process.env[name] ?? '']));
const server = await spawnCollecting({ ...given, DATA_DIR: mkdtempSync(join(tmpdir(), 'laurel-fuzz-')), DEMO: 'true' });
try {
  const [seed, runs] = [Number(values.seed), Number(values.runs)];
  console.log(`${runs} documents, seed ${seed}`);
  const { finding, answered, slowestMs, growthBytes } = await fuzz({
    ...server,
    tokenFor,
    runs,
    seed,
    answerMsMax: 500,
    growthBytesMax: 256_000_000,
    progress: (done) => console.log(`${done} asked`),
  });
  const megabytes = Math.round(growthBytes / 1_000_000);
  console.log(`${answered} answered with data, the slowest after ${Math.round(slowestMs)} ms; ${megabytes} MB grown`);
  if (finding) {
    console.error(finding);
    process.exitCode = 1;
  }
} finally {
  await server.end();
}
