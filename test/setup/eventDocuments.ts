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
