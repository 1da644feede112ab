import { graphql } from '../generated/gql.ts';

export const CreateTournament = graphql(`
  mutation CreateTournament($input: CreateTournamentInput!) {
    createTournament(input: $input) {
      __typename
      ... on Tournament {
        ...TournamentDetails
      }
      ... on Error {
        code
        message
      }
    }
  }

  fragment TournamentDetails on Tournament {
    id
    game {
      slug
    }
    leaderboard {
      slug
    }
    name
    state
    startsAt
    endsAt
    endedAt
    registrationOpensAt
    registrationClosesAt
    settledAt
    cancelledAt
    joinRequired
    capacity
    maxAttempts
    minScore
    graceSeconds
    claimExpiresAfterSeconds
    metadata
    entrants
    checksum
    prizeTable {
      fromRank
      toRank
      coins
      gems
    }
    percentPrizes {
      fromPercent
      toPercent
      coins
      gems
    }
    participationPrize {
      coins
      gems
    }
  }
`);

export const UpdateTournament = graphql(`
  mutation UpdateTournament($input: UpdateTournamentInput!) {
    updateTournament(input: $input) {
      __typename
      ... on Tournament {
        ...TournamentDetails
      }
      ... on Error {
        code
        message
      }
      ... on TournamentStateError {
        state
      }
    }
  }
`);

export const EndTournament = graphql(`
  mutation EndTournament($tournament: ID!) {
    endTournament(tournament: $tournament) {
      __typename
      ... on Tournament {
        state
        endedAt
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

export const CancelTournament = graphql(`
  mutation CancelTournament($tournament: ID!) {
    cancelTournament(tournament: $tournament) {
      __typename
      ... on Tournament {
        state
        cancelledAt
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

export const JoinTournament = graphql(`
  mutation JoinTournament($tournament: ID!) {
    joinTournament(tournament: $tournament) {
      __typename
      ... on TournamentEntry {
        player {
          id
        }
        attempts
        bestScore
        rank
        joinedAt
      }
      ... on Error {
        code
        message
      }
      ... on TournamentFullError {
        capacity
      }
      ... on TournamentClosedError {
        state
      }
    }
  }
`);

export const TournamentById = graphql(`
  query TournamentById($id: ID!) {
    tournament(id: $id) {
      ...TournamentDetails
      myEntry {
        player {
          id
        }
        attempts
        bestScore
        rank
        joinedAt
      }
    }
  }
`);

export const Tournaments = graphql(`
  query Tournaments($game: String!, $states: [TournamentState!], $first: Int, $after: String) {
    tournaments(game: $game, states: $states, first: $first, after: $after) {
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        cursor
        node {
          name
          state
        }
      }
    }
  }
`);

export const TournamentStandings = graphql(`
  query TournamentStandings($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $around: ID) {
    tournament(id: $id) {
      standings(first: $first, after: $after, last: $last, before: $before, around: $around) {
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
            ordinal: rank
            competition: rank(style: COMPETITION)
            dense: rank(style: DENSE)
            percentile
            cadence
            periodStartsAt
            periodEndsAt
            reachedAt
            player {
              id
            }
            leaderboard {
              slug
            }
            tournament {
              id
            }
          }
        }
      }
    }
  }
`);

/** A submission, and where it counted. */
export const Attempt = graphql(`
  mutation Attempt($input: SubmitScoreInput!) {
    submitScore(input: $input) {
      __typename
      ... on Submission {
        id
        replayed
        attempts {
          number
          tournament {
            id
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
