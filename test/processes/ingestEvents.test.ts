import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { flatEvent, nestedEvent } from '../domain/events/sampleEvents.ts';
import { cloneDatabase } from '../setup/database.ts';
import { createBoard } from '../setup/documents.ts';
import { verdictsOf } from '../setup/eventDocuments.ts';
import { spawnServer } from '../setup/serverUnderTest.ts';
import { tokenFor } from '../setup/tokens.ts';

test('the same events sent to two processes at once, with and without ids, are stored once', async () => {
  const databaseUrl = await cloneDatabase();
  const servers = await Promise.all([1, 2].map(() => spawnServer({ DATABASE_URL: databaseUrl })));
  const urls = servers.map(({ url }) => url);
  await createBoard({ url: urls[0] ?? '', tokenFor });
  const token = await tokenFor('arena', 'server');
  const batches = Array.from({ length: 12 }, (_, batch) =>
    Array.from({ length: 50 }, (__, index) => {
      const player = `device ${index % 7}`;
      const id = index % 2 === 0 ? { event_id: `${batch} ${index}` } : {};
      return index % 3 === 0
        ? nestedEvent('player_score', player, { data: { score: batch * 100 + index }, ...id })
        : flatEvent('app_launched', { user_id: player, session_number: batch * 100 + index + 1, ...id });
    }),
  );
  // Each batch four times, and the second and fourth in another order: whoever takes keys as they come meets a deadlock.
  const sent = batches.flatMap((events) =>
    [...urls, ...urls].map((url, turn) =>
      verdictsOf(url, turn % 2 === 0 ? events : events.toReversed(), token).then((verdicts) => verdicts),
    ),
  );
  const verdicts = (await Promise.all(sent)).flat();
  const database = await openDatabase({ databaseUrl });
  const [row] = await database.rows<{ events: number; ids: number; keys: number; players: number }>(sql`
    select count(*)::int as events, count(distinct id)::int as ids, (select count(*)::int from event_keys) as keys,
      (select count(*)::int from players) as players from events`);
  expect(row).toEqual({ events: 600, ids: 600, keys: 600, players: 7 });
  expect(verdicts.filter((verdict) => verdict === 'ACCEPTED')).toHaveLength(600);
  expect(verdicts.filter((verdict) => verdict === 'DUPLICATE')).toHaveLength(1800);
  await database.close();
  await Promise.all(servers.map((server) => server.end()));
}, 60_000);
