import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { type LeaderboardChangedSubscription, TypedDocumentString } from '../generated/graphql.ts';
import { DeleteMe } from '../setup/accountDocuments.ts';
import { startTestApp, type TestApp, send } from '../setup/app.ts';
import { createBoard, signIn, type TestPlayer } from '../setup/documents.ts';
import { type EventStream, openStream } from '../setup/eventStream.ts';
import { bearer, post, request } from '../setup/http.ts';
import { expectNoStreams, expectToFollow, submitTo } from '../setup/live.ts';
import { LeaderboardChanged, StandingChanged, TournamentChanged } from '../setup/liveDocuments.ts';
import { createTournament, expectNoneWatched, join } from '../setup/liveTournaments.ts';
import { startTcpProxy, type TcpProxy } from '../setup/tcpProxy.ts';
import { passEnd } from '../setup/tournaments.ts';
import { uuidOf } from '../setup/accountDocuments.ts';

const SLUG = 'scores';
let redis: TcpProxy;
let app: TestApp;
let players: TestPlayer[];
let tournament: string;
const leaving: (() => void)[] = [];
beforeAll(async () => {
  redis = await startTcpProxy(inject('redisUrl'));
  app = await startTestApp({ env: { REDIS_URL: redis.url, STREAM_LIMITS: 'player=20,address=20' } });
  await createBoard(app, { slug: SLUG, operator: 'LATEST' });
  tournament = await createTournament(app);
  players = await Promise.all(Array.from({ length: 5 }, (_, index) => signIn(app, `Player ${index}`)));
});
afterEach(async () => {
  for (const leave of leaving.splice(0)) leave();
  await expectNoStreams(app.url);
  await expectNoneWatched(app);
});
afterAll(async () => {
  await app.stop();
  await redis.close();
});

/** After a notice, or without one. */
const SOON = { timeout: 12_000, interval: 25 };
let texts = 0;

async function openOne<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  token?: string,
): Promise<EventStream<Data>> {
  const stream = await openStream(app.url, document, variables, token ? { token } : {});
  leaving.push(stream.leave);
  return stream;
}

/** Two streams that share with each other and one that has a text, and so executions, of its own. */
async function openThree<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  token?: string,
): Promise<EventStream<Data>[]> {
  texts += 1;
  const alone = new TypedDocumentString<Data, Variables>(`${document.toString()}\n# ${texts}`);
  const open = (text: TypedDocumentString<Data, Variables>) => openOne(text, variables, token);
  return Promise.all([open(document), open(document), open(alone)]);
}

async function executions(): Promise<{ told: number; executed: number }> {
  const { text } = await request(app.url, { path: '/metrics' });
  const [told, executed] = ['events', 'executions'].map((name) =>
    Number(new RegExp(`^laurel_stream_${name}_total (\\d+)$`, 'm').exec(text)?.[1]),
  );
  return { told: told ?? 0, executed: executed ?? 0 };
}

/** Null where all are the same. */
const differing = (given: unknown[]) => (new Set(given.map((one) => JSON.stringify(one))).size === 1 ? null : given);

/** Without when the first state was read, which may be another time for each who comes. */
const changesOf = (heard: LeaderboardChangedSubscription[]) =>
  heard.map(({ leaderboardChanged: change }, index) => (index === 0 ? { ...change, at: null } : change));

type Operation = (number: number) => Promise<unknown>;

const operations: Record<string, Operation> = {
  submit: (number) => submitTo(app.url, SLUG, playerOf(number), number),
  'submit again': (number) => submitTo(app.url, SLUG, playerOf(number + 1), number * 2),
  join: (number) => join(app, tournament, playerOf(number)).catch(() => {}),
  'edit board': async (number) =>
    post(
      app.url,
      {
        query: `mutation { updateLeaderboard(input: { game: "g", slug: "${SLUG}", name: "N ${number}" }) { __typename } }`,
      },
      bearer(await app.tokenFor('admin', 'admin')),
    ),
  delete: async (number) => {
    const leaver = await signIn(app, `Leaver ${number}`);
    await submitTo(app.url, SLUG, leaver, number + 50);
    await send(app.url, DeleteMe, {}, leaver.token);
  },
  'lose Redis': () => redis.cut(),
  'find Redis': () => redis.restore(),
};
const playerOf = (number: number) => players[number % players.length] as TestPlayer;

test(
  'whatever happens, streams that share are told what a stream with executions of its own is told',
  { timeout: 180_000 },
  async () => {
    const [ada, bea] = players as [TestPlayer, TestPlayer];
    const board = { game: 'g', slug: SLUG };
    await submitTo(app.url, SLUG, ada, 1);
    const before = await executions();
    const boards = [
      await openThree(LeaderboardChanged, board),
      await openThree(LeaderboardChanged, { ...board, top: 2 }),
    ];
    const own = [
      await openThree(StandingChanged, board, ada.token),
      await openThree(TournamentChanged, { id: tournament }, ada.token),
      await openThree(TournamentChanged, { id: tournament }, bea.token),
      await openThree(TournamentChanged, { id: tournament }),
    ];
    for (const three of [...boards, ...own])
      for (const { heard } of three) await expect.poll(() => heard.length, SOON).toBeGreaterThan(0);
    const expectAlike = async () => {
      for (const three of boards)
        await expect.poll(() => differing(three.map(({ heard }) => changesOf(heard))), SOON).toBeNull();
      // What they show of entries is read when they are told, so in a burst one may be a moment ahead.
      for (const three of own)
        await expect.poll(() => differing(three.map(({ heard }) => heard.at(-1))), SOON).toBeNull();
    };
    const steps = fc.array(
      fc.record({ name: fc.constantFrom(...Object.keys(operations)), number: fc.integer({ min: 1, max: 40 }) }),
      { minLength: 10, maxLength: 15 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        for (const { name, number } of given) await operations[name]?.(number);
        await expectAlike();
      }),
      { numRuns: 5, endOnFailure: true },
    );
    await redis.restore();
    await passEnd(app.core.database, { id: uuidOf({ id: tournament }) });
    await submitTo(app.url, SLUG, bea, 1_000);
    for (const three of boards)
      for (const { heard } of three)
        await expect.poll(() => heard.at(-1)?.leaderboardChanged.standings[0]?.score, SOON).toBe(1_000);
    for (const { heard } of own.slice(1).flat())
      await expect.poll(() => JSON.stringify(heard.at(-1)), SOON).toContain('"state":"SETTLED"');
    await expectAlike();
    for (const three of boards)
      for (const { heard } of three) expectToFollow(heard.map(({ leaderboardChanged }) => leaderboardChanged));
    const after = await executions();
    // Of three boards' streams two executions, of those with the viewer's own three.
    expect(after.executed - before.executed).toBeLessThan((after.told - before.told) * 0.95);
  },
);

test('of those who share, the viewer who signs out is ended, and who has left is not waited for', async () => {
  const [ada, , cem] = players as [TestPlayer, TestPlayer, TestPlayer];
  const signedIn = await signIn(app, 'Guest');
  const board = { game: 'g', slug: SLUG };
  const open = (token?: string) => openOne(LeaderboardChanged, board, token);
  const [first, guest, other] = [await open(ada.token), await open(signedIn.token), await open()];
  for (const { heard } of [first, guest, other]) await expect.poll(() => heard.length, SOON).toBe(1);
  first.leave();
  await send(app.url, DeleteMe, {}, signedIn.token);
  await expect.poll(() => guest.isEnded(), SOON).toBe(true);
  expect(guest.lines.at(-1)).toBe('complete');
  await submitTo(app.url, SLUG, cem, 2_000);
  await expect.poll(() => other.heard.at(-1)?.leaderboardChanged.standings[0]?.score, SOON).toBe(2_000);
  expect(other.isEnded()).toBe(false);
});
