import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError, runCommand, wholeNumber } from '../src/commands/runCommand.ts';
import { type Effort, measureAll, type Measurement } from './bench.ts';
import { loadMeasurements } from './loadMeasurements.ts';
import { gatherFacts } from './report/facts.ts';
import { printFinding } from './report/printFinding.ts';
import { conditionsOf } from './report/words.ts';
import { writeFinding } from './report/writeFinding.ts';
import { RESULTS, writePage } from './report/writePage.ts';
import { openStores } from './stores/openStores.ts';

/** Not kept: what is measured in a hurry only shows that it can be measured. */
const QUICK_RESULTS = join(RESULTS, 'quick');
const QUICK = { isQuick: true, seconds: 0.2, rounds: 1 };
const FULL = { isQuick: false, seconds: 4, rounds: 5 };
/** For one measurement. */
const DEADLINE_SECONDS = { quick: 120, full: 1_800 };

const measurements = await loadMeasurements();
const usage = `npm run bench -- [${[...measurements.keys()].join('] [')}] [--quick] [--seconds 4] [--rounds 5] [--out folder]`;

/** Makes the measurements that are named, or all, and writes what they find. Exits with 1 when one of them failed. */
await runCommand({
  usage,
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
    const { quick, seconds, rounds, out = quick ? QUICK_RESULTS : RESULTS } = values;
    const effort = quick ? { ...QUICK } : { ...FULL };
    if (seconds !== undefined) effort.seconds = wholeNumber('--seconds', seconds, { min: 1, max: 60 });
    if (rounds !== undefined) effort.rounds = wholeNumber('--rounds', rounds, { min: 1, max: 20 });
    const names = positionals.length > 0 ? positionals : [...measurements.keys()];
    return run(names.map(named), effort, out);
  },
});

function named(name: string): [string, Measurement] {
  const measurement = measurements.get(name);
  if (!measurement) throw new CommandError(`There is no measurement ${name}. Usage: ${usage}`);
  return [name, measurement];
}

async function run(chosen: [string, Measurement][], effort: Effort, out: string): Promise<number> {
  const stores = await openStores();
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());
  let failures = 0;
  try {
    const facts = gatherFacts(stores.facts, effort);
    console.log(conditionsOf(facts).join('\n'));
    const deadlineSeconds = effort.isQuick ? DEADLINE_SECONDS.quick : DEADLINE_SECONDS.full;
    const { signal } = interruption;
    for await (const outcome of measureAll(chosen, { stores, effort, deadlineSeconds, signal })) {
      if ('error' in outcome) {
        failures += 1;
        console.error(`\n${outcome.name} failed:`, outcome.error);
        continue;
      }
      for (const finding of outcome.findings) {
        const own = { ...facts, others: outcome.others };
        printFinding(finding, own);
        writeFinding(out, finding, own);
      }
    }
  } finally {
    await stores.close();
  }
  if (out === RESULTS) writePage();
  console.log(`\nFigures and charts are in ${relative(process.cwd(), out)}.`);
  return failures > 0 ? 1 : 0;
}
