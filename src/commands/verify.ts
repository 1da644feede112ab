import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/open.ts';
import { verify } from '../leaderboards/verify.ts';

const SHOWN_MAX = 50;

/** `npm run verify`: recomputes every standing from the log and prints each difference. Exits with 1 when there is one. */
const config = loadConfig();
const database = await openDatabase(config.databaseUrl ? { databaseUrl: config.databaseUrl } : config);
try {
  const { leaderboards, submissions, entries, differences } = await verify(database);
  for (const { leaderboardId, what, key, stored, recomputed } of differences.slice(0, SHOWN_MAX)) {
    console.log(`${what} of board ${leaderboardId}, ${key}: stored ${stored}, the log says ${recomputed}`);
  }
  if (differences.length > SHOWN_MAX) console.log(`… and ${differences.length - SHOWN_MAX} more`);
  console.log(
    `${leaderboards} leaderboards, ${submissions} submissions, ${entries} entries: ${differences.length} differences`,
  );
  if (differences.length > 0) process.exitCode = 1;
} finally {
  await database.close();
}
