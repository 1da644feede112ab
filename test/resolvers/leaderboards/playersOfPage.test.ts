import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { createBoard, signIn, type TestPlayer } from '../../setup/documents.ts';
import { bearer, bodyOf, post } from '../../setup/http.ts';

const BOARDS = ['one', 'three', 'two'];
const PLAYERS = 12;
const CADENCES = 2;

type Row = { rank: number; score: number; cadence: string; leaderboard: { slug: string } };
type PlayerOfRow = { nickname: string; stats: { scores: number; highScore: number }; standings: Row[]; other: Row[] };
type Page = { leaderboard: { standings: { edges: { node: { rank: number; player: PlayerOfRow } }[] } } };

let app: TestApp;
let players: TestPlayer[];
beforeAll(async () => {
  app = await startTestApp();
  for (const slug of BOARDS) await createBoard(app, { slug, cadences: ['ALL_TIME', 'DAILY'] });
  players = await Promise.all(Array.from({ length: PLAYERS }, (_, index) => signIn(app, `P${index}`)));
  await Promise.all(players.flatMap((player, index) => BOARDS.map((slug) => submit(player, slug, index))));
});
afterAll(() => app.stop());

async function submit({ token }: TestPlayer, slug: string, score: number): Promise<void> {
  const input = `{ game: "g", leaderboard: "${slug}", score: ${score}, idempotencyKey: "${slug}" }`;
  await post(app.url, { query: `mutation { submitScore(input: ${input}) { __typename } }` }, bearer(token));
}

const FIELDS = 'rank score cadence leaderboard { slug }';
const query = `{ leaderboard(game: "g", slug: "one") { standings(first: 20) { edges { node { rank player {
  nickname stats { scores highScore } standings { ${FIELDS} } other: standings(game: "nowhere") { ${FIELDS} }
} } } } } }`;

test('the fields of the players of a page are right for each of them', async () => {
  const { leaderboard } = bodyOf(await post(app.url, { query })).data as Page;
  expect(leaderboard.standings.edges).toHaveLength(PLAYERS);
  for (const [index, { node }] of leaderboard.standings.edges.entries()) {
    const score = PLAYERS - 1 - index;
    expect(node.player).toMatchObject({ nickname: `P${score}`, stats: { scores: BOARDS.length, highScore: score } });
    expect(node.player.standings.map(({ leaderboard: { slug }, cadence }) => `${slug} ${cadence}`)).toEqual(
      BOARDS.flatMap((slug) => [`${slug} ALL_TIME`, `${slug} DAILY`]),
    );
    for (const row of node.player.standings) expect(row).toMatchObject({ rank: index + 1, score });
    expect(node.player.other).toEqual([]);
  }
});

test('they take as many statements for a page as there are periods, however many players it holds', async () => {
  const statements = vi.spyOn(app.core.database, 'rows');
  const answer = await post(app.url, { query });
  expect(bodyOf(answer).errors).toBeUndefined();
  // The page, its players' statistics, and twice what they stand in; in Redis, each read also looks for revisions.
  expect(statements.mock.calls.length).toBeLessThanOrEqual(4 + BOARDS.length * CADENCES * 2);
  statements.mockRestore();
});
