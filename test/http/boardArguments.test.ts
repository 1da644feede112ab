import { afterAll, beforeAll, expect, test } from 'vitest';
import { send, startTestApp, type TestApp } from '../setup/app.ts';
import { Board, createBoard, signIn, SubmitScore } from '../setup/documents.ts';
import { bodyOf, expectRefusal, post } from '../setup/http.ts';

let app: TestApp;
let cursor: string;
let playerId: string;
let boardId: string;
beforeAll(async () => {
  app = await startTestApp();
  const { game, slug, id } = await createBoard(app, { cadences: ['ALL_TIME', 'DAILY'] });
  boardId = id;
  const player = await signIn(app);
  playerId = player.id;
  const input = { game, leaderboard: slug, score: 7, idempotencyKey: 'k' };
  await send(app.url, SubmitScore, { input }, player.token);
  const { data } = await send(app.url, Board, { game, slug, cadence: 'DAILY' });
  cursor = data.leaderboard?.standings.pageInfo.endCursor ?? '';
});
afterAll(() => app.stop());

const ask = (args: string, variables?: object) =>
  post(app.url, {
    query: `{ leaderboard(game: "g", slug: "scores") { standings(${args}) { totalCount edges { node { score } } } } }`,
    variables,
  });
const cursorOf = (text: string) => Buffer.from(text).toString('base64url');

const wrong: Record<string, [args: string, message: RegExp]> = {
  'more than a page': ['first: 101', /1 to 100/],
  'more than a page from the end': ['last: 101', /1 to 100/],
  'a page of none': ['first: 0', /1 to 100/],
  'a page of less than none': ['first: -1', /1 to 100/],
  'a page of less than none from the end': ['last: -2147483648', /1 to 100/],
  'first with last': ['first: 1, last: 1', /not both/],
  'after with before': ['after: "x", before: "x"', /one of after, before/],
  'after with last': ['after: "x", last: 1', /first with after/],
  'before with first': ['before: "x", first: 1', /last with before/],
  'fromRank with around': ['fromRank: 1, around: "x"', /one of|around/],
  'a rank before the first': ['fromRank: 0', /counts from 1/],
  'a rank below zero': ['fromRank: -5', /counts from 1/],
  'a cursor that is garbage': ['after: "garbage"', /cursor/],
  'an empty cursor': ['after: ""', /cursor/],
  'a cursor of other text': [`after: "${cursorOf('ALL 1 1')}"`, /cursor/],
  'a cursor with numbers that nobody has': [`after: "${cursorOf('ALL 9999999999999999 1 1')}"`, /cursor/],
  'a cursor of a period that is none': [`after: "${cursorOf('ZZZ 1 1 1')}"`, /cursor/],
  'a cursor of a day that is none': [`cadence: DAILY, after: "${cursorOf('2026-99-99 1 1 1')}"`, /cursor/],
  'a cursor of another cadence': [`cadence: DAILY, after: "${cursorOf('ALL 1 1 1')}"`, /cursor/],
  'around what is not an id': ['around: "ada"', /around must be the id/],
  'around a number': ['around: 5', /around must be the id/],
  'players that are not ids': ['players: ["ada"]', /players must be the id/],
  'too many players': [`players: [${'"x" '.repeat(101)}]`, /100 players|players must be the id/],
  'a cadence that the board lacks': ['cadence: WEEKLY', /no WEEKLY standings; it has ALL_TIME, DAILY/],
};

const notMoments: Record<string, string> = {
  'a moment without an offset': '"2026-11-21T12:00:00"',
  'a moment that is only a day': '"2026-11-21"',
  'a moment as a number': '1795262400',
  'a moment that is empty': '""',
  'a midnight as the end of a day': '"2026-02-01T24:00:00Z"',
  'an offset that is not known': '"2026-02-01T12:00:00-00:00"',
  'a day that no month has': '"2026-02-31T12:00:00Z"',
  'an hour that no day has': '"2026-02-01T25:00:00Z"',
  'a month that no year has': '"2026-13-01T00:00:00Z"',
  'a fraction finer than a millisecond': '"2026-11-21T12:00:00.0001Z"',
  'a fraction that is written finer than a millisecond': '"2026-11-21T12:00:00.120000Z"',
  'a fraction of nothing': '"2026-11-21T12:00:00.Z"',
};

test.each(Object.entries(wrong))('%s is refused', async (_what, [args, message]) => {
  expectRefusal(await ask(args), 400, 'BAD_USER_INPUT', message);
});

test.each(Object.entries(notMoments))('%s is refused', async (_what, moment) => {
  expectRefusal(await ask(`cadence: DAILY, at: ${moment}`), 400, 'GRAPHQL_VALIDATION_FAILED', /RFC 3339/);
});

test.each(Object.entries(notMoments))('%s in a variable is refused', async (_what, moment) => {
  const query = 'query($at: DateTime) { leaderboard(game: "g", slug: "scores") { standings(at: $at) { totalCount } } }';
  const answer = await post(app.url, { query, variables: { at: JSON.parse(moment) as unknown } });
  expectRefusal(answer, 400, 'BAD_USER_INPUT', /RFC 3339/);
});

test('a cursor from another period than `at` is refused', async () => {
  expect(await ask(`cadence: DAILY, after: "${cursor}"`)).toMatchObject({ status: 200 });
  const answer = await ask(`cadence: DAILY, at: "2020-01-01T00:00:00Z", after: "${cursor}"`);
  expectRefusal(answer, 400, 'BAD_USER_INPUT', /another period/);
});

test('the id of something else is refused as a player’s', async () => {
  expectRefusal(await ask(`around: "${boardId}"`), 400, 'BAD_USER_INPUT', /around must be the id of a Player/);
});

test('the ends of time are ordinary periods', async () => {
  const at = [
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59.9Z',
    '9999-12-31T23:59:59.999Z',
    '2026-11-21T12:00:00+14:00',
  ];
  for (const moment of at) {
    expect(await ask(`cadence: DAILY, at: "${moment}"`)).toMatchObject({ status: 200 });
  }
});

test('a rank far below the last is an empty page', async () => {
  const answer = await ask('fromRank: 1000000');
  expect(bodyOf(answer)).toEqual({ data: { leaderboard: { standings: { totalCount: 1, edges: [] } } } });
});

const asId = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
const nodeAndPlayer = (id: string) => ({
  query: 'query($id: ID!) { node(id: $id) { id } player(id: $id) { id } }',
  variables: { id },
});

const notIds: Record<string, string> = {
  'empty text': '',
  'plain text': 'ada',
  'base64 of nothing': asId(':'),
  'base64 of a type that is none': asId('Tiger:5'),
  'base64 of a type that has no ids': asId('Standing:5'),
  'bytes that are not text': asId(new Uint8Array([0xff, 0xfe, 0x3a, 0xff])),
  'half a surrogate pair': asId(new Uint8Array([...Buffer.from('Player:'), 0xed, 0xa0, 0x80])),
  'ten thousand letters': 'x'.repeat(10_000),
};

test.each(Object.entries(notIds))('a node by %s is refused', async (_what, id) => {
  const answer = await post(app.url, nodeAndPlayer(id));
  expectRefusal(answer, 400, 'BAD_USER_INPUT', /\bid\b/i);
  expect(answer.text.length).toBeLessThan(1_000);
});

const idsOfNobody: Record<string, string> = {
  'a player by a number': asId('Player:5'),
  'a player by NUL': asId('Player:\0'),
  'a player by a new UUID': asId('Player:01234567-89ab-4def-8123-456789abcdef'),
  'a submission past all': asId('Submission:999999999999999'),
  'a submission past all numbers': asId(`Submission:${'9'.repeat(400)}`),
  'a submission with a zero before it': asId('Submission:01'),
  'a submission by a statement': asId("Submission:1' or 1=1"),
  'a board in upper case': asId('Leaderboard:01234567-89AB-4DEF-8123-456789ABCDEF'),
};

test.each(Object.entries(idsOfNobody))('%s is null', async (_what, id) => {
  const answer = await post(app.url, nodeAndPlayer(id));
  expect({ status: answer.status, body: bodyOf(answer) }).toEqual({
    status: 200,
    body: { data: { node: null, player: null } },
  });
});

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Other texts that lenient readers of base64 take for the same bytes. */
function otherSpellings(encoded: string): string[] {
  const bare = encoded.replace(/=+$/, '');
  const last = ALPHABET.indexOf(bare.at(-1) ?? '');
  const unusedBit =
    bare.length % 4 === 0 ? encoded : `${bare.slice(0, -1)}${ALPHABET[last ^ 1]}${encoded.slice(bare.length)}`;
  const inTheMiddle = ` \n-!`.split('').map((letter) => `${encoded.slice(0, 5)}${letter}${encoded.slice(5)}`);
  return [`${bare}=`, `${bare}==`, `${bare}===`, bare, unusedBit, ` ${encoded}`, ...inTheMiddle].filter(
    (text) => text !== encoded,
  );
}

test('an id has one spelling', async () => {
  const texts = [playerId, boardId, asId('Submission:1'), asId('Submission:12'), asId('Submission:123')];
  for (const spelling of texts.flatMap(otherSpellings)) {
    expectRefusal(await post(app.url, nodeAndPlayer(spelling)), 400, 'BAD_USER_INPUT', /\bid\b/i);
    expectRefusal(await ask(`around: ${JSON.stringify(spelling)}`), 400, 'BAD_USER_INPUT', /around/);
  }
});

test('a cursor has one spelling', async () => {
  for (const spelling of [cursor, `${cursor}A`, `${cursor.slice(0, 5)}+${cursor.slice(5)}`].flatMap(otherSpellings)) {
    const answer = await ask(`cadence: DAILY, after: ${JSON.stringify(spelling)}`);
    expectRefusal(answer, 400, 'BAD_USER_INPUT', /cursor/);
  }
});

test('a player is found by id', async () => {
  const answer = await post(app.url, nodeAndPlayer(playerId));
  expect(bodyOf(answer).data).toEqual({ node: { id: playerId }, player: { id: playerId } });
});
