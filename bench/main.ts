import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { CommandError, runCommand, wholeNumber } from '../src/commands/runCommand.ts';
import { runSuites } from './bench.ts';
import { fanout } from './fanout.ts';
import { ranks } from './ranks.ts';
import { read } from './read.ts';
import { submit } from './submit.ts';

const SUITES = { submit, read, ranks, fanout };
const USAGE = `npm run bench -- [${Object.keys(SUITES).join('] [')}] [--seconds 3] [--rounds 3]`;

/** Runs the suites that are named, or all; a round lasts so many seconds. */
await runCommand({
  usage: USAGE,
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { seconds: { type: 'string', default: '3' }, rounds: { type: 'string', default: '3' } },
    });
    const seconds = wholeNumber('--seconds', values.seconds, { min: 1, max: 60 });
    const rounds = wholeNumber('--rounds', values.rounds, { min: 1, max: 20 });
    if (!positionals.every(isSuite)) throw new CommandError(`There is no such suite. Usage: ${USAGE}`);
    console.log(`Node       ${process.versions.node}, ${availableParallelism()} cores, ${cpus()[0]?.model}`);
    const suites = positionals.length > 0 ? positionals.map((name) => SUITES[name]) : Object.values(SUITES);
    await runSuites(suites, { seconds, rounds });
    return 0;
  },
});

function isSuite(name: string): name is keyof typeof SUITES {
  return Object.hasOwn(SUITES, name);
}
