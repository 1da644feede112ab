import { parseArgs } from 'node:util';
import { join, relative } from 'node:path';
import { CommandError, runCommand, wholeNumber } from '../src/commands/runCommand.ts';
import { type Effort, measureAll } from './bench.ts';
import { around } from './measurements/around.ts';
import { batches } from './measurements/batches.ts';
import { embedded } from './measurements/embedded.ts';
import { fanout } from './measurements/fanout.ts';
import { growth } from './measurements/growth.ts';
import { ranks } from './measurements/ranks.ts';
import { start } from './measurements/start.ts';
import { streamMemory } from './measurements/streamMemory.ts';
import { submit } from './measurements/submit.ts';
import { top } from './measurements/top.ts';
import { gatherFacts } from './report/facts.ts';
import { printFinding } from './report/printFinding.ts';
import { conditionsOf } from './report/words.ts';
import { writeFinding } from './report/writeFinding.ts';
import { RESULTS, writePage } from './report/writePage.ts';
import { openStores } from './stores/openStores.ts';

const MEASUREMENTS = { submit, batches, top, around, fanout, streamMemory, start, embedded, ranks, growth };
/** Not kept: what is measured in a hurry is for whoever is at it. */
const QUICK_RESULTS = join(RESULTS, 'quick');
const DEADLINE_SECONDS = { quick: 180, full: 1_200 };
const USAGE = `npm run bench -- [${Object.keys(MEASUREMENTS).join('] [')}] [--quick] [--seconds 4] [--rounds 5] [--out folder]`;

/** Makes the measurements that are named, or all, and writes what they find. Exits with 1 when one of them failed. */
await runCommand({
  usage: USAGE,
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        seconds: { type: 'string' },
        rounds: { type: 'string' },
        out: { type: 'string' },
      },
    });
    const { quick: isQuick, out = isQuick ? QUICK_RESULTS : RESULTS } = values;
    const seconds = wholeNumber('--seconds', values.seconds ?? (isQuick ? '1' : '4'), { min: 1, max: 60 });
    const rounds = wholeNumber('--rounds', values.rounds ?? (isQuick ? '2' : '5'), { min: 1, max: 20 });
    if (!positionals.every(isMeasurement)) throw new CommandError(`There is no such measurement. Usage: ${USAGE}`);
    const names = positionals.length > 0 ? positionals : Object.keys(MEASUREMENTS).filter(isMeasurement);
    return run(names, { isQuick, seconds, rounds }, out);
  },
});

type Name = keyof typeof MEASUREMENTS;

async function run(names: Name[], effort: Effort, out: string): Promise<number> {
  const stores = await openStores();
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());
  let failures = 0;
  try {
    const facts = gatherFacts(stores.facts, effort);
    console.log(conditionsOf(facts).join('\n'));
    const chosen = names.map((name): [Name, (typeof MEASUREMENTS)[Name]] => [name, MEASUREMENTS[name]]);
    const { signal } = interruption;
    const deadlineSeconds = effort.isQuick ? DEADLINE_SECONDS.quick : DEADLINE_SECONDS.full;
    for await (const outcome of measureAll(chosen, { stores, effort, deadlineSeconds, signal })) {
      if ('error' in outcome) {
        failures += 1;
        console.error(`\n${outcome.name} failed:`, outcome.error);
        continue;
      }
      for (const finding of outcome.findings) {
        printFinding(finding);
        writeFinding(out, finding, { ...facts, othersCores: outcome.othersCores });
      }
    }
  } finally {
    await stores.close();
  }
  if (out === RESULTS) writePage();
  console.log(`\nFigures and charts are in ${relative(process.cwd(), out)}.`);
  return failures > 0 ? 1 : 0;
}

function isMeasurement(name: string): name is Name {
  return Object.hasOwn(MEASUREMENTS, name);
}
