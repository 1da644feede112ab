import { loadStorage } from '../config.ts';
import { borrowEmbedded } from '../db/embedded/borrowEmbedded.ts';
import { type Database, openDatabase } from '../db/open.ts';

/** A few: beside a server, PostgreSQL in DATA_DIR has not many to give. */
const CONNECTIONS = 4;

/** Opens the database at DATABASE_URL, else the one in DATA_DIR, which a server may be running; closes it after `work`. */
export async function useDatabase<T>(
  work: (database: Database) => Promise<T>,
  options: { mustExist: boolean },
): Promise<T> {
  const { databaseUrl, dataDir } = loadStorage();
  // Ctrl-C in the middle: what was started for this command alone ends with it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const embedded = databaseUrl === null ? await borrowEmbedded(dataDir, options) : null;
  try {
    const database = await openDatabase({ databaseUrl: databaseUrl ?? embedded?.url ?? '', poolSize: CONNECTIONS });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await embedded?.stop();
  }
}
