import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send, startTestApp, type TestApp } from '../setup/app.ts';
import { createBoard, signIn, SubmitScore, type TestPlayer } from '../setup/documents.ts';
import { bearer, bodyOf, type HttpAnswer, post, request } from '../setup/http.ts';

let apps: [TestApp, TestApp];
let players: TestPlayer[];
beforeAll(async () => {
  const first = await startTestApp();
  // Another instance on the same stores.
  const second = await startTestApp({ env: first.env });
  apps = [first, second];
  players = await Promise.all(Array.from({ length: 8 }, (_, index) => signIn(first, `P${index}`)));
});
afterAll(async () => {
  for (const app of apps.toReversed()) await app.stop();
});

const ROW = 'node { rank shared: rank(style: COMPETITION) score percentile metadata player { id nickname } }';
const documents = (slug: string) => [
  `{ leaderboard(game: "g", slug: "${slug}") { name maxScore standings(first: 3) { totalCount revision edges { cursor ${ROW} } } } }`,
  `{ leaderboard(game: "g", slug: "${slug}") { standings(cadence: DAILY, last: 2) { edges { ${ROW} } pageInfo { hasPreviousPage } } } }`,
  `{ leaderboard(game: "g", slug: "${slug}") { standing(player: "${players[0]?.id}") { rank score }
     standings(around: "${players[1]?.id}", first: 2) { edges { ${ROW} } } } }`,
];
const UNSHARED = { 'cache-control': 'no-cache' };

async function submit(app: TestApp, slug: string, player: TestPlayer | undefined, score: number): Promise<void> {
  const input = { game: 'g', leaderboard: slug, score, idempotencyKey: randomUUID() };
  const { data } = await send(app.url, SubmitScore, { input }, player?.token);
  expect(data.submitScore.__typename).toBe('Submission');
}

/** The answer without which store ranked it, which is told in development only. */
const dataOf = (answer: HttpAnswer) => bodyOf(answer).data;

async function sharedBy(app: TestApp): Promise<number> {
  const { text } = await request(app.url, { path: '/metrics' });
  return Number(/^laurel_answers_shared_total (\d+)$/m.exec(text)?.[1]);
}

test('a question that has been asked is answered alike, from memory, with what is each request’s own', async () => {
  const [app] = apps;
  const { slug } = await createBoard(app, { slug: 'alike' });
  await submit(app, slug, players[0], 5);
  const [query = ''] = documents(slug);
  const before = await sharedBy(app);
  const answers = [];
  for (let turn = 0; turn < 5; turn += 1)
    answers.push(await post(app.url, { query }, { 'x-request-id': `request-${turn}` }));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.map(({ headers }) => headers.get('x-request-id'))).toEqual(
    answers.map((_answer, turn) => `request-${turn}`),
  );
  const headersOf = ({ headers }: HttpAnswer) =>
    Object.fromEntries([...headers].filter(([name]) => !['date', 'x-request-id', 'transfer-encoding'].includes(name)));
  const fresh = await post(app.url, { query }, UNSHARED);
  for (const answer of answers) expect(headersOf(answer)).toEqual(headersOf(fresh));
  expect(await sharedBy(app)).toBe(before + 3);
});

test('what was committed before a question was asked is in its answer, through the other instance too', async () => {
  const { slug } = await createBoard(apps[0], { slug: 'fresh' });
  const query = `{ leaderboard(game: "g", slug: "${slug}") { standings(first: 1) { edges { node { score } } } } }`;
  const topOf = async (app: TestApp) => {
    const { leaderboard } = dataOf(await post(app.url, { query })) as {
      leaderboard: { standings: { edges: { node: { score: number } }[] } };
    };
    return leaderboard.standings.edges[0]?.node.score ?? 0;
  };
  let acknowledged = 0;
  let isOver = false;
  const reading = Array.from({ length: 12 }, async (_, index) => {
    let tops = 0;
    while (!isOver) {
      const least = acknowledged;
      expect(await topOf(index % 2 === 0 ? apps[0] : apps[1])).toBeGreaterThanOrEqual(least);
      tops += 1;
    }
    return tops;
  });
  for (let score = 1; score <= 150; score += 1) {
    await submit(score % 2 === 0 ? apps[0] : apps[1], slug, players[score % players.length], score);
    acknowledged = score;
  }
  isOver = true;
  for (const tops of await Promise.all(reading)) expect(tops).toBeGreaterThan(5);
});

test('whatever is done to a board, shared answers equal those that are worked out anew', async () => {
  const [app, other] = apps;
  const { slug } = await createBoard(app, { slug: 'alter', cadences: ['ALL_TIME', 'DAILY'] });
  const admin = await app.tokenFor('admin', 'admin');
  const leaver = await signIn(app, 'Leaver');
  const edit = (name: string) => ({
    query: `mutation { updateLeaderboard(input: { game: "g", slug: "${slug}", name: "${name}" }) { __typename } }`,
  });
  const steps: (() => Promise<unknown>)[] = [
    () => submit(app, slug, players[0], 5),
    () => submit(other, slug, players[1], 7),
    () => post(other.url, edit('New name'), bearer(admin)),
    () => submit(app, slug, leaver, 9),
    () => submit(app, slug, players[0], 6),
    () => post(app.url, { query: 'mutation { deleteMe { __typename } }' }, bearer(leaver.token)),
    () => post(app.url, edit('Newer name'), bearer(admin)),
    () => submit(other, slug, players[2], 7),
  ];
  for (const step of steps) {
    await step();
    for (const query of documents(slug)) {
      for (const { url } of apps) {
        const answers = [await post(url, { query }), await post(url, { query }), await post(url, { query })];
        const fresh = dataOf(await post(url, { query }, UNSHARED));
        for (const answer of answers) expect(dataOf(answer)).toEqual(fresh);
      }
    }
  }
  expect(await sharedBy(app)).toBeGreaterThan(steps.length);
});

test('an answer of the viewer’s own, or of anything but boards, is never shared', async () => {
  const [app] = apps;
  const { slug } = await createBoard(app, { slug: 'own' });
  await submit(app, slug, players[0], 5);
  const before = await sharedBy(app);
  for (const query of [
    '{ me { id } }',
    '{ games { slug } }',
    `{ leaderboard(game: "g", slug: "${slug}") { standings(first: 1) { edges { node { player { stats { scores } } } } } } }`,
  ]) {
    for (let turn = 0; turn < 3; turn += 1) expect((await post(app.url, { query })).status).toBe(200);
  }
  expect(await sharedBy(app)).toBe(before);
});

test('a token is looked at for shared answers as for any', async () => {
  const [app] = apps;
  const { slug } = await createBoard(app, { slug: 'token' });
  const viewer = await signIn(app);
  await submit(app, slug, viewer, 5);
  const query = `{ leaderboard(game: "g", slug: "${slug}") { standings { totalCount } } }`;
  const ask = (token: string) => post(app.url, { query }, bearer(token));
  for (let turn = 0; turn < 3; turn += 1) expect((await ask(viewer.token)).status).toBe(200);
  expect((await ask(`${viewer.token}x`)).status).toBe(401);
  await post(app.url, { query: 'mutation { signOut { __typename } }' }, bearer(viewer.token));
  expect((await ask(viewer.token)).status).toBe(401);
});
