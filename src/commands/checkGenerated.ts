import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from '@graphql-codegen/cli';
import codegenConfig from '../../codegen.ts';
import drizzleConfig from '../../drizzle.config.ts';
import { CommandError, runCommand } from './runCommand.ts';

type Stale = { file: string; command: string };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DRIZZLE_DEADLINE_MS = 15_000;

/** Fails when a file that is made from others is not what they make now, and names the command that renews it. */
await runCommand({
  usage: 'node src/commands/checkGenerated.ts',
  run: async () => {
    const stale = [...(await findStaleCode()), ...findStaleMigrations()];
    for (const { file, command } of stale) console.error(`${file} is stale. Renew it with: ${command}`);
    return stale.length === 0 ? 0 : 1;
  },
});

/** Generated anew in memory: nothing is written. */
async function findStaleCode(): Promise<Stale[]> {
  const files = (await generate({ ...codegenConfig, cwd: ROOT }, false)) as { filename: string; content: string }[];
  return files
    .filter(({ filename, content }) => contentOf(filename) !== content)
    .map(({ filename }) => ({ file: filename, command: 'npm run codegen' }));
}

function contentOf(file: string): string | null {
  const path = join(ROOT, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Lets drizzle-kit write the next migration into a copy of the folder: there must be none to write. */
function findStaleMigrations(): Stale[] {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-drizzle-'));
  try {
    const copy = join(folder, 'drizzle');
    cpSync(join(ROOT, 'drizzle'), copy, { recursive: true });
    const before = readdirSync(copy).length;
    // Slashes on every system, and relative: drizzle-kit puts `./` before it.
    const out = relative(ROOT, copy).replaceAll('\\', '/');
    // A pattern, because the command line takes one path only.
    const schema = `{${[drizzleConfig.schema].flat().join(',')}}`;
    runDrizzleKit(['generate', '--dialect', 'postgresql', '--schema', schema, '--out', out]);
    runDrizzleKit(['check', '--dialect', 'postgresql', '--out', out]);
    return readdirSync(copy).length === before ? [] : [{ file: 'drizzle/', command: 'npm run db:generate' }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runDrizzleKit(args: string[]): void {
  const program = join(ROOT, 'node_modules/drizzle-kit/bin.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    // It asks whether a new column is a renamed old one; without a terminal it fails instead of waiting.
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: DRIZZLE_DEADLINE_MS,
  });
  if (status !== 0)
    throw new CommandError(`drizzle-kit ${args[0]} failed. Try npm run db:generate.\n${stdout}${stderr}`);
}
