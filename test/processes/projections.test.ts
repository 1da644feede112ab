import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test, vi } from 'vitest';
import { statistics } from '../../src/consumers/statistics.ts';
import { verify } from '../../src/verify/verify.ts';
import { openTestLog, type TestLog } from '../setup/eventLog.ts';

const WORKER = fileURLToPath(new URL('workHalfway.ts', import.meta.url));
const TYPES = ['game_started', 'game_ended', 'player_score'];
const WAIT = { timeout: 30_000, interval: 50 };

type Counted = { playerId: string; type: string; events: number };

test.for([
  ['before anything is written', 'part'],
  ['before the effect is written', 'insert into player_event_counts'],
  ['in the middle of the effect', 'insert into event_hours'],
  ['before the position is moved', 'update event_positions'],
  ['before the commit', 'commit'],
] as const)(
  'a worker that is killed %s has counted nothing, and the next counts all once',
  { timeout: 60_000 },
  async ([, killPoint]) => {
    const log = await openTestLog();
    const events = Array.from({ length: 300 }, (_, index) => log.newEvent({ type: TYPES[index % 3] ?? '' }));
    await log.eventLog.append(events.slice(0, 200));
    const child = spawn(process.execPath, [WORKER, log.databaseUrl, killPoint], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    await log.eventLog.append(events.slice(200));
    expect(await readCounts(log)).toEqual([]);
    child.kill('SIGKILL');
    await log.startWorker([statistics]);
    const expected = new Map<string, number>();
    for (const { playerId, type } of events) {
      const key = `${playerId} ${type}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    await vi.waitFor(async () => expect(sumOf(await readCounts(log))).toBe(300), WAIT);
    const counted = (await readCounts(log)).map(({ playerId, type, events: count }) => [`${playerId} ${type}`, count]);
    expect(new Map(counted as [string, number][])).toEqual(expected);
    const { differences } = await verify(log.database);
    expect(differences).toEqual([]);
  },
);

function sumOf(counts: Counted[]): number {
  return counts.reduce((sum, { events }) => sum + events, 0);
}

async function readCounts({ database }: TestLog): Promise<Counted[]> {
  return database.rows<Counted>(sql`select player_id as "playerId", type, events from player_event_counts`);
}
