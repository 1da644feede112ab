import { parseArgs } from 'node:util';
import { verify } from '../verify/verify.ts';
import { runCommand } from './runCommand.ts';
import { useDatabase } from './useDatabase.ts';

const SHOWN_MAX = 50;

/** Recomputes every standing, tournament and wallet and prints each difference. Exits with 1 when there is one. Writes nothing. */
await runCommand({
  usage: 'npm run verify',
  run: async (args) => {
    parseArgs({ args, options: {} });
    return useDatabase(
      async (database) => {
        const { leaderboards, submissions, entries, tournaments, events, differences } = await verify(database);
        for (const { in: where, what, key, stored, recomputed } of differences.slice(0, SHOWN_MAX)) {
          console.log(`${what} in ${where}, ${key || 'as a whole'}: stored ${stored}, recomputed ${recomputed}`);
        }
        if (differences.length > SHOWN_MAX) console.log(`… and ${differences.length - SHOWN_MAX} more`);
        console.log(
          `${leaderboards} leaderboards, ${submissions} submissions, ${entries} entries, ${tournaments} tournaments, ${events} events: ${differences.length} differences`,
        );
        return differences.length === 0 ? 0 : 1;
      },
      { mustExist: true },
    );
  },
});
