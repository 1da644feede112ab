import { graphql } from '../generated/gql.ts';

/** Scores with the ends of their plays, and where they counted. */
export const PlayedScores = graphql(`
  mutation PlayedScores($input: [ServerScoreInput!]!) {
    submitScores(input: $input) {
      __typename
      ... on Submission {
        id
        submittedAt
        playedAt
        outcome
        replayed
        standings {
          cadence
          rank
          score
          reachedAt
          periodStartsAt
        }
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
      ... on ValidationError {
        path
      }
      ... on PeriodOverError {
        acceptedUntil
      }
      ... on TournamentClosedError {
        state
      }
    }
  }
`);
