import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { send, startTestApp, type TestApp } from '../setup/app.ts';
import { Board, createBoard, signIn, type TestPlayer } from '../setup/documents.ts';
import { bearer, bodyOf, expectRefusal, type HttpAnswer, post } from '../setup/http.ts';

let app: TestApp;
let player: TestPlayer;
beforeAll(async () => {
  app = await startTestApp();
  await createBoard(app);
});
beforeEach(async () => {
  player = await signIn(app);
});
afterAll(() => app.stop());

/** JSON as it stands, so that numbers and escapes reach the server unchanged. */
const submitInVariable = (score: string, metadata = 'null') =>
  post(
    app.url,
    `{"query": "mutation($input: SubmitScoreInput!) { submitScore(input: $input) { __typename } }", "variables": {"input":
      {"game": "g", "leaderboard": "scores", "score": ${score}, "idempotencyKey": "k", "metadata": ${metadata}}}}`,
    bearer(player.token),
  );
const submitAsLiteral = (score: string) =>
  post(
    app.url,
    {
      query: `mutation {
        submitScore(input: { game: "g", leaderboard: "scores", score: ${score}, idempotencyKey: "k" }) { __typename }
      }`,
    },
    bearer(player.token),
  );

async function scoreOnBoard(): Promise<number | undefined> {
  const { data } = await send(app.url, Board, { game: 'g', slug: 'scores', players: [player.id] });
  return data.leaderboard?.standings.edges[0]?.node.score;
}

const typename = (answer: HttpAnswer) =>
  (bodyOf(answer).data?.['submitScore'] as { __typename: string } | undefined)?.__typename;

const notScores = [
  ['9007199254740992', /between/],
  ['-9007199254740992', /between/],
  ['1.5', /whole number|exactly/],
  ['9007199254740991.4', /exactly|whole number/],
  ['9007199254740993', /exactly|between/],
  ['1e400', /too large|whole number/],
  ['NaN', /./],
  ['Infinity', /./],
  ['"9007199254740992"', /between/],
  ['"99999999999999999999"', /whole number/],
  ['"12abc"', /whole number/],
  ['"1.0"', /whole number/],
  ['"1e3"', /whole number/],
  ['""', /whole number/],
  ['" 1"', /whole number/],
  ['"1\\n"', /whole number/],
  ['"+1"', /whole number/],
  ['"0x10"', /whole number/],
  ['"007"', /whole number/],
  ['"-07"', /whole number/],
  ['"00"', /whole number/],
  ['"-0"', /whole number/],
  ['"+0"', /whole number/],
  ['"१"', /whole number/],
  ['true', /whole number/],
  ['null', /null/],
  ['[]', /whole number/],
] as const;

test.each(notScores)('the score %s is refused in a variable and writes nothing', async (score, message) => {
  expectRefusal(await submitInVariable(score), 400, 'BAD_USER_INPUT', message.source === '.' ? /JSON/ : message);
  expect(await scoreOnBoard()).toBeUndefined();
});

test.each(notScores)('the score %s is refused as a literal and writes nothing', async (score, message) => {
  expectRefusal(await submitAsLiteral(score), 400, 'GRAPHQL_VALIDATION_FAILED', message);
  expect(await scoreOnBoard()).toBeUndefined();
});

const scores: [written: string, score: number][] = [
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ['-9007199254740991', Number.MIN_SAFE_INTEGER],
  ['"9007199254740991"', Number.MAX_SAFE_INTEGER],
  ['"-12"', -12],
  ['"0"', 0],
  ['0', 0],
];

test.each(scores)('the score %s is kept exactly', async (written, score) => {
  for (const submit of [submitInVariable, submitAsLiteral]) {
    player = await signIn(app);
    expect(typename(await submit(written))).toBe('Submission');
    expect(await scoreOnBoard()).toBe(score);
  }
});

test('the number -0 is the score 0', async () => {
  for (const submit of [submitInVariable, submitAsLiteral]) {
    player = await signIn(app);
    expect(typename(await submit('-0'))).toBe('Submission');
    // toBe tells -0 from 0.
    expect(await scoreOnBoard()).toBe(0);
  }
});

test('a whole number with a fraction of zero or an exponent is the same number in a variable', async () => {
  expect(typename(await submitInVariable('1.50e1'))).toBe('Submission');
  expect(await scoreOnBoard()).toBe(15);
});

const unstorable: Record<string, string> = {
  'NUL in a variable': '"query": "query($id: ID!) { player(id: $id) { id } }", "variables": {"id": "a\\u0000b"}',
  'NUL in the name of a variable': '"query": "{ __typename }", "variables": {"a\\u0000": 1}',
  'NUL deep in a variable': '"query": "{ __typename }", "variables": {"a": [{"b": ["\\u0000"]}]}',
  'NUL in the document': '"query": "{ player(id: \\"a\\u0000\\") { id } }"',
  'NUL escaped in the document': '"query": "{ player(id: \\"a\\\\u0000\\") { id } }"',
  'NUL escaped another way': '"query": "{ player(id: \\"a\\\\u{0}\\") { id } }"',
  'NUL in a block text': '"query": "{ player(id: \\"\\"\\"a\\u0000\\"\\"\\") { id } }"',
  'NUL in a comment': '"query": "{ __typename } # \\u0000"',
  'half a pair in a variable': '"query": "query($id: ID!) { player(id: $id) { id } }", "variables": {"id": "\\ud83d"}',
  'the other half in a variable':
    '"query": "query($id: ID!) { player(id: $id) { id } }", "variables": {"id": "\\uDE00"}',
  'halves in the wrong order':
    '"query": "query($id: ID!) { player(id: $id) { id } }", "variables": {"id": "\\ude00\\ud83d"}',
  'half a pair in the document': '"query": "{ player(id: \\"\\ud83d\\") { id } }"',
  'half a pair in extensions': '"query": "{ __typename }", "extensions": {"a": "\\ud83d"}',
};

test.each(Object.entries(unstorable))('%s is refused', async (_what, members) => {
  expectRefusal(await post(app.url, `{${members}}`), 400, 'BAD_USER_INPUT', /NUL|surrogate|Unicode/);
});

test('half a pair escaped in the document is refused', async () => {
  const query = String.raw`{ player(id: "\ud83d") { id } }`;
  expectRefusal(await post(app.url, { query }), 400, 'GRAPHQL_PARSE_FAILED');
});

test('NUL and half a pair are refused in the variables of GET', async () => {
  for (const text of ['\\u0000', '\\ud83d']) {
    const parameters = new URLSearchParams({ query: '{ __typename }', variables: `{"a":"${text}"}` });
    const response = await fetch(`${app.url}/graphql?${parameters.toString()}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/BAD_USER_INPUT/);
  }
});

test('whole pairs and other letters are kept', async () => {
  const answer = await submitInVariable('5', '"\\ud83d\\ude00 é \\u00e9 漢"');
  expect(typename(answer)).toBe('Submission');
  const { data } = await send(app.url, Board, { game: 'g', slug: 'scores', players: [player.id] });
  expect(data.leaderboard?.standings.edges[0]?.node.metadata).toBe('😀 é é 漢');
});

test.each(['1', '1.5', '"\\u00e9"'])('metadata 45 000 levels deep is refused, around %s', async (leaf) => {
  const answer = await submitInVariable('1', `${'['.repeat(45_000)}${leaf}${']'.repeat(45_000)}`);
  expect(answer.status).toBeLessThan(500);
  expect(answer.text).toMatch(/ValidationError|BAD_USER_INPUT/);
  expect(await scoreOnBoard()).toBeUndefined();
});

test('metadata with a name that JavaScript treats specially is kept as it is', async () => {
  expect(typename(await submitInVariable('1', '{"__proto__": {"a": 1}, "constructor": 2}'))).toBe('Submission');
  const response = await post(app.url, {
    query: `{ leaderboard(game: "g", slug: "scores") { standings(players: ["${player.id}"]) { edges { node { metadata } } } } }`,
  });
  expect(response.text).toMatch(/"__proto__":\{"a":1\}/);
  expect(({} as Record<string, unknown>)['a']).toBeUndefined();
});

test.each(['{"then": 0}', '{"then": {"then": "x"}, "toJSON": 1}', '[{"then": null}]'])(
  'metadata %s is read back as it is, on pages and in lists of players',
  async (metadata) => {
    await submitInVariable('8', metadata);
    const response = await post(app.url, {
      query: `{ leaderboard(game: "g", slug: "scores") {
        standings(players: ["${player.id}"]) { edges { node { metadata } } } standing(player: "${player.id}") { metadata }
      } }`,
    });
    const { leaderboard } = bodyOf(response).data as {
      leaderboard: { standing: { metadata: unknown }; standings: { edges: { node: { metadata: unknown } }[] } };
    };
    expect(leaderboard.standing.metadata).toEqual(JSON.parse(metadata));
    expect(leaderboard.standings.edges[0]?.node.metadata).toEqual(JSON.parse(metadata));
  },
);

test('an alias that would be taken for a promise is refused, the others are not', async () => {
  expectRefusal(await post(app.url, { query: '{ games { then: slug } }' }), 400, 'BAD_USER_INPUT', /`then`/);
  const { text } = await post(app.url, { query: '{ games { toJSON: slug __proto__: name constructor: slug } }' });
  expect(text).toContain('"toJSON":"g","__proto__":');
});

test.each(['9007199254740993', '{ a: 1e400 }', '[1, { b: 9007199254740991.4 }]'])(
  'metadata %s is refused as a literal, as it is in a variable',
  async (metadata) => {
    const query = `mutation { submitScore(input:
      { game: "g", leaderboard: "scores", score: 1, idempotencyKey: "k", metadata: ${metadata} }) { __typename } }`;
    expectRefusal(await post(app.url, { query }, bearer(player.token)), 400, 'GRAPHQL_VALIDATION_FAILED', /number/);
    expect(await scoreOnBoard()).toBeUndefined();
  },
);
