import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** How many cores of the machine are busy, over so long. */
export async function busyCores(watchMs: number): Promise<number> {
  const before = cpuTimes();
  await delay(watchMs);
  const after = cpuTimes();
  const total = after.total - before.total;
  return total > 0 ? ((after.busy - before.busy) / total) * cpus().length : Number.NaN;
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
