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

export const SignOut = graphql(`
  mutation SignOut($everywhere: Boolean) {
    signOut(everywhere: $everywhere) {
      __typename
      ... on SignedOut {
        sessions
      }
    }
  }
`);

export const DeleteMe = graphql(`
  mutation DeleteMe {
    deleteMe {
      __typename
      ... on PlayerDeleted {
        deletedAt
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

export const PlayerById = graphql(`
  query PlayerById($id: ID!) {
    player(id: $id) {
      id
      nickname
      standings {
        rank
      }
      stats {
        scores
      }
    }
  }
`);

/** The part of a GraphQL id that the database and tokens carry. */
export function uuidOf({ id }: { id: string }): string {
  return Buffer.from(id, 'base64').toString().split(':')[1] ?? '';
}
