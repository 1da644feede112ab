import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Me, SubmissionNode } from '../setup/accountDocuments.ts';
import { AUTH_SECRET, send, startTestApp, type TestApp } from '../setup/app.ts';
import { CreateGame, createBoard, signIn, SubmitScore, SubmitScores, type TestPlayer } from '../setup/documents.ts';
import { bodyOf, post } from '../setup/http.ts';

let app: TestApp;
let ada: TestPlayer;
/** The part of Ada's id that tokens carry. */
let subject: string;
beforeAll(async () => {
  app = await startTestApp();
  await createBoard(app);
  ada = await signIn(app);
  subject = Buffer.from(ada.id, 'base64').toString().replace('Player:', '');
});
afterAll(() => app.stop());

const SUBMIT = {
  query: 'mutation($input: SubmitScoreInput!) { submitScore(input: $input) { __typename } }',
  variables: { input: { game: 'g', leaderboard: 'scores', score: 5, idempotencyKey: 'k' } },
};
const PUBLIC = { query: '{ games { slug } }' };

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token made by hand, right in all that is not given otherwise. */
function forge(claims: object = {}, { header = {}, secret = AUTH_SECRET }: { header?: object; secret?: string } = {}) {
  const now = Math.floor(Date.now() / 1_000);
  const all = { sub: subject, iss: 'laurel', aud: 'laurel', iat: now, exp: now + 60, jti: 'j', roles: ['player'] };
  const signed = `${encode({ alg: 'HS256', typ: 'at+jwt', ...header })}.${encode({ ...all, ...claims })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

const unsigned = () =>
  `${forge({}, { header: { alg: 'none' } })
    .split('.')
    .slice(0, 2)
    .join('.')}.`;
const past = () => Math.floor(Date.now() / 1_000) - 1;

const refused: Record<string, () => string> = {
  'a tampered payload': () => {
    const [head, , signature] = ada.token.split('.');
    const [, payload] = forge({ roles: ['admin'] }).split('.');
    return `Bearer ${head}.${payload}.${signature}`;
  },
  'a tampered signature': () => `Bearer ${ada.token.slice(0, -6)}${ada.token.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'}`,
  'no signature': () => `Bearer ${ada.token.split('.').slice(0, 2).join('.')}.`,
  'an expired token': () => `Bearer ${forge({ iat: past() - 60, exp: past() })}`,
  'a token without an end': () => `Bearer ${forge({ exp: undefined })}`,
  'another secret': () => `Bearer ${forge({}, { secret: `${AUTH_SECRET}-of-somebody-else` })}`,
  'another issuer': () => `Bearer ${forge({ iss: 'somebody' })}`,
  'another audience': () => `Bearer ${forge({ aud: 'somebody' })}`,
  'another type of token': () => `Bearer ${forge({}, { header: { typ: 'JWT' } })}`,
  'the algorithm none': () => `Bearer ${unsigned()}`,
  'another algorithm': () => `Bearer ${forge({}, { header: { alg: 'HS512' } })}`,
  'a role that is none': () => `Bearer ${forge({ roles: ['root'] })}`,
  'a player who is no id': () => `Bearer ${forge({ sub: 'ada' })}`,
  'another scheme': () => 'Basic YWRhOnNlY3JldA==',
  'a scheme without a token': () => 'Bearer',
  'an empty token': () => 'Bearer ',
  'two tokens': () => `Bearer ${ada.token}, Bearer ${ada.token}`,
  'an empty header': () => '',
};

async function refusalOf(body: object, authorization: string | undefined) {
  const answer = await post(app.url, body, authorization === undefined ? {} : { authorization });
  const [error] = bodyOf(answer).errors ?? [];
  return {
    status: answer.status,
    code: error?.extensions['code'],
    message: error?.message,
    challenge: answer.headers.get('www-authenticate'),
  };
}

const REFUSAL = {
  status: 401,
  code: 'UNAUTHENTICATED',
  message: 'The bearer token is missing, expired or not valid.',
  challenge: 'Bearer',
};

test('a token made by hand is taken when all of it is right', async () => {
  const { data } = await send(app.url, Me, {}, forge());
  expect(data.me?.id).toBe(ada.id);
});

test('a mutation without a token is refused', async () => {
  expect(await refusalOf(SUBMIT, undefined)).toEqual(REFUSAL);
});

test.each(Object.entries(refused))(
  '%s is refused in the same words, public queries too',
  async (_what, authorization) => {
    expect(await refusalOf(SUBMIT, authorization())).toEqual(REFUSAL);
    expect(await refusalOf(PUBLIC, authorization())).toEqual(REFUSAL);
  },
);

test('a subscription with a bad token is refused before it starts', async () => {
  const query = 'subscription { leaderboardChanged(game: "g", slug: "scores") { revision } }';
  for (const accept of ['application/json', 'text/event-stream']) {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, authorization: 'Bearer nonsense' },
      body: JSON.stringify({ query }),
    });
    expect(response.status).toBe(401);
    expect(await response.text()).toContain('UNAUTHENTICATED');
  }
});

test('the scheme is written in any case', async () => {
  const answer = await post(app.url, { query: '{ me { id } }' }, { authorization: `bearer ${ada.token}` });
  expect(bodyOf(answer).data).toEqual({ me: { id: ada.id } });
});

test('a player may neither create games nor submit for others', async () => {
  const game = await send(app.url, CreateGame, { input: { slug: 'mine', name: 'Mine' } }, ada.token);
  expect(game).toMatchObject({ status: 403, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  const input = [{ player: ada.id, game: 'g', leaderboard: 'scores', score: 1, idempotencyKey: 'for-others' }];
  const scores = await send(app.url, SubmitScores, { input }, ada.token);
  expect(scores).toMatchObject({ status: 403, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  expect(bodyOf(await post(app.url, PUBLIC)).data).toEqual({ games: [{ slug: 'g' }] });
});

test('a game server may submit for players, but not create games', async () => {
  const server = await app.tokenFor('server', 'server');
  const input = [{ player: ada.id, game: 'g', leaderboard: 'scores', score: 1, idempotencyKey: 'by-server' }];
  const { data } = await send(app.url, SubmitScores, { input }, server);
  expect(data.submitScores).toMatchObject([{ __typename: 'Submission' }]);
  const game = await send(app.url, CreateGame, { input: { slug: 'mine', name: 'Mine' } }, server);
  expect(game).toMatchObject({ status: 403, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
});

test('`me` is the player, and nobody for admins, servers and without a token', async () => {
  const tokens = [undefined, await app.tokenFor('admin', 'admin'), await app.tokenFor('server', 'server')];
  for (const token of tokens)
    expect(await send(app.url, Me, {}, token)).toMatchObject({ status: 200, data: { me: null } });
  expect((await send(app.url, Me, {}, ada.token)).data.me).toEqual({ id: ada.id, nickname: 'Ada' });
});

test('a submission is seen by its player, game servers and admins, and by nobody else', async () => {
  const input = { game: 'g', leaderboard: 'scores', score: 42, idempotencyKey: 'seen' };
  const { data } = await send(app.url, SubmitScore, { input }, ada.token);
  if (data.submitScore.__typename !== 'Submission') throw new Error('the score was refused');
  const { id } = data.submitScore;
  const seenBy = async (token?: string) => (await send(app.url, SubmissionNode, { id }, token)).data.node;
  const submission = { __typename: 'Submission', id, score: 42, outcome: 'IMPROVED' };
  expect(await seenBy(ada.token)).toEqual(submission);
  expect(await seenBy(await app.tokenFor('server', 'server'))).toEqual(submission);
  expect(await seenBy(await app.tokenFor('admin', 'admin'))).toEqual(submission);
  expect(await seenBy((await signIn(app, 'Bea')).token)).toBeNull();
  expect(await seenBy()).toBeNull();
});
