import { graphql } from '../generated/gql.ts';

export const LeaderboardChanged = graphql(`
  subscription LeaderboardChanged(
    $game: String!
    $slug: String!
    $cadence: Cadence
    $top: Int
    $afterRevision: SafeInt
  ) {
    leaderboardChanged(game: $game, slug: $slug, cadence: $cadence, top: $top, afterRevision: $afterRevision) {
      cadence
      revision
      at
      snapshot
      totalCount
      standings {
        rank
        score
        player {
          id
          nickname
        }
      }
      moves {
        kind
        fromRank
        toRank
        fromScore
        toScore
        player {
          id
        }
      }
    }
  }
`);

export const StandingChanged = graphql(`
  subscription StandingChanged($game: String!, $slug: String!, $cadence: Cadence) {
    standingChanged(game: $game, slug: $slug, cadence: $cadence) {
      rank
      score
      percentile
      player {
        id
      }
    }
  }
`);
