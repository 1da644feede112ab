import { afterAll, beforeAll, expect, test } from 'vitest';
import { Me, SignOut, uuidOf } from '../../setup/accountDocuments.ts';
import { newDeviceId, send, startTestApp, type TestApp } from '../../setup/app.ts';
import { signIn } from '../../setup/documents.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const signOut = (token?: string, everywhere = false) => send(app.url, SignOut, { everywhere }, token);
const statusOf = async (token: string) => (await send(app.url, Me, {}, token)).status;

async function expectEnded(token: string, sessions: number, everywhere = false): Promise<void> {
  const { data } = await signOut(token, everywhere);
  expect(data.signOut).toEqual({ __typename: 'SignedOut', sessions });
}

test('signing out ends the session of the token, and none of the player’s others', async () => {
  const deviceId = newDeviceId();
  const [phone, tablet] = [await signIn(app, 'Ada', deviceId), await signIn(app, 'Ada', deviceId)];
  await expectEnded(phone.token, 1);
  expect(await statusOf(phone.token)).toBe(401);
  expect(await statusOf(tablet.token)).toBe(200);
});

test('signing out everywhere ends all sessions of the player, and nobody else’s', async () => {
  const deviceId = newDeviceId();
  const devices = [];
  for (let device = 0; device < 3; device += 1) devices.push(await signIn(app, 'Ada', deviceId));
  const bea = await signIn(app, 'Bea');
  const [first, ...others] = devices;
  await expectEnded(first?.token ?? '', 3, true);
  for (const { token } of [...others, ...devices]) expect(await statusOf(token)).toBe(401);
  expect(await statusOf(bea.token)).toBe(200);
});

test('a token whose session has ended is refused in the words of any other bad one', async () => {
  const { token } = await signIn(app);
  await expectEnded(token, 1);
  for (const answer of [await send(app.url, Me, {}, token), await signOut(token)]) {
    expect(answer).toMatchObject({
      status: 401,
      errors: [
        { message: 'The bearer token is missing, expired or not valid.', extensions: { code: 'UNAUTHENTICATED' } },
      ],
    });
  }
});

test('signing out many times at once ends the session once', async () => {
  const { token } = await signIn(app);
  const answers = await Promise.all(Array.from({ length: 10 }, () => signOut(token)));
  const ended = answers.flatMap(({ status, data }) => (status === 200 ? data.signOut.sessions : 0));
  expect(ended.reduce((sum, count) => sum + count, 0)).toBe(1);
});

test('who has signed out signs in again as the same player', async () => {
  const deviceId = newDeviceId();
  const before = await signIn(app, 'Ada', deviceId);
  await expectEnded(before.token, 1, true);
  const after = await signIn(app, 'Ada', deviceId);
  expect(after.id).toBe(before.id);
  expect(await statusOf(after.token)).toBe(200);
});

test('a token that an operator made has no session: it ends the others’, and stays good', async () => {
  const player = await signIn(app);
  const byHand = await app.tokenFor(uuidOf(player), 'player');
  await expectEnded(byHand, 0);
  await expectEnded(byHand, 1, true);
  await expectEnded(byHand, 0, true);
  expect(await statusOf(byHand)).toBe(200);
  expect(await statusOf(player.token)).toBe(401);
});

test('it is for players', async () => {
  expect(await signOut()).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  const server = await app.tokenFor('server', 'server');
  expect(await signOut(server)).toMatchObject({ status: 403, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
});
