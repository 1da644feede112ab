import { parseArgs } from 'node:util';
import { countMigrations } from '../db/countMigrations.ts';
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
        const before = await countMigrations(database);
        await database.migrate();
        const applied = (await countMigrations(database)) - before;
        const said = `${nameDatabase()} is up to date`;
        console.log(applied === 0 ? `${said}.` : `${said}: applied ${applied} of its migrations.`);
      },
      { mustExist: false },
    );
    return 0;
  },
});
