import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { createTokens } from '../../src/auth/tokens.ts';
import { verify } from '../../src/verify/verify.ts';
import { AUTH_SECRET, ranksEnv, send } from '../setup/app.ts';
import { cloneDatabase } from '../setup/database.ts';
import { Board, createBoard, signIn, SubmitScore } from '../setup/documents.ts';
import { rankNaively } from '../setup/boards.ts';
import { type ServerUnderTest, spawnServer } from '../setup/serverUnderTest.ts';

const tokens = createTokens({ secrets: [AUTH_SECRET], issuer: 'laurel', audience: 'laurel' });
const admin = async (url: string) => ({
  url,
  tokenFor: async (subject: string) => (await tokens.sign(subject, ['admin'])).token,
});

let databaseUrl: string;
let servers: ServerUnderTest[];
beforeAll(async () => {
  databaseUrl = await cloneDatabase();
  servers = await Promise.all([1, 2].map(() => spawnServer({ DATABASE_URL: databaseUrl, ...ranksEnv() })));
});
afterAll(() => Promise.all(servers.map((server) => server.end())));

for (const operator of ['BEST', 'SUM'] as const) {
  test(`50 players with 40 concurrent submissions each over two processes leave a ${operator} board that equals the log`, async () => {
    const [one, two] = servers;
    if (!one || !two) throw new Error('two servers were wanted');
    const cadences = ['ALL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY'] as const;
    const board = await createBoard(await admin(one.url), {
      slug: `two-writers-${operator.toLowerCase()}`,
      operator,
      cadences: [...cadences],
    });
    const players = await Promise.all(Array.from({ length: 50 }, () => signIn(one)));
    const results = await Promise.all(
      players.flatMap((player) =>
        Array.from({ length: 40 }, async (_, index) => {
          const input = {
            game: board.game,
            leaderboard: board.slug,
            score: Math.floor(Math.random() * 20),
            idempotencyKey: `${board.slug} ${index}`,
          };
          const { data } = await send((index % 2 ? one : two).url, SubmitScore, { input }, player.token);
          if (data.submitScore.__typename !== 'Submission') throw new Error(JSON.stringify(data));
          return { ...input, player: player.id, seq: Number(atob(data.submitScore.id).split(':')[1]) };
        }),
      ),
    );
    expect(results).toHaveLength(2_000);
    expect(new Set(results.map(({ seq }) => seq)).size).toBe(2_000);

    const database = await openDatabase({ databaseUrl });
    expect((await verify(database)).differences).toEqual([]);
    await database.close();

    const entries = new Map<string, { playerId: string; score: number; reachedSeq: number }>();
    for (const { player, score, seq } of results.toSorted((a, b) => a.seq - b.seq)) {
      const held = entries.get(player);
      const next = operator === 'SUM' ? (held?.score ?? 0) + score : score;
      if (!held || next > held.score) entries.set(player, { playerId: player, score: next, reachedSeq: seq });
    }
    const expected = rankNaively([...entries.values()], 'DESCENDING');
    for (const cadence of cadences) {
      const { data } = await send(two.url, Board, { game: board.game, slug: board.slug, cadence, first: 100 });
      const rows = data.leaderboard?.standings.edges.map(({ node }) => node) ?? [];
      expect(rows.map((row) => [row.player.id, row.score, row.ordinal, row.competition, row.dense])).toEqual(
        expected.map((row) => [row.playerId, row.score, row.ordinal, row.competition, row.dense]),
      );
    }
  }, 60_000);
}

test('one key sent 100 times to two processes at once leaves one score', async () => {
  const [one, two] = servers;
  if (!one || !two) throw new Error('two servers were wanted');
  const board = await createBoard(await admin(one.url), { slug: 'one-key' });
  const player = await signIn(one);
  const input = { game: board.game, leaderboard: board.slug, score: 9, idempotencyKey: 'once' };
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) => send((index % 2 ? one : two).url, SubmitScore, { input }, player.token)),
  );
  const results = answers.map(({ data }) => data.submitScore);
  expect(results.filter((result) => 'replayed' in result && !result.replayed)).toHaveLength(1);
  expect(new Set(results.map((result) => JSON.stringify({ ...result, replayed: null }))).size).toBe(1);
});
