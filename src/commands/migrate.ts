import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { type Config, loadConfig } from '../config.ts';
import { type Database, openDatabase } from '../db/open.ts';
import { CommandError, runCommand } from './runCommand.ts';

/** Brings the database up to date: the one at DATABASE_URL, else the embedded one in DATA_DIR. May be repeated. */
await runCommand({
  usage: 'npm run migrate',
  run: async (args) => {
    parseArgs({ args, options: {} });
    const config = loadConfig();
    const { databaseUrl, dataDir } = config;
    const where = placeOf(config);
    const database = await openDatabase({ databaseUrl, dataDir });
    try {
      const before = await countApplied(database).catch((error: { code?: unknown }) => {
        throw new CommandError(
          `${where} does not let us in (${String(error.code)}). Start it, or correct DATABASE_URL.`,
        );
      });
      await database.migrate();
      const applied = (await countApplied(database)) - before;
      console.log(
        applied === 0 ? `${where} is up to date.` : `${where} is up to date: applied ${applied} of its migrations.`,
      );
    } finally {
      await database.close();
    }
    return 0;
  },
});

/** Without user and password. */
function placeOf({ databaseUrl, dataDir }: Config): string {
  if (databaseUrl === null) return `The embedded database in ${dataDir}`;
  const { host, pathname } = new URL(databaseUrl);
  return `postgres://${host}${pathname}`;
}

async function countApplied(database: Database): Promise<number> {
  const [table] = await database.rows<{ exists: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`,
  );
  if (!table?.exists) return 0;
  const [row] = await database.rows<{ count: number }>(sql`select count(*) as count from drizzle.__drizzle_migrations`);
  return row?.count ?? 0;
}
