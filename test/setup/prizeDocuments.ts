import { graphql } from '../generated/gql.ts';

export const ClaimPrize = graphql(`
  mutation ClaimPrize($prize: ID!) {
    claimPrize(prize: $prize) {
      __typename
      ... on Prize {
        id
        state
        coins
        gems
        claimedAt
      }
      ... on Error {
        code
        message
      }
      ... on PrizeExpiredError {
        expiredAt
      }
    }
  }
`);

export const PreviewPrizes = graphql(`
  query PreviewPrizes($id: ID!, $first: Int, $after: String) {
    tournament(id: $id) {
      previewPrizes(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            coins
            gems
            standing {
              rank
              player {
                id
              }
            }
          }
        }
      }
    }
  }
`);

export const MyPrizes = graphql(`
  query MyPrizes($state: PrizeState, $first: Int, $after: String) {
    prizes(state: $state, first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          rank
          coins
          gems
          state
          awardedAt
          claimedAt
          expiresAt
          player {
            id
          }
          tournament {
            id
            state
          }
        }
      }
    }
    me {
      wallet {
        coins
        gems
      }
    }
  }
`);

export const TournamentPrizes = graphql(`
  query TournamentPrizes($id: ID!, $state: PrizeState, $first: Int, $after: String) {
    tournament(id: $id) {
      prizes(state: $state, first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            rank
            coins
            gems
            state
          }
        }
      }
      prizeStatistics {
        ...PrizeCounts
      }
    }
  }

  fragment PrizeCounts on PrizeStatistics {
    awarded
    claimed
    pending
    expired
    lapsed
    coinsAwarded
    gemsAwarded
    coinsClaimed
    gemsClaimed
  }
`);

export const AllPrizeStatistics = graphql(`
  query AllPrizeStatistics($game: String) {
    prizeStatistics(game: $game) {
      ...PrizeCounts
    }
  }
`);

export const PlayerResults = graphql(`
  query PlayerResults($player: ID!, $first: Int, $after: String) {
    player(id: $player) {
      wallet {
        coins
        gems
      }
      tournamentHistory(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            rank
            score
            attempts
            tournament {
              name
              state
            }
          }
        }
      }
    }
  }
`);

export const PrizeNode = graphql(`
  query PrizeNode($id: ID!) {
    node(id: $id) {
      __typename
      ... on Prize {
        coins
      }
      ... on Tournament {
        name
      }
    }
  }
`);
