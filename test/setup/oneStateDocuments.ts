import { graphql } from '../generated/gql.ts';

/** One board in fields that ask at the same moment. */
export const BoardTogether = graphql(`
  query BoardTogether($game: String!, $slug: String!, $player: ID!) {
    leaderboard(game: $game, slug: $slug) {
      standing(player: $player) {
        ...OneStateRow
      }
      top: standings(first: 12) {
        ...OneStatePage
      }
      bottom: standings(last: 3) {
        ...OneStatePage
      }
      around: standings(around: $player, first: 3) {
        ...OneStatePage
      }
    }
  }
  fragment OneStateRow on Standing {
    rank
    score
    player {
      id
    }
  }
  fragment OneStatePage on StandingConnection {
    revision
    edges {
      node {
        ...OneStateRow
      }
    }
  }
`);

/** One board in fields that ask one after the other. */
export const BoardApart = graphql(`
  query BoardApart($game: String!, $slug: String!, $player: ID!) {
    one: leaderboard(game: $game, slug: $slug) {
      standing(player: $player) {
        ...OneStateRow
      }
    }
    other: leaderboard(game: $game, slug: $slug) {
      standings(first: 12) {
        ...OneStatePage
      }
    }
    player(id: $player) {
      standings {
        ...OneStateRow
      }
    }
    game: games {
      leaderboards {
        standings(first: 12) {
          ...OneStatePage
        }
      }
    }
  }
`);

export const SubmitAndRead = graphql(`
  mutation SubmitAndRead($input: SubmitScoreInput!, $player: ID!) {
    submitScore(input: $input) {
      __typename
      ... on Submission {
        standings {
          leaderboard {
            standing(player: $player) {
              ...OneStateRow
            }
            standings(first: 12) {
              ...OneStatePage
            }
          }
        }
      }
    }
  }
`);

/** The top of a board in an event, and the same once more below the board. */
export const EventAndBoard = graphql(`
  subscription EventAndBoard($game: String!, $slug: String!) {
    leaderboardChanged(game: $game, slug: $slug, top: 5) {
      revision
      standings {
        ...OneStateRow
      }
      leaderboard {
        standings(first: 5) {
          ...OneStatePage
        }
      }
    }
  }
`);
