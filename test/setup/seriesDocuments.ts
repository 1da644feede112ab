import { graphql } from '../generated/gql.ts';

export const CreateTournamentSeries = graphql(`
  mutation CreateTournamentSeries($input: CreateTournamentSeriesInput!) {
    createTournamentSeries(input: $input) {
      __typename
      ... on TournamentSeries {
        id
        ...SeriesDetails
      }
      ... on Error {
        code
        message
      }
      ... on ValidationError {
        path
      }
    }
  }

  fragment SeriesDetails on TournamentSeries {
    name
    cron
    timeZone
    durationSeconds
    nextStartsAt
    endedAt
    game {
      slug
    }
    leaderboard {
      slug
    }
    tournaments(first: 50) {
      edges {
        node {
          id
          name
          state
          startsAt
          endsAt
          settledAt
          registrationOpensAt
          registrationClosesAt
          joinRequired
          maxAttempts
          series {
            name
          }
        }
      }
    }
  }
`);

export const EndTournamentSeries = graphql(`
  mutation EndTournamentSeries($series: ID!) {
    endTournamentSeries(series: $series) {
      __typename
      ... on TournamentSeries {
        ...SeriesDetails
      }
      ... on Error {
        code
      }
    }
  }
`);

export const SeriesOfGame = graphql(`
  query SeriesOfGame($game: String!) {
    tournamentSeries(game: $game) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

export const SeriesById = graphql(`
  query SeriesById($id: ID!) {
    node(id: $id) {
      ... on TournamentSeries {
        ...SeriesDetails
      }
    }
  }
`);
