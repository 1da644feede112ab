import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { Board, createBoard, signIn } from '../setup/documents.ts';
import { bearer, bodyOf, expectRefusal, post } from '../setup/http.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await createBoard(app);
});
afterAll(() => app.stop());

const ask = (query: string, variables?: object) => post(app.url, { query, variables });

/** `size` numbers from 0. */
const count = (size: number) => Array.from({ length: size }, (_, index) => index);

/** Standings within standings, `levels` deep, each with these arguments. */
function nested(levels: number, pages: string): string {
  const inner = levels === 1 ? 'score' : `leaderboard { ${nested(levels - 1, pages)} }`;
  return `standings(${pages}) { edges { node { ${inner} } } }`;
}

const onBoard = (selection: string) => `leaderboard(game: "g", slug: "scores") { ${selection} }`;

/** A board, a standing on it, its board …: two levels a turn, and the leaf. */
const deep = (turns: number, leaf: string) =>
  `query($id: ID!) { ${onBoard(`${'standing(player: $id) { leaderboard { '.repeat(turns)} ${leaf} ${'} }'.repeat(turns)}`)} }`;

test('2 000 levels are refused', async () => {
  const query = `{ games ${'{ leaderboards { game '.repeat(1_000)} { slug } ${'} }'.repeat(1_000)} }`;
  expectRefusal(await ask(query), 400, 'QUERY_TOO_COMPLEX', /nested/);
});

/** 990 brackets and their counterparts, within the limit of tokens. */
const brackets: Record<string, string> = {
  'lists within lists': `{ games(a: ${'['.repeat(990)}${']'.repeat(990)}) { slug } }`,
  'objects within objects': `{ games(a: ${'{ a: '.repeat(490)} 1 ${'}'.repeat(490)}) { slug } }`,
  'lists in the default of a variable': `query($a: JSON = ${'['.repeat(980)}${']'.repeat(980)}) { games { slug } }`,
  'types of lists of lists': `query($a: ${'['.repeat(980)}Int${']'.repeat(980)}) { games { slug } }`,
  'lists that are not closed': `{ games(a: ${'['.repeat(90_000)}`,
  'types that are not closed': `query($a: ${'['.repeat(90_000)}`,
  'selections that are not closed': `{ ${'games { '.repeat(10_000)}`,
};

test.each(Object.entries(brackets))('%s, very deep, are refused', async (_what, query) => {
  const answer = await ask(query);
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 400 });
  expect(bodyOf(answer).errors?.[0]?.extensions['code']).toMatch(/GRAPHQL|COMPLEX|BAD_USER_INPUT/);
});

test('16 levels are taken and 17 refused', async () => {
  const { id } = await signIn(app);
  expect(await ask(deep(7, 'slug'), { id })).toMatchObject({ status: 200 });
  expectRefusal(await ask(deep(7, 'game { slug }'), { id }), 400, 'QUERY_TOO_COMPLEX', /17 levels deep/);
});

test('levels in fragments count', async () => {
  const chain = count(20).map((n) => `fragment F${n} on Game { leaderboards { game { ...F${n + 1} } } }`);
  const query = `{ games { ...F0 } } ${chain.join(' ')} fragment F20 on Game { slug }`;
  expectRefusal(await ask(query), 400, 'QUERY_TOO_COMPLEX', /42 levels deep/);
});

test('50 aliases are taken and 51 refused', async () => {
  const aliases = (size: number) =>
    `{ ${count(size)
      .map((n) => `a${n}: __typename`)
      .join(' ')} }`;
  expect(await ask(aliases(50))).toMatchObject({ status: 200 });
  expectRefusal(await ask(aliases(51)), 400, 'QUERY_TOO_COMPLEX', /51 aliases/);
});

test('a name that would make the answer many times longer than the question is refused', async () => {
  const query = `{ ${onBoard(`standings(first: 100) { edges { node { ${'a'.repeat(5_000)}: score } } }`)} }`;
  expectRefusal(await ask(query), 400, 'QUERY_TOO_COMPLEX');
});

test('2 000 tokens are read and 2 001 refused', async () => {
  const tokens = (size: number) => `{ ${'__typename '.repeat(size - 2)} }`;
  expect((await ask(tokens(2_000))).text).not.toMatch(/tokens/);
  expectRefusal(await ask(tokens(2_001)), 400, 'GRAPHQL_PARSE_FAILED', /2000 tokens/);
});

test('comments and blanks are no tokens', async () => {
  expect(await ask(`${'# a comment\n'.repeat(5_000)} { __typename }`)).toMatchObject({ status: 200 });
});

/** Documents that make a naive server think for very long, within the limit of tokens. */
const bombs: Record<string, string> = {
  'fragments that double at each step': `{ ...F0 } ${count(150)
    .map((n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)
    .join(' ')} fragment F150 on Query { __typename }`,
  'fragments that double below fields': `{ games { ...F0 } } ${count(60)
    .map((n) => `fragment F${n} on Game { leaderboards { game { ...F${n + 1} } } ...F${n + 1} }`)
    .join(' ')} fragment F60 on Game { slug }`,
  'inline fragments in each other': `{ ${'... { '.repeat(600)} __typename ${'}'.repeat(600)} }`,
  'a fragment that spreads itself': '{ ...A } fragment A on Query { __typename ...A }',
  'fragments that spread each other': '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
  'fields that are merged pair by pair': `{ ${'games { slug name } '.repeat(390)} }`,
  'fields that are merged level by level': `{ ${'games { leaderboards { game { leaderboards { slug } } } } '.repeat(140)} }`,
  'one fragment many times': `{ ${'...A '.repeat(950)} } fragment A on Query { games { slug } }`,
  'unknown fields': `{ ${count(1_900)
    .map((n) => `leaderbord${n}`)
    .join(' ')} }`,
  'unknown directives': `{ __typename ${'@skipp '.repeat(900)} }`,
  'unknown fragments': `{ ${count(900)
    .map((n) => `...F${n}`)
    .join(' ')} }`,
  'unused variables': `query(${count(600)
    .map((n) => `$v${n}: Int`)
    .join(' ')}) { __typename }`,
};

test.each(Object.entries(bombs))('%s: refused or answered within a second', async (_what, query) => {
  const startedAt = performance.now();
  const answer = await ask(query);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  const code = bodyOf(answer).errors?.[0]?.extensions['code'] ?? 'none';
  expect(`${answer.status} ${JSON.stringify(code)}`).toMatch(/^(200 "none"|400 "(GRAPHQL_\w+|QUERY_TOO_COMPLEX)")$/);
  expect(answer.text.length).toBeLessThan(100_000);
});

test('fragments that spread themselves are refused', async () => {
  expectRefusal(await ask(bombs['a fragment that spreads itself'] ?? ''), 400, 'GRAPHQL_VALIDATION_FAILED', /itself/);
});

test('pages within pages cost their product', async () => {
  expect(await ask(`{ ${onBoard(nested(1, 'first: 100'))} }`)).toMatchObject({ status: 200 });
  expectRefusal(await ask(`{ ${onBoard(nested(2, 'first: 100'))} }`), 400, 'QUERY_TOO_COMPLEX', /costs \d+/);
  expectRefusal(await ask(`{ ${onBoard(nested(2, 'last: 100'))} }`), 400, 'QUERY_TOO_COMPLEX', /costs \d+/);
  // Without a size, a page has 20.
  expect(await ask(`{ ${onBoard(nested(2, 'cadence: ALL_TIME'))} }`)).toMatchObject({ status: 200 });
  expectRefusal(await ask(`{ ${onBoard(nested(3, 'cadence: ALL_TIME'))} }`), 400, 'QUERY_TOO_COMPLEX');
});

test('a page of 100 with a dozen fields is taken', async () => {
  const answer = await ask(Board.toString(), { game: 'g', slug: 'scores', first: 100 });
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
});

test('page sizes in variables count', async () => {
  const query = `query($size: Int) { ${onBoard(nested(2, 'first: $size'))} }`;
  expect(await ask(query, { size: 10 })).toMatchObject({ status: 200 });
  expectRefusal(await ask(query, { size: 100 }), 400, 'QUERY_TOO_COMPLEX');
});

test('page sizes in the defaults of variables count', async () => {
  const query = `query($size: Int = 100) { ${onBoard(nested(2, 'first: $size'))} }`;
  expectRefusal(await ask(query), 400, 'QUERY_TOO_COMPLEX');
  expect(await ask(query, { size: 10 })).toMatchObject({ status: 200 });
});

test('lists of ids count like pages', async () => {
  const { id } = await signIn(app);
  const pages = `players: [${`"${id}" `.repeat(100)}]`;
  const query = `{ ${onBoard(`standings(${pages}) { edges { node { leaderboard { ${nested(1, 'first: 100')} } } } }`)} }`;
  expectRefusal(await ask(query), 400, 'QUERY_TOO_COMPLEX');
  const inVariable = `query($ids: [ID!]) { ${onBoard(
    `standings(players: $ids) { edges { node { leaderboard { ${nested(1, 'first: 100')} } } } }`,
  )} }`;
  expectRefusal(await ask(inVariable, { ids: count(100).map(() => id) }), 400, 'QUERY_TOO_COMPLEX');
});

test('a page costs by how deep it begins, as a literal and as a variable', async () => {
  const from = (rank: number | string) => `standings(first: 1, fromRank: ${rank}) { edges { node { score } } }`;
  const pages = count(49).map((n) => `b${n}: ${from(180_000 + n)}`);
  expectRefusal(await ask(`{ ${onBoard(pages.join(' '))} }`), 400, 'QUERY_TOO_COMPLEX', /costs \d+/);
  expect(await ask(`{ ${onBoard(from(1_000_000))} }`)).toMatchObject({ status: 200 });
  const query = `query($rank: Int) { ${onBoard(from('$rank'))} }`;
  expect(await ask(query, { rank: 1_000 })).toMatchObject({ status: 200 });
  expect(await ask(query, { rank: 2_000_000_000 })).toMatchObject({ status: 200 });
  const twice = `query($rank: Int) { ${onBoard(`a: ${from('$rank')} b: ${from('$rank')}`)} }`;
  expectRefusal(await ask(twice, { rank: 2_000_000_000 }), 400, 'QUERY_TOO_COMPLEX');
});

test('the cost within a fragment counts at each spread', async () => {
  const fragment = `fragment Top on Leaderboard { ${nested(1, 'first: 100')} }`;
  const spread = (times: number) =>
    `{ ${count(times)
      .map((n) => `b${n}: ${onBoard('...Top')}`)
      .join(' ')} } ${fragment}`;
  expect(await ask(spread(10))).toMatchObject({ status: 200 });
  expectRefusal(await ask(spread(50)), 400, 'QUERY_TOO_COMPLEX', /costs \d+/);
});

test('the cost behind `node` counts', async () => {
  const query = `{ node(id: "x") { ... on Leaderboard { ${nested(2, 'first: 100')} } } }`;
  expectRefusal(await ask(query), 400, 'QUERY_TOO_COMPLEX');
});

test('however much is wrong with a document or its variables, few errors are told', async () => {
  const directives = Array.from({ length: 10 }, (_, index) => `@d${index}`).join(' ');
  const fields = Array.from({ length: 200 }, (_, index) => `f${index}`).join(' ');
  const bodies = [
    { query: `{ __typename ${directives} }` },
    { query: `{ ${fields} }` },
    { query: `{ ${'...none '.repeat(100)} }` },
    {
      query: 'query($p: [ID!]) { leaderboard(game: "g", slug: "s") { standings(players: $p) { totalCount } } }',
      variables: { p: Array.from({ length: 100 }, () => ({})) },
    },
  ];
  for (const body of bodies) {
    const { status, text } = await post(app.url, body);
    expect(status).toBe(400);
    expect((JSON.parse(text) as { errors: unknown[] }).errors.length).toBeLessThanOrEqual(5);
  }
});

test('a subscription is weighed as well', async () => {
  const query = `subscription { leaderboardChanged(game: "g", slug: "scores", top: 100) { leaderboard { ${nested(2, 'first: 100')} } } }`;
  expectRefusal(await ask(query), 400, 'QUERY_TOO_COMPLEX');
});

test('a refused mutation changes nothing', async () => {
  const admin = await app.tokenFor('admin', 'admin');
  const create = (n: number) =>
    `g${n}: createGame(input: { slug: "bomb-${n}", name: "Bomb" }) { ... on Game { leaderboards { ${nested(2, 'first: 100')} } } }`;
  const answer = await post(app.url, { query: `mutation { ${count(3).map(create).join(' ')} }` }, bearer(admin));
  expectRefusal(answer, 400, 'QUERY_TOO_COMPLEX');
  expect(bodyOf(await ask('{ games { slug } }')).data).toEqual({ games: [{ slug: 'g' }] });
});

test('the introspection query of tools fits', async () => {
  const admin = await app.tokenFor('admin', 'admin');
  expect(await post(app.url, { query: getIntrospectionQuery() }, bearer(admin))).toMatchObject({ status: 200 });
});
