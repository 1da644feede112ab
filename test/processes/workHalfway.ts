import { pino } from 'pino';
import { statistics } from '../../src/consumers/statistics.ts';
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
const isAt = (query: object, point: string) => JSON.stringify(query).includes(point);
const watched = (queries: Queryable): Queryable => ({
  rows: async (query) => (isAt(query.queryChunks, killPoint) ? hang() : queries.rows(query)),
});
const halfway: typeof database = {
  ...database,
  transaction: (work) =>
    database.transaction(async (tx) => {
      let isMoved = false;
      const own = watched(tx);
      const result = await work({
        rows: (query) => {
          isMoved ||= isAt(query.queryChunks, 'update event_positions');
          return own.rows(query);
        },
        part: (inner) => (killPoint === 'part' ? hang() : tx.part((part) => inner(watched(part)))),
      });
      return isMoved && killPoint === 'commit' ? hang() : result;
    }),
};
runProjections({
  database: halfway,
  eventLog: createPostgresLog(halfway, { topics: createLocalTopics(), log }),
  projections: [statistics],
  log,
});
setInterval(() => {}, 1_000);
