import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import type { Database } from '../db/open.ts';
import { runCommand } from './runCommand.ts';
import { nameDatabase } from './sayFailure.ts';
import { useDatabase } from './useDatabase.ts';

/** Brings the database up to date: the one at DATABASE_URL, else the embedded one in DATA_DIR. May be repeated. */
await runCommand({
  usage: 'npm run migrate',
  run: async (args) => {
    parseArgs({ args, options: {} });
    await useDatabase(
      async (database) => {
        const before = await countApplied(database);
        await database.migrate();
        const applied = (await countApplied(database)) - before;
        const said = `${nameDatabase()} is up to date`;
        console.log(applied === 0 ? `${said}.` : `${said}: applied ${applied} of its migrations.`);
      },
      { mustExist: false },
    );
    return 0;
  },
});

async function countApplied(database: Database): Promise<number> {
  const [table] = await database.rows<{ exists: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`,
  );
  if (!table?.exists) return 0;
  const [row] = await database.rows<{ count: number }>(sql`select count(*) as count from drizzle.__drizzle_migrations`);
  return row?.count ?? 0;
}
