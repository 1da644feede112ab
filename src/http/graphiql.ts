import { randomUUID } from 'node:crypto';
import type { GraphiQLOptions } from 'graphql-yoga';
import { DEMO } from '../domain/demo/demo.ts';

const READ = `# The top of a board, with ties and all. Press play.
query TopTen {
  leaderboard(game: "${DEMO.game.slug}", slug: "high-scores") {
    name
    standings(first: 10) {
      totalCount
      edges {
        node {
          rank
          shared: rank(style: COMPETITION)
          score
          player { nickname }
          reachedAt
        }
      }
    }
  }
}
`;

const SIGN_IN = `# Signs in with a device id and makes a player on first sight.
# To play as this one, put {"Authorization": "Bearer <token>"} into the headers of another tab.
mutation SignIn($input: SignInWithDeviceInput!) {
  signInWithDevice(input: $input) {
    ... on SignedIn {
      token
      expiresAt
      player { id nickname }
    }
    ... on Error { code message }
  }
}
`;

const SUBMIT = `# Submits a score as the demo player. Press play twice: the second answer is a replay.
# Change the key and the score, and watch the last tab.
mutation Submit($input: SubmitScoreInput!) {
  submitScore(input: $input) {
    ... on Submission {
      outcome
      replayed
      previousRank
      standings { cadence rank score percentile }
    }
    ... on Error { code message }
  }
}
`;

const SUBSCRIBE = `# The board live: a snapshot first, then every change. Submit in another tab, or run: npm run simulate
subscription Live {
  leaderboardChanged(game: "${DEMO.game.slug}", slug: "high-scores", top: 5) {
    revision
    snapshot
    standings { rank score player { nickname } }
    moves { kind fromRank toRank toScore player { nickname } }
  }
}
`;

/**
 * GraphiQL as one page that needs no network. Its tabs keep the offsets of an animation that ended before their titles
 * were known; under the mouse button they would jump away, and the click would miss them. Loaded when it is first asked for:
 * its texts take 30 MB.
 */
export async function renderGraphiQL(options: GraphiQLOptions): Promise<string> {
  const { renderGraphiQL: render } = await import('@graphql-yoga/render-graphiql');
  return render(options).replace('</head>', '<style>.graphiql-tab { transform: none !important }</style></head>');
}

/** Tabs that work by pressing play. `token` speaks for the demo player, unless a tab has a token of its own. */
export function graphiqlOptions(token: string | null): GraphiQLOptions {
  const device = { input: { deviceId: `device-${randomUUID()}`, nickname: 'Ada' } };
  const score = {
    input: { game: DEMO.game.slug, leaderboard: 'high-scores', score: 4200, idempotencyKey: randomUUID() },
  };
  return {
    title: 'Laurel',
    defaultTabs: [
      { query: READ },
      { query: SIGN_IN, variables: JSON.stringify(device, null, 2) },
      { query: SUBMIT, variables: JSON.stringify(score, null, 2) },
      { query: SUBSCRIBE },
    ],
    // Not as a header of the tab: GraphiQL keeps tabs over a reload, but not their headers.
    additionalHeaders: token === null ? {} : { Authorization: `Bearer ${token}` },
    defaultEditorToolsVisibility: 'variables',
  };
}
