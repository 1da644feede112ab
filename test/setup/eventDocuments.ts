import { graphql } from '../generated/gql.ts';
import { send } from './app.ts';

const IngestEvents = graphql(`
  mutation IngestEvents($events: [JSON!]!) {
    ingestEvents(events: $events) {
      __typename
      ... on IngestedEvents {
        receipts {
          verdict
          id
          path
          reason
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

export async function ingest(url: string, events: unknown[], token: string) {
  return (await send(url, IngestEvents, { events }, token)).data.ingestEvents;
}

/** The receipts of a request that was taken. */
export async function receiptsOf(url: string, events: unknown[], token: string) {
  const result = await ingest(url, events, token);
  if (result.__typename !== 'IngestedEvents') throw new Error(result.message);
  return result.receipts;
}

export async function verdictsOf(url: string, events: unknown[], token: string) {
  return (await receiptsOf(url, events, token)).map(({ verdict }) => verdict);
}

export const EventById = graphql(`
  query EventById($id: ID!) {
    event(id: $id) {
      id
      type
      timestamp
      occurredAt
      isSkewed
      payload
      game {
        slug
      }
      player {
        id
      }
      progress {
        projection
        state
        attempts
        reason
      }
    }
  }
`);

export const PlayerEvents = graphql(`
  query PlayerEvents($id: ID!, $first: Int, $after: String) {
    player(id: $id) {
      events(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            type
          }
        }
      }
    }
  }
`);

export const DeadLetters = graphql(`
  query DeadLetters($projection: EventProjection) {
    deadLetters(projection: $projection) {
      edges {
        node {
          id
          projection
          reason
          attempts
          failedAt
          event {
            id
            type
            payload
          }
        }
      }
    }
  }
`);

export const ReplayDeadLetters = graphql(`
  mutation ReplayDeadLetters($ids: [ID!], $projection: EventProjection) {
    replayDeadLetters(ids: $ids, projection: $projection) {
      __typename
      ... on ReplayedDeadLetters {
        count
      }
      ... on Error {
        message
      }
    }
  }
`);

export const EventStats = graphql(`
  query EventStats($game: String, $from: DateTime, $to: DateTime) {
    eventStats(game: $game, from: $from, to: $to) {
      hour
      type
      received
      processed
      pending
      dead
      duplicates
    }
  }
`);
