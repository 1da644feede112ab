import { post } from '../setup/http.ts';

/** What a server has, for arguments that lead somewhere. In an order that is the same on every new server. */
export type Pool = Record<'boards' | 'cursors' | 'games' | 'ids', string[]>;

const EVERYTHING = `{
  games {
    id slug
    leaderboards {
      id slug
      standings(first: 5) { edges { cursor node { id player { id } } } }
    }
  }
  tournaments(game: "skyline") {
    edges { cursor node { id standings(first: 3) { edges { cursor node { id } } } } }
  }
  tournamentSeries(game: "skyline") { edges { cursor node { id } } }
}`;

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
