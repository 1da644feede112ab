import { graphql } from '../generated/gql.ts';

export const DriftReport = graphql(`
  query DriftReport($game: String!, $slug: String!) {
    driftReport(game: $game, slug: $slug) {
      cadence
      periodStartsAt
      state
      revision
      entries
      differences {
        playerId
        inPostgres
        inRedis
      }
    }
  }
`);

export const RebuildLeaderboard = graphql(`
  mutation RebuildLeaderboard($game: String!, $slug: String!) {
    rebuildLeaderboard(game: $game, slug: $slug) {
      __typename
      ... on RebuiltLeaderboard {
        leaderboard {
          slug
        }
        copies {
          cadence
          periodStartsAt
          entries
          revision
          durationMs
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);
