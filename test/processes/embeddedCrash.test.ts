import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { borrowEmbedded } from '../../src/db/embedded/borrowEmbedded.ts';
import { verify } from '../../src/verify/verify.ts';
import { send } from '../setup/app.ts';
import { endPostmaster, newDataDir, postmasterIn } from '../setup/dataDir.ts';
import { Board, createBoard, signIn, SubmitScore, type TestPlayer } from '../setup/documents.ts';
import { spawnEmbedded } from '../setup/embedded.ts';
import { submitTo } from '../setup/live.ts';
import type { ServerUnderTest } from '../setup/serverUnderTest.ts';
import { tokenFor } from '../setup/tokens.ts';

const KILLS = 5;
/** So many answers before each kill, which then comes in the middle of the load. */
const ANSWERS = 40;

type Play = { token: string; key: string };
type Plays = { acknowledged: (Play & { id: string })[]; unanswered: Play[] };

test('five kills in the middle of a load lose no score, and each server goes on with the same PostgreSQL at once', async () => {
  const folder = newDataDir();
  let server = await spawnEmbedded(folder);
  await createBoard({ url: server.url, tokenFor }, { operator: 'SUM' });
  const players = await Promise.all(Array.from({ length: 8 }, () => signIn(server)));
  const postgres = postmasterIn(folder);

  const plays: Plays = { acknowledged: [], unanswered: [] };
  for (let round = 0; round < KILLS; round += 1) {
    await playUntilKilled(server, players, { round, plays });
    // The killed one may not have ended yet.
    server = await spawnEmbedded(folder);
    expect(postmasterIn(folder)).toEqual(postgres);
  }

  for (const { token, key, id } of plays.acknowledged) {
    expect(await submit(server, token, key)).toMatchObject({ id, replayed: true });
  }
  await Promise.all(plays.unanswered.map(({ token, key }) => submit(server, token, key)));
  const { differences, submissions } = await verified(folder);
  expect(differences).toEqual([]);
  expect(submissions).toBe(plays.acknowledged.length + plays.unanswered.length);
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(postmasterIn(folder)).toBeNull();
}, 120_000);

test('a killed PostgreSQL comes back by itself; requests meanwhile wait or are told UNAVAILABLE, and nothing is lost', async () => {
  const folder = newDataDir();
  const server = await spawnEmbedded(folder);
  await createBoard({ url: server.url, tokenFor });
  const ada = await signIn(server, 'Ada');
  await submitTo(server.url, 'scores', ada, 10);

  const killed = postmasterIn(folder) ?? { pid: 0, port: 0, status: '' };
  await endPostmaster(killed, 'SIGKILL');
  const refusals = new Set<string>();
  await expect
    .poll(
      async () => {
        const { data, errors } = await submitKeyed(server, ada, 'while it was away');
        errors.forEach(({ extensions }) => refusals.add(extensions.code));
        return errors.length === 0 && data.submitScore.__typename;
      },
      { timeout: 30_000, interval: 10 },
    )
    .toBe('Submission');

  // It may be back before anybody is refused.
  expect([...refusals].filter((code) => code !== 'UNAVAILABLE')).toEqual([]);
  const { data } = await send(server.url, Board, { game: 'g', slug: 'scores' });
  expect(data.leaderboard?.standings.edges.map(({ node }) => node.score)).toEqual([10]);
  const back = postmasterIn(folder);
  expect(back?.port).toBe(killed.port);
  expect(back?.pid).not.toBe(killed.pid);
  expect((await verified(folder)).differences).toEqual([]);
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
}, 60_000);

const submitKeyed = (server: ServerUnderTest, { token }: Pick<TestPlayer, 'token'>, idempotencyKey: string) =>
  send(server.url, SubmitScore, { input: { game: 'g', leaderboard: 'scores', score: 1, idempotencyKey } }, token);

async function submit(server: ServerUnderTest, token: string, key: string) {
  return (await submitKeyed(server, { token }, key)).data.submitScore;
}

async function playUntilKilled(
  server: ServerUnderTest,
  players: TestPlayer[],
  { round, plays }: { round: number; plays: Plays },
): Promise<void> {
  const wanted = plays.acknowledged.length + ANSWERS;
  await Promise.all(
    players.map(async ({ token }) => {
      for (let index = 0; ; index += 1) {
        const key = `play ${round} ${index}`;
        try {
          const submission = await submit(server, token, key);
          if (submission.__typename === 'Submission') plays.acknowledged.push({ token, key, id: submission.id });
        } catch {
          plays.unanswered.push({ token, key });
          return;
        }
        if (plays.acknowledged.length >= wanted) server.process.kill('SIGKILL');
      }
    }),
  );
}

/** As `npm run verify` does it, beside the server. */
async function verified(folder: string) {
  const embedded = await borrowEmbedded(folder);
  const database = await openDatabase({ databaseUrl: embedded.url, poolSize: 2 });
  const found = await verify(database);
  await database.close();
  await embedded.stop();
  return found;
}
