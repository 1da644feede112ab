import { graphql } from '../generated/gql.ts';

/** The ids of a player's rows wherever they are read. */
export const StandingIds = graphql(`
  query StandingIds($slug: String!, $player: ID!, $tournament: ID!) {
    leaderboard(game: "g", slug: $slug) {
      allTime: standings {
        edges {
          node {
            id
          }
        }
      }
      daily: standings(cadence: DAILY) {
        edges {
          node {
            id
          }
        }
      }
      standing(player: $player) {
        id
      }
    }
    player(id: $player) {
      standings {
        id
      }
    }
    tournament(id: $tournament) {
      standings {
        edges {
          node {
            id
          }
        }
      }
      previewPrizes {
        edges {
          node {
            standing {
              id
            }
          }
        }
      }
    }
  }
`);

export const StandingIdHeard = graphql(`
  subscription StandingIdHeard($slug: String!) {
    leaderboardChanged(game: "g", slug: $slug) {
      standings {
        id
      }
    }
  }
`);

export const OwnStandingIdHeard = graphql(`
  subscription OwnStandingIdHeard($slug: String!) {
    standingChanged(game: "g", slug: $slug) {
      id
    }
  }
`);
