import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderInUseError, lockFolder } from '../../src/db/lockFolder.ts';

/** Takes the folder, says so, and leaves when its input ends. */
const HOLDER = `
  const [module, folder] = process.argv.slice(1);
  const { lockFolder } = await import(module);
  lockFolder(folder);
  console.log('taken');
  process.stdin.resume();`;

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-lock-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) await end(child);
  rmSync(folder, { recursive: true });
});

test('a folder that a living process has taken is refused, and the error names the process', async () => {
  const child = await holder();
  expect(() => lockFolder(folder)).toThrow(FolderInUseError);
  expect(() => lockFolder(folder)).toThrow(`in use by process ${child.pid}.`);
  expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(String(child.pid));
});

test('the lock of a dead process is taken over', async () => {
  await end(await holder());
  expect(existsSync(join(folder, 'lock'))).toBe(true);
  const unlock = lockFolder(folder);
  expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(String(process.pid));
  unlock();
});

test('a process that ends by itself gives its folder back', async () => {
  const child = await holder();
  child.stdin?.end();
  await once(child, 'exit');
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

test('a folder that was given back is free', async () => {
  const unlock = lockFolder(folder);
  unlock();
  const child = await holder();
  expect(() => lockFolder(folder)).toThrow(`in use by process ${child.pid}.`);
});

test('a folder that this process has taken is refused to another', async () => {
  const unlock = lockFolder(folder);
  await expect(holder()).rejects.toThrow(`in use by process ${process.pid}.`);
  unlock();
});

test('a folder that does not exist is made', () => {
  const inner = join(folder, 'not', 'yet', 'there');
  const unlock = lockFolder(inner);
  expect(existsSync(join(inner, 'lock'))).toBe(true);
  unlock();
});

test('a folder that was given back leaves nothing to do at the end of the process', () => {
  const before = process.listenerCount('exit');
  const unlock = lockFolder(folder);
  expect(process.listenerCount('exit')).toBe(before + 1);
  unlock();
  expect(process.listenerCount('exit')).toBe(before);
});

/** Another process that has taken the folder. Throws with its words when it is refused. */
async function holder(): Promise<ChildProcess> {
  const module = new URL('../../src/db/lockFolder.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, module, folder]);
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
  if (!output.startsWith('taken')) throw new Error(output);
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
