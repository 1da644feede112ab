import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { send } from '../setup/app.ts';
import { newDataDir } from '../setup/dataDir.ts';
import { cloneDatabase } from '../setup/database.ts';
import { Board, createBoard, signIn } from '../setup/documents.ts';
import { spawnEmbedded } from '../setup/embedded.ts';
import { expectNoInternals } from '../setup/http.ts';
import { CUT_OFF, listen, nextAfter, submitTo } from '../setup/live.ts';
import { LeaderboardChanged } from '../setup/liveDocuments.ts';
import { refusedStart } from '../setup/refusedStart.ts';
import type { ServerUnderTest } from '../setup/serverUnderTest.ts';
import { tokenFor } from '../setup/tokens.ts';

async function scoresOn(server: ServerUnderTest): Promise<[string, number][] | undefined> {
  const { data } = await send(server.url, Board, { game: 'g', slug: 'scores' });
  return data.leaderboard?.standings.edges.map(({ node }) => [node.player.nickname, node.score]);
}

test('a second server on the same folder is refused, naming the first one and DATA_DIR', async () => {
  const folder = newDataDir();
  const first = await spawnEmbedded(folder);
  const { code, printed } = await refusedStart({ DATA_DIR: folder });
  expect(code).toBe(1);
  expect(printed).toMatch(/^Laurel did not start\./);
  expect(printed).toMatch(new RegExp(`\\b${first.pid}\\b`));
  expect(printed).toContain('DATA_DIR');
  expectNoInternals(printed);
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
});

test('a restart keeps players, tokens and boards, and so does a kill', async () => {
  const folder = newDataDir();
  const first = await spawnEmbedded(folder);
  await createBoard({ url: first.url, tokenFor });
  const ada = await signIn(first, 'Ada');
  await submitTo(first.url, 'scores', ada, 10);
  expect(await first.end('SIGTERM')).toEqual({ code: 0, signal: null });

  const second = await spawnEmbedded(folder);
  expect(await scoresOn(second)).toEqual([['Ada', 10]]);
  expect(existsSync(join(folder, 'postgres', 'data', 'PG_VERSION'))).toBe(true);
  await submitTo(second.url, 'scores', ada, 20);
  await second.end('SIGKILL');

  const third = await spawnEmbedded(folder);
  expect(await scoresOn(third)).toEqual([['Ada', 20]]);
}, 60_000);

test('embedded, changes are heard live without Redis', async () => {
  const server = await spawnEmbedded(newDataDir());
  const { game, slug } = await createBoard({ url: server.url, tokenFor });
  const ada = await signIn(server, 'Ada');
  const listening = listen(server.url, LeaderboardChanged, { game, slug });
  await nextAfter(listening, 0);
  await submitTo(server.url, slug, ada, 10);
  const { leaderboardChanged: change } = await nextAfter(listening, 1);
  expect(change.moves).toMatchObject([{ kind: 'ENTERED', toRank: 1, toScore: 10 }]);
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
  await expect.poll(listening.ended).toMatchObject({ message: CUT_OFF });
});

test('embedded, the secret is made once, kept, and never printed', async () => {
  const folder = newDataDir();
  const first = await spawnEmbedded(folder, { AUTH_SECRET: '' });
  const secret = readFileSync(join(folder, 'auth-secret'), 'utf8');
  expect(secret.length).toBeGreaterThanOrEqual(32);
  const ada = await signIn(first, 'Ada');
  expect(await first.end('SIGTERM')).toEqual({ code: 0, signal: null });
  const second = await spawnEmbedded(folder, { AUTH_SECRET: '' });
  const response = await fetch(`${second.url}/graphql?query={me{nickname}}`, {
    headers: { authorization: `Bearer ${ada.token}` },
  });
  expect(await response.json()).toEqual({ data: { me: { nickname: 'Ada' } } });
  for (const server of [first, second]) expect(server.output()).not.toContain(secret);
}, 60_000);

const weak: Record<string, Record<string, string>> = {
  'no secret': {},
  'an empty secret': { AUTH_SECRET: '' },
  'a short secret': { AUTH_SECRET: 'correct-horse-battery' },
  'a long secret of few characters': { AUTH_SECRET: 'passwordpasswordpasswordpasswordpassword' },
  'a second secret that is weak': { AUTH_SECRET: '0123456789-abcdefghij-0123456789-klm,hunter2' },
};

test.each(Object.entries(weak))(
  'beside a database of its own, %s is refused by name, not by value',
  async (_what, env) => {
    const { code, printed } = await refusedStart({
      ...env,
      DATABASE_URL: await cloneDatabase(),
      DATA_DIR: newDataDir(),
    });
    expect(code).toBe(1);
    expect(printed).toContain('AUTH_SECRET');
    for (const secret of (env['AUTH_SECRET'] ?? '').split(',').filter(Boolean)) expect(printed).not.toContain(secret);
    expectNoInternals(printed);
  },
);

test('a database that cannot be reached is told without its password', async () => {
  const env = {
    DATABASE_URL: 'postgres://laurel:hunter2-the-password@127.0.0.1:1/laurel',
    AUTH_SECRET: '0123456789-abcdefghij-0123456789-klm',
  };
  const { code, printed } = await refusedStart(env);
  expect(code).toBe(1);
  expect(printed).toMatch(/ECONNREFUSED/);
  expect(printed).not.toMatch(/hunter2|0123456789/);
});

test('a variable that is wrong is refused by name, not by value', async () => {
  const { code, printed } = await refusedStart({ DATABASE_URL: 'mysql://laurel:hunter2@host/laurel', PORT: 'many' });
  expect(code).toBe(1);
  expect(printed).toContain('DATABASE_URL');
  expect(printed).toContain('PORT');
  expect(printed).not.toMatch(/hunter2|many/);
});
