import { openDatabase } from '../../src/db/open.ts';
import { settleTournament } from '../../src/db/tournaments/settleTournament.ts';

/** Settles a tournament up to its last statement, says so, and holds its locks until it is killed. */
const [databaseUrl = '', id = ''] = process.argv.slice(2);
const database = await openDatabase({ databaseUrl, poolSize: 1 });
const halfway: typeof database = {
  ...database,
  transaction: (work) =>
    database.transaction((tx) =>
      work({
        ...tx,
        rows: async (query) => {
          const text = JSON.stringify(query.queryChunks);
          if (!text.includes('set settled_at')) return tx.rows(query);
          process.stdout.write('halfway\n');
          return new Promise(() => {});
        },
      }),
    ),
};
await settleTournament(halfway, id);
