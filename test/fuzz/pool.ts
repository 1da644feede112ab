import { setTimeout as delay } from 'node:timers/promises';
import { post } from '../setup/http.ts';

/** What a server has, for arguments that lead somewhere. In an order that is the same on every new server. */
export type Pool = Record<'boards' | 'cursors' | 'games' | 'ids', string[]>;

const SETTLED_EVERY_MS = 100;
const SETTLED_LOOKS = 100;
const EVERYTHING = `{
  games {
    id slug
    leaderboards {
      id slug
      standings(first: 5) { edges { cursor node { id player { id } } } }
    }
  }
  tournaments(game: "skyline") {
    edges { cursor node { id prizes(first: 2) { edges { cursor node { id } } } standings(first: 3) { edges { cursor node { id } } } } }
  }
  tournamentSeries(game: "skyline") { edges { cursor node { id } } }
}`;

/** A tournament with a prize that waits for its player, one that is open, and a webhook that reaches nobody. */
export async function addToDemo(
  url: string,
  { admin, player }: { admin: Record<string, string>; player: Record<string, string> },
): Promise<void> {
  const cup = (name: string, endsInMs: number) => `createTournament(input: {
    game: "skyline", leaderboard: "high-scores", name: "${name}", graceSeconds: 0,
    startsAt: "${new Date().toISOString()}", endsAt: "${new Date(Date.now() + endsInMs).toISOString()}"
  }) { ... on Tournament { id } }`;
  const hook =
    'createWebhook(input: { game: "skyline", url: "http://127.0.0.1:9/", events: [PRIZE_CLAIMED] }) { __typename }';
  const made = await post(
    url,
    { query: `mutation { over: ${cup('Over', 60_000)} open: ${cup('Open', 3_600_000)} ${hook} }` },
    admin,
  );
  const { over } = (JSON.parse(made.text) as { data: { over: { id: string } } }).data;
  const score = '{ game: "skyline", leaderboard: "high-scores", score: 77, idempotencyKey: "fuzz" }';
  await post(url, { query: `mutation { submitScore(input: ${score}) { __typename } }` }, player);
  await post(url, { query: `mutation { endTournament(tournament: "${over.id}") { __typename } }` }, admin);
  for (let looks = 0; looks < SETTLED_LOOKS; looks += 1) {
    const { text } = await post(url, { query: '{ prizes { edges { cursor } } }' }, player);
    if (text.includes('cursor":')) return;
    await delay(SETTLED_EVERY_MS);
  }
  throw new Error('the tournament that was ended is not settled');
}

/** Reads the demo game as an admin. */
export async function readPool(url: string, headers: Record<string, string>): Promise<Pool> {
  const { text } = await post(url, { query: EVERYTHING }, headers);
  const { data } = JSON.parse(text) as { data: { games: { slug: string; leaderboards: { slug: string }[] }[] } };
  return {
    games: data.games.map(({ slug }) => slug),
    boards: data.games.flatMap(({ leaderboards }) => leaderboards.map(({ slug }) => slug)),
    ids: stringsAt(data, 'id'),
    cursors: stringsAt(data, 'cursor'),
  };
}

function stringsAt(value: unknown, key: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === key && typeof inner === 'string' ? [inner] : stringsAt(inner, key),
  );
}
