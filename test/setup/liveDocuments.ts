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

/** Without the revision, and under another name. */
export const TopScores = graphql(`
  subscription TopScores($game: String!, $slug: String!, $afterRevision: SafeInt) {
    board: leaderboardChanged(game: $game, slug: $slug, afterRevision: $afterRevision) {
      snapshot
      standings {
        score
      }
    }
  }
`);

export const TournamentChanged = graphql(`
  subscription TournamentChanged($id: ID!) {
    tournamentChanged(id: $id) {
      ...TournamentDetails
      myEntry {
        attempts
        bestScore
      }
      standings(first: 3) {
        totalCount
        edges {
          node {
            rank
            score
          }
        }
      }
    }
  }
`);

export const PrizeAwarded = graphql(`
  subscription PrizeAwarded {
    prizeAwarded {
      id
      rank
      coins
      gems
      state
      player {
        id
      }
      tournament {
        id
        state
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
