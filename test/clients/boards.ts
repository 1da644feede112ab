/**
 * What a page of a board asks, for all three stores. Relay's compiler reads what is tagged so, and makes
 * test/generated/relay of it: `npx relay-compiler@21.0.1 relay.config.json` in this folder.
 */
const graphql = String.raw;

/** The top of a board. */
export const boardsTopQuery = graphql`
  query boardsTopQuery($game: String!, $slug: String!, $cadence: Cadence, $first: Int!) {
    leaderboard(game: $game, slug: $slug) {
      id
      standings(cadence: $cadence, first: $first) @connection(key: "Board_standings") {
        totalCount
        edges {
          cursor
          node {
            id
            rank
            score
            player {
              id
              nickname
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

/** One row of it, asked for elsewhere on the page. */
export const boardsRowQuery = graphql`
  query boardsRowQuery($game: String!, $slug: String!, $cadence: Cadence, $player: ID!) {
    leaderboard(game: $game, slug: $slug) {
      id
      standing(cadence: $cadence, player: $player) {
        id
        rank
        score
      }
    }
  }
`;

/** The live document: what it selects below `leaderboard` is what the query above has asked for. */
export const boardsLiveSubscription = graphql`
  subscription boardsLiveSubscription($game: String!, $slug: String!, $cadence: Cadence, $first: Int!) {
    leaderboardChanged(game: $game, slug: $slug, cadence: $cadence, top: $first) {
      revision
      leaderboard {
        id
        standings(cadence: $cadence, first: $first) @connection(key: "Board_standings") {
          totalCount
          edges {
            cursor
            node {
              id
              rank
              score
              player {
                id
                nickname
              }
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`;

/** For those who show how the board moves. */
export const boardsMovesSubscription = graphql`
  subscription boardsMovesSubscription($game: String!, $slug: String!, $cadence: Cadence, $first: Int!) {
    leaderboardChanged(game: $game, slug: $slug, cadence: $cadence, top: $first) {
      revision
      snapshot
      standings {
        id
        rank
        score
        player {
          id
          nickname
        }
      }
      moves {
        kind
        fromRank
        toRank
        fromScore
        toScore
        player {
          id
        }
      }
    }
  }
`;

/** Without what is meant for Relay's store. */
export const forServer = (document: string) => document.replaceAll(/ @connection\([^)]*\)/g, '');
