import { pino } from 'pino';
import { openProjections } from '../../src/consumers/openProjections.ts';
import { runProjections } from '../../src/consumers/runProjections.ts';
import { createPostgresLog } from '../../src/db/events/postgresLog.ts';
import { openDatabase, type Queryable } from '../../src/db/open.ts';
import { createLocalTopics } from '../../src/domain/topics.ts';

/** Works on events up to a statement, or up to the commit, says so, and holds its locks until it is killed. */
const [databaseUrl = '', killPoint = ''] = process.argv.slice(2);
const log = pino({ level: 'silent' });
const database = await openDatabase({ databaseUrl, poolSize: 2 });

const hang = (): Promise<never> => {
  process.stdout.write('halfway\n');
  return new Promise(() => {});
};
const watched = (tx: Queryable, told: { isReached: boolean }): Queryable => ({
  rows: async (query) => {
    told.isReached ||= killPoint === 'commit' && JSON.stringify(query.queryChunks).includes('update event_positions');
    return JSON.stringify(query.queryChunks).includes(killPoint) ? hang() : tx.rows(query);
  },
});
const halfway: typeof database = {
  ...database,
  transaction: (work) =>
    database.transaction(async (tx) => {
      const told = { isReached: false };
      const result = await work(watched(tx, told));
      return told.isReached ? hang() : result;
    }),
};
runProjections({
  database: halfway,
  eventLog: createPostgresLog(halfway, { topics: createLocalTopics(), log }),
  projections: openProjections(['statistics']),
  log,
});
setInterval(() => {}, 1_000);
