import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const WATCH_MS = 1_000;

/** How many cores of the machine are busy, over a second. */
export async function busyCores(): Promise<number> {
  const before = cpuTimes();
  await delay(WATCH_MS);
  const after = cpuTimes();
  const total = after.total - before.total;
  return total > 0 ? Number((((after.busy - before.busy) / total) * cpus().length).toFixed(2)) : Number.NaN;
}

function cpuTimes(): { busy: number; total: number } {
  let busy = 0;
  let total = 0;
  for (const { times } of cpus()) {
    const sum = times.user + times.nice + times.sys + times.irq + times.idle;
    total += sum;
    busy += sum - times.idle;
  }
  return { busy, total };
}
