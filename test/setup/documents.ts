import { graphql } from '../generated/gql.ts';
import type { CreateLeaderboardInput } from '../generated/graphql.ts';
import { newDeviceId, send, type TestApp } from './app.ts';

const SignIn = graphql(`
  mutation SignIn($input: SignInWithDeviceInput!) {
    signInWithDevice(input: $input) {
      __typename
      ... on SignedIn {
        token
        expiresAt
        player {
          id
          nickname
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

export const CreateGame = graphql(`
  mutation CreateGame($input: CreateGameInput!) {
    createGame(input: $input) {
      __typename
      ... on Game {
        id
        slug
        name
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

const CreateLeaderboard = graphql(`
  mutation CreateLeaderboard($input: CreateLeaderboardInput!) {
    createLeaderboard(input: $input) {
      __typename
      ... on Leaderboard {
        id
        slug
        name
        sortOrder
        operator
        cadences
        minScore
        maxScore
        game {
          slug
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

export const SubmitScore = graphql(`
  mutation SubmitScore($input: SubmitScoreInput!) {
    submitScore(input: $input) {
      __typename
      ... on Submission {
        id
        score
        submittedAt
        outcome
        replayed
        previousRank
        standings {
          cadence
          rank
          score
          percentile
          reachedAt
          metadata
          periodStartsAt
          periodEndsAt
          player {
            id
            nickname
          }
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

export const SubmitScores = graphql(`
  mutation SubmitScores($input: [ServerScoreInput!]!) {
    submitScores(input: $input) {
      __typename
      ... on Submission {
        id
        score
        outcome
        replayed
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

export const Board = graphql(`
  query Board(
    $game: String!
    $slug: String!
    $cadence: Cadence
    $at: DateTime
    $first: Int
    $after: String
    $last: Int
    $before: String
    $fromRank: Int
    $around: ID
    $players: [ID!]
  ) {
    leaderboard(game: $game, slug: $slug) {
      id
      name
      standings(
        cadence: $cadence
        at: $at
        first: $first
        after: $after
        last: $last
        before: $before
        fromRank: $fromRank
        around: $around
        players: $players
      ) {
        totalCount
        revision
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
        edges {
          cursor
          node {
            score
            percentile
            reachedAt
            metadata
            ordinal: rank
            competition: rank(style: COMPETITION)
            dense: rank(style: DENSE)
            player {
              id
              nickname
            }
          }
        }
      }
    }
  }
`);

export type TestPlayer = { id: string; token: string };

/** A player, signed in: a new one unless the device is known. */
export async function signIn(
  app: Pick<TestApp, 'url'>,
  nickname = 'Ada',
  deviceId = newDeviceId(),
): Promise<TestPlayer> {
  const { data } = await send(app.url, SignIn, { input: { deviceId, nickname } });
  const { signInWithDevice: result } = data;
  if (result.__typename !== 'SignedIn') throw new Error(`could not sign in: ${result.message}`);
  return { id: result.player.id, token: result.token };
}

/** The game `g` with one board in it. */
export async function createBoard(
  app: Pick<TestApp, 'tokenFor' | 'url'>,
  board: Partial<Omit<CreateLeaderboardInput, 'game' | 'name'>> = {},
): Promise<{ game: string; slug: string; id: string }> {
  const admin = await app.tokenFor('admin', 'admin');
  const slug = board.slug ?? 'scores';
  await send(app.url, CreateGame, { input: { slug: 'g', name: 'Game' } }, admin);
  const { data } = await send(app.url, CreateLeaderboard, { input: { name: slug, ...board, game: 'g', slug } }, admin);
  const { createLeaderboard: result } = data;
  if (result.__typename !== 'Leaderboard') throw new Error(`could not create the board: ${result.message}`);
  return { game: 'g', slug, id: result.id };
}
