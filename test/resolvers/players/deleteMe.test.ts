import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { verify } from '../../../src/verify/verify.ts';
import { DeleteMe, Me, PlayerById, SubmissionNode, uuidOf } from '../../setup/accountDocuments.ts';
import { newDeviceId, send, startTestApp, type TestApp } from '../../setup/app.ts';
import { Board, createBoard, signIn, SubmitScore, SubmitScores, type TestPlayer } from '../../setup/documents.ts';
import { expectToFollow, listen, nextAfter, submitTo } from '../../setup/live.ts';
import { LeaderboardChanged } from '../../setup/liveDocuments.ts';

let app: TestApp;
let boards = 0;
beforeAll(async () => {
  app = await startTestApp();
});
afterEach(async () => {
  await expectNoDifference(app);
  expectNoFailure();
});
afterAll(() => app.stop());

async function newBoard(): Promise<string> {
  boards += 1;
  return (await createBoard(app, { slug: `board-${boards}`, cadences: ['ALL_TIME', 'DAILY'] })).slug;
}

const deleteMe = (token?: string) => send(app.url, DeleteMe, {}, token);
const scoreInput = (leaderboard: string, idempotencyKey: string) => ({
  input: { game: 'g', leaderboard, score: 5, idempotencyKey },
});
const submit = (slug: string, { token }: TestPlayer, key: string) =>
  send(app.url, SubmitScore, scoreInput(slug, key), token);

test('a deleted player is on no board, is found nowhere, and may ask for nothing', async () => {
  const slug = await newBoard();
  const [ada, bea] = [await signIn(app, 'Ada'), await signIn(app, 'Bea')];
  const { data: submitted } = await submit(slug, ada, 'k');
  await submit(slug, bea, 'k');
  const { data } = await deleteMe(ada.token);
  expect(data.deleteMe).toEqual({ __typename: 'PlayerDeleted', deletedAt: expect.any(String) });

  for (const cadence of ['ALL_TIME', 'DAILY'] as const) {
    const { data: board } = await send(app.url, Board, { game: 'g', slug, cadence });
    expect(board.leaderboard?.standings).toMatchObject({
      totalCount: 1,
      edges: [{ node: { player: { id: bea.id } } }],
    });
  }
  expect((await send(app.url, PlayerById, { id: ada.id })).data.player).toBeNull();
  const admin = await app.tokenFor('admin', 'admin');
  const id = submitted.submitScore.__typename === 'Submission' ? submitted.submitScore.id : '';
  expect((await send(app.url, SubmissionNode, { id }, admin)).data.node).toBeNull();
  expect(await send(app.url, Me, {}, ada.token)).toMatchObject({
    status: 401,
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
});

test('who watches sees the player leave, and the others move up', async () => {
  const slug = await newBoard();
  const [ada, bea] = [await signIn(app, 'Ada'), await signIn(app, 'Bea')];
  await submitTo(app.url, slug, ada, 20);
  await submitTo(app.url, slug, bea, 10);
  const listening = listen(app.url, LeaderboardChanged, { game: 'g', slug });
  await nextAfter(listening, 0);
  await deleteMe(ada.token);
  const { leaderboardChanged: change } = await nextAfter(listening, 1);
  expect(change).toMatchObject({ snapshot: false, totalCount: 1 });
  expect(change.moves.map(({ kind, player }) => [kind, player.id])).toEqual([
    ['UP', bea.id],
    ['LEFT', ada.id],
  ]);
  expectToFollow(listening.heard.map(({ leaderboardChanged }) => leaderboardChanged));
  listening.leave();
});

test('the same device signs in as a new player, without a score', async () => {
  const slug = await newBoard();
  const deviceId = newDeviceId();
  const before = await signIn(app, 'Ada', deviceId);
  await submit(slug, before, 'k');
  await deleteMe(before.token);
  const after = await signIn(app, 'Ada again', deviceId);
  expect(after.id).not.toBe(before.id);
  const { data } = await send(app.url, PlayerById, { id: after.id });
  expect(data.player).toEqual({ id: after.id, nickname: 'Ada again', standings: [], stats: { scores: 0 } });
  expect((await submit(slug, after, 'k')).data.submitScore).toMatchObject({ replayed: false, outcome: 'IMPROVED' });
});

test('deleting many times at once deletes once, and each is told the same or that the token is void', async () => {
  const { token } = await signIn(app);
  const answers = await Promise.all(Array.from({ length: 10 }, () => deleteMe(token)));
  const told = answers.filter(({ status }) => status === 200).map(({ data }) => data.deleteMe);
  expect(told.length).toBeGreaterThan(0);
  for (const one of told) expect(one).toEqual(told[0]);
  for (const { status } of answers) expect([200, 401]).toContain(status);
  expect(await deleteMe(token)).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});

test('a retry that reaches an instance that has not heard of it is told the same', async () => {
  const other = await startTestApp({ env: { DATABASE_URL: app.env['DATABASE_URL'] ?? '' } });
  const { token } = await signIn(app);
  const { data } = await deleteMe(token);
  const retried = await send(other.url, DeleteMe, {}, token);
  // Within two seconds it hears of it.
  const told = retried.status === 401 ? data : retried.data;
  expect(told).toEqual(data);
  await other.stop();
});

test('all tokens of the player are void, those of an operator too', async () => {
  const deviceId = newDeviceId();
  const [phone, tablet] = [await signIn(app, 'Ada', deviceId), await signIn(app, 'Ada', deviceId)];
  const byHand = await app.tokenFor(uuidOf(phone), 'player');
  await deleteMe(byHand);
  for (const token of [phone.token, tablet.token, byHand]) {
    expect((await send(app.url, Me, {}, token)).status).toBe(401);
  }
});

test('submissions under way when the player is deleted are accepted before it or refused, never a failure', async () => {
  const slug = await newBoard();
  for (let round = 0; round < 5; round += 1) {
    const ada = await signIn(app);
    await submit(slug, ada, 'first');
    const submitted = Array.from({ length: 20 }, (_, index) => submit(slug, ada, `play-${index}`));
    const [deletion, ...answers] = await Promise.all([deleteMe(ada.token), ...submitted]);
    expect(deletion.data.deleteMe.__typename).toBe('PlayerDeleted');
    for (const { status, data } of answers) {
      if (status === 401) continue;
      expect(status).toBe(200);
      expect(['Submission', 'NotFoundError']).toContain(data.submitScore.__typename);
    }
    const { data } = await send(app.url, Board, { game: 'g', slug, players: [ada.id] });
    expect(data.leaderboard?.standings.edges).toEqual([]);
  }
});

test('a game server’s batch is answered in full when one of its players is deleted meanwhile', async () => {
  const slug = await newBoard();
  const server = await app.tokenFor('server', 'server');
  const [ada, bea] = [await signIn(app), await signIn(app)];
  const input = [ada, bea].map(({ id }) => ({ ...scoreInput(slug, 'k').input, player: id }));
  await deleteMe(ada.token);
  const { data } = await send(app.url, SubmitScores, { input }, server);
  expect(data.submitScores).toMatchObject([
    { __typename: 'NotFoundError', message: 'There is no such player.' },
    { __typename: 'Submission' },
  ]);
});

test('what others have submitted is replayed as it was told', async () => {
  const slug = await newBoard();
  const [ada, bea] = [await signIn(app), await signIn(app)];
  await submitTo(app.url, slug, ada, 20);
  const { data: told } = await submit(slug, bea, 'k');
  await deleteMe(ada.token);
  const { data: again } = await submit(slug, bea, 'k');
  expect(again.submitScore).toEqual({ ...told.submitScore, replayed: true });
  expect(told.submitScore).toMatchObject({ standings: [{ rank: 2 }, { rank: 2 }] });
});

test('a token for a player who never was finds nobody to delete', async () => {
  const { data } = await deleteMe(await app.tokenFor(randomUUID(), 'player'));
  expect(data.deleteMe).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND' });
});

test('an embedded server deletes in the same way', async () => {
  const embedded = await startTestApp({ embedded: true });
  const { slug } = await createBoard(embedded);
  const [ada, bea] = [await signIn(embedded, 'Ada'), await signIn(embedded, 'Bea')];
  for (const player of [ada, bea]) await submitTo(embedded.url, slug, player, 5);
  const { data } = await send(embedded.url, DeleteMe, {}, ada.token);
  expect(data.deleteMe.__typename).toBe('PlayerDeleted');
  expect((await send(embedded.url, Me, {}, ada.token)).status).toBe(401);
  await expectNoDifference(embedded);
  await embedded.stop();
}, 60_000);

test('it is for players', async () => {
  expect(await deleteMe()).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  const admin = await app.tokenFor('admin', 'admin');
  expect(await deleteMe(admin)).toMatchObject({ status: 403, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
});

async function expectNoDifference({ core }: TestApp): Promise<void> {
  expect((await verify(core.database)).differences).toEqual([]);
}

/** No request failed in a way that the server does not know. */
function expectNoFailure(): void {
  expect(app.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
}
