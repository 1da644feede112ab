import { graphql } from '../generated/gql.ts';

export const CreateWebhook = graphql(`
  mutation CreateWebhook($input: CreateWebhookInput!) {
    createWebhook(input: $input) {
      __typename
      ... on CreatedWebhook {
        secret
        webhook {
          id
          url
          events
        }
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
`);

export const DeleteWebhook = graphql(`
  mutation DeleteWebhook($webhook: ID!) {
    deleteWebhook(webhook: $webhook) {
      __typename
      ... on DeletedWebhook {
        id
      }
      ... on Error {
        code
      }
    }
  }
`);

export const RetryWebhook = graphql(`
  mutation RetryWebhook($id: ID!) {
    retryWebhook(id: $id) {
      __typename
      ... on WebhookFailure {
        id
        eventId
      }
      ... on Error {
        code
      }
    }
  }
`);

export const Webhooks = graphql(`
  query Webhooks {
    games {
      slug
      webhooks {
        id
        url
        events
      }
      failedWebhooks {
        id
        eventId
        type
        url
        reason
        failedAt
      }
    }
  }
`);
