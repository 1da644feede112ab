import { graphql } from '../generated/gql.ts';

export const Me = graphql(`
  query Me {
    me {
      id
      nickname
    }
  }
`);

export const SubmissionNode = graphql(`
  query SubmissionNode($id: ID!) {
    node(id: $id) {
      __typename
      ... on Submission {
        id
        score
        outcome
      }
    }
  }
`);
