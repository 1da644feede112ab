import { expect, test } from 'vitest';
import { createTokens } from '../../src/auth/tokens.ts';
import { openDatabase } from '../../src/db/open.ts';
import { verify } from '../../src/verify/verify.ts';
import { AUTH_SECRET, ranksEnv, send } from '../setup/app.ts';
import { cloneDatabase } from '../setup/database.ts';
import { createBoard, signIn, SubmitScore } from '../setup/documents.ts';
import { spawnServer } from '../setup/serverUnderTest.ts';

test('every submission that was acknowledged before kill -9 is there after a restart, and a retry replays it', async () => {
  const databaseUrl = await cloneDatabase();
  const tokens = createTokens({ secrets: [AUTH_SECRET], issuer: 'laurel', audience: 'laurel' });
  const tokenFor = async (subject: string) => (await tokens.sign(subject, ['admin'])).token;
  const first = await spawnServer({ DATABASE_URL: databaseUrl, ...ranksEnv() });
  const board = await createBoard({ url: first.url, tokenFor }, { operator: 'SUM' });
  const players = await Promise.all(Array.from({ length: 16 }, () => signIn(first)));

  const acknowledged: { token: string; key: string; id: string }[] = [];
  const unanswered: { token: string; key: string }[] = [];
  const submit = (url: string, token: string, key: string) =>
    send(
      url,
      SubmitScore,
      { input: { game: board.game, leaderboard: board.slug, score: 1, idempotencyKey: key } },
      token,
    );
  const kill: Promise<unknown>[] = [];
  await Promise.all(
    players.map(async ({ token }) => {
      for (let index = 0; ; index += 1) {
        const key = `play ${index}`;
        try {
          const { data } = await submit(first.url, token, key);
          if (data.submitScore.__typename === 'Submission') acknowledged.push({ token, key, id: data.submitScore.id });
        } catch {
          unanswered.push({ token, key });
          return;
        }
        // In the middle of the load, with requests of all the others in flight.
        if (acknowledged.length >= 300) kill[0] ??= first.end('SIGKILL');
      }
    }),
  );
  await Promise.all(kill);
  expect(acknowledged.length).toBeGreaterThanOrEqual(300);
  expect(unanswered).toHaveLength(players.length);

  const second = await spawnServer({ DATABASE_URL: databaseUrl, ...ranksEnv() });
  for (const { token, key, id } of acknowledged) {
    const { data } = await submit(second.url, token, key);
    expect(data.submitScore).toMatchObject({ __typename: 'Submission', id, replayed: true });
  }
  await Promise.all(unanswered.map(({ token, key }) => submit(second.url, token, key)));
  const database = await openDatabase({ databaseUrl });
  const { differences, submissions } = await verify(database);
  await database.close();
  await second.end();
  expect(differences).toEqual([]);
  expect(submissions).toBe(acknowledged.length + unanswered.length);
}, 60_000);
