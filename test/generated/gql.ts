/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Me {\n    me {\n      id\n      nickname\n    }\n  }\n": typeof types.MeDocument,
    "\n  query SubmissionNode($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Submission {\n        id\n        score\n        outcome\n      }\n    }\n  }\n": typeof types.SubmissionNodeDocument,
    "\n  mutation SignOut($everywhere: Boolean) {\n    signOut(everywhere: $everywhere) {\n      __typename\n      ... on SignedOut {\n        sessions\n      }\n    }\n  }\n": typeof types.SignOutDocument,
    "\n  mutation DeleteMe {\n    deleteMe {\n      __typename\n      ... on PlayerDeleted {\n        deletedAt\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": typeof types.DeleteMeDocument,
    "\n  query PlayerById($id: ID!) {\n    player(id: $id) {\n      id\n      nickname\n      standings {\n        rank\n      }\n      stats {\n        scores\n      }\n    }\n  }\n": typeof types.PlayerByIdDocument,
    "\n  mutation SignIn($input: SignInWithDeviceInput!) {\n    signInWithDevice(input: $input) {\n      __typename\n      ... on SignedIn {\n        token\n        expiresAt\n        player {\n          id\n          nickname\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": typeof types.SignInDocument,
    "\n  mutation CreateGame($input: CreateGameInput!) {\n    createGame(input: $input) {\n      __typename\n      ... on Game {\n        id\n        slug\n        name\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": typeof types.CreateGameDocument,
    "\n  mutation CreateLeaderboard($input: CreateLeaderboardInput!) {\n    createLeaderboard(input: $input) {\n      __typename\n      ... on Leaderboard {\n        id\n        slug\n        name\n        sortOrder\n        operator\n        cadences\n        minScore\n        maxScore\n        game {\n          slug\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": typeof types.CreateLeaderboardDocument,
    "\n  mutation SubmitScore($input: SubmitScoreInput!) {\n    submitScore(input: $input) {\n      __typename\n      ... on Submission {\n        id\n        score\n        submittedAt\n        outcome\n        replayed\n        previousRank\n        standings {\n          cadence\n          rank\n          score\n          percentile\n          reachedAt\n          metadata\n          periodStartsAt\n          periodEndsAt\n          player {\n            id\n            nickname\n          }\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": typeof types.SubmitScoreDocument,
    "\n  mutation SubmitScores($input: [ServerScoreInput!]!) {\n    submitScores(input: $input) {\n      __typename\n      ... on Submission {\n        id\n        score\n        outcome\n        replayed\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": typeof types.SubmitScoresDocument,
    "\n  query Board(\n    $game: String!\n    $slug: String!\n    $cadence: Cadence\n    $at: DateTime\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $fromRank: Int\n    $around: ID\n    $players: [ID!]\n  ) {\n    leaderboard(game: $game, slug: $slug) {\n      id\n      name\n      standings(\n        cadence: $cadence\n        at: $at\n        first: $first\n        after: $after\n        last: $last\n        before: $before\n        fromRank: $fromRank\n        around: $around\n        players: $players\n      ) {\n        totalCount\n        revision\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            score\n            percentile\n            reachedAt\n            metadata\n            ordinal: rank\n            competition: rank(style: COMPETITION)\n            dense: rank(style: DENSE)\n            player {\n              id\n              nickname\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.BoardDocument,
    "\n  subscription LeaderboardChanged(\n    $game: String!\n    $slug: String!\n    $cadence: Cadence\n    $top: Int\n    $afterRevision: SafeInt\n  ) {\n    leaderboardChanged(game: $game, slug: $slug, cadence: $cadence, top: $top, afterRevision: $afterRevision) {\n      cadence\n      revision\n      at\n      snapshot\n      totalCount\n      standings {\n        rank\n        score\n        player {\n          id\n          nickname\n        }\n      }\n      moves {\n        kind\n        fromRank\n        toRank\n        fromScore\n        toScore\n        player {\n          id\n        }\n      }\n    }\n  }\n": typeof types.LeaderboardChangedDocument,
    "\n  subscription TopScores($game: String!, $slug: String!, $afterRevision: SafeInt) {\n    board: leaderboardChanged(game: $game, slug: $slug, afterRevision: $afterRevision) {\n      snapshot\n      standings {\n        score\n      }\n    }\n  }\n": typeof types.TopScoresDocument,
    "\n  subscription StandingChanged($game: String!, $slug: String!, $cadence: Cadence) {\n    standingChanged(game: $game, slug: $slug, cadence: $cadence) {\n      rank\n      score\n      percentile\n      player {\n        id\n      }\n    }\n  }\n": typeof types.StandingChangedDocument,
    "\n  query DriftReport($game: String!, $slug: String!) {\n    driftReport(game: $game, slug: $slug) {\n      cadence\n      periodStartsAt\n      state\n      revision\n      entries\n      differences {\n        playerId\n        inPostgres\n        inRedis\n      }\n    }\n  }\n": typeof types.DriftReportDocument,
    "\n  mutation RebuildLeaderboard($game: String!, $slug: String!) {\n    rebuildLeaderboard(game: $game, slug: $slug) {\n      __typename\n      ... on RebuiltLeaderboard {\n        leaderboard {\n          slug\n        }\n        copies {\n          cadence\n          periodStartsAt\n          entries\n          revision\n          durationMs\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": typeof types.RebuildLeaderboardDocument,
    "\n  mutation UpdateLeaderboard($input: UpdateLeaderboardInput!) {\n    updateLeaderboard(input: $input) {\n      __typename\n      ... on Leaderboard {\n        name\n        minScore\n        maxScore\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": typeof types.UpdateLeaderboardDocument,
    "\n  query Stats($game: String) {\n    me {\n      stats(game: $game) {\n        scores\n        sum\n        average\n        highScore\n      }\n      standings(game: $game) {\n        cadence\n        rank\n        score\n        leaderboard {\n          slug\n        }\n      }\n    }\n  }\n": typeof types.StatsDocument,
};
const documents: Documents = {
    "\n  query Me {\n    me {\n      id\n      nickname\n    }\n  }\n": types.MeDocument,
    "\n  query SubmissionNode($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Submission {\n        id\n        score\n        outcome\n      }\n    }\n  }\n": types.SubmissionNodeDocument,
    "\n  mutation SignOut($everywhere: Boolean) {\n    signOut(everywhere: $everywhere) {\n      __typename\n      ... on SignedOut {\n        sessions\n      }\n    }\n  }\n": types.SignOutDocument,
    "\n  mutation DeleteMe {\n    deleteMe {\n      __typename\n      ... on PlayerDeleted {\n        deletedAt\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": types.DeleteMeDocument,
    "\n  query PlayerById($id: ID!) {\n    player(id: $id) {\n      id\n      nickname\n      standings {\n        rank\n      }\n      stats {\n        scores\n      }\n    }\n  }\n": types.PlayerByIdDocument,
    "\n  mutation SignIn($input: SignInWithDeviceInput!) {\n    signInWithDevice(input: $input) {\n      __typename\n      ... on SignedIn {\n        token\n        expiresAt\n        player {\n          id\n          nickname\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": types.SignInDocument,
    "\n  mutation CreateGame($input: CreateGameInput!) {\n    createGame(input: $input) {\n      __typename\n      ... on Game {\n        id\n        slug\n        name\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": types.CreateGameDocument,
    "\n  mutation CreateLeaderboard($input: CreateLeaderboardInput!) {\n    createLeaderboard(input: $input) {\n      __typename\n      ... on Leaderboard {\n        id\n        slug\n        name\n        sortOrder\n        operator\n        cadences\n        minScore\n        maxScore\n        game {\n          slug\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": types.CreateLeaderboardDocument,
    "\n  mutation SubmitScore($input: SubmitScoreInput!) {\n    submitScore(input: $input) {\n      __typename\n      ... on Submission {\n        id\n        score\n        submittedAt\n        outcome\n        replayed\n        previousRank\n        standings {\n          cadence\n          rank\n          score\n          percentile\n          reachedAt\n          metadata\n          periodStartsAt\n          periodEndsAt\n          player {\n            id\n            nickname\n          }\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": types.SubmitScoreDocument,
    "\n  mutation SubmitScores($input: [ServerScoreInput!]!) {\n    submitScores(input: $input) {\n      __typename\n      ... on Submission {\n        id\n        score\n        outcome\n        replayed\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": types.SubmitScoresDocument,
    "\n  query Board(\n    $game: String!\n    $slug: String!\n    $cadence: Cadence\n    $at: DateTime\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $fromRank: Int\n    $around: ID\n    $players: [ID!]\n  ) {\n    leaderboard(game: $game, slug: $slug) {\n      id\n      name\n      standings(\n        cadence: $cadence\n        at: $at\n        first: $first\n        after: $after\n        last: $last\n        before: $before\n        fromRank: $fromRank\n        around: $around\n        players: $players\n      ) {\n        totalCount\n        revision\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            score\n            percentile\n            reachedAt\n            metadata\n            ordinal: rank\n            competition: rank(style: COMPETITION)\n            dense: rank(style: DENSE)\n            player {\n              id\n              nickname\n            }\n          }\n        }\n      }\n    }\n  }\n": types.BoardDocument,
    "\n  subscription LeaderboardChanged(\n    $game: String!\n    $slug: String!\n    $cadence: Cadence\n    $top: Int\n    $afterRevision: SafeInt\n  ) {\n    leaderboardChanged(game: $game, slug: $slug, cadence: $cadence, top: $top, afterRevision: $afterRevision) {\n      cadence\n      revision\n      at\n      snapshot\n      totalCount\n      standings {\n        rank\n        score\n        player {\n          id\n          nickname\n        }\n      }\n      moves {\n        kind\n        fromRank\n        toRank\n        fromScore\n        toScore\n        player {\n          id\n        }\n      }\n    }\n  }\n": types.LeaderboardChangedDocument,
    "\n  subscription TopScores($game: String!, $slug: String!, $afterRevision: SafeInt) {\n    board: leaderboardChanged(game: $game, slug: $slug, afterRevision: $afterRevision) {\n      snapshot\n      standings {\n        score\n      }\n    }\n  }\n": types.TopScoresDocument,
    "\n  subscription StandingChanged($game: String!, $slug: String!, $cadence: Cadence) {\n    standingChanged(game: $game, slug: $slug, cadence: $cadence) {\n      rank\n      score\n      percentile\n      player {\n        id\n      }\n    }\n  }\n": types.StandingChangedDocument,
    "\n  query DriftReport($game: String!, $slug: String!) {\n    driftReport(game: $game, slug: $slug) {\n      cadence\n      periodStartsAt\n      state\n      revision\n      entries\n      differences {\n        playerId\n        inPostgres\n        inRedis\n      }\n    }\n  }\n": types.DriftReportDocument,
    "\n  mutation RebuildLeaderboard($game: String!, $slug: String!) {\n    rebuildLeaderboard(game: $game, slug: $slug) {\n      __typename\n      ... on RebuiltLeaderboard {\n        leaderboard {\n          slug\n        }\n        copies {\n          cadence\n          periodStartsAt\n          entries\n          revision\n          durationMs\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": types.RebuildLeaderboardDocument,
    "\n  mutation UpdateLeaderboard($input: UpdateLeaderboardInput!) {\n    updateLeaderboard(input: $input) {\n      __typename\n      ... on Leaderboard {\n        name\n        minScore\n        maxScore\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n": types.UpdateLeaderboardDocument,
    "\n  query Stats($game: String) {\n    me {\n      stats(game: $game) {\n        scores\n        sum\n        average\n        highScore\n      }\n      standings(game: $game) {\n        cadence\n        rank\n        score\n        leaderboard {\n          slug\n        }\n      }\n    }\n  }\n": types.StatsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Me {\n    me {\n      id\n      nickname\n    }\n  }\n"): typeof import('./graphql.ts').MeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SubmissionNode($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on Submission {\n        id\n        score\n        outcome\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SubmissionNodeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOut($everywhere: Boolean) {\n    signOut(everywhere: $everywhere) {\n      __typename\n      ... on SignedOut {\n        sessions\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SignOutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteMe {\n    deleteMe {\n      __typename\n      ... on PlayerDeleted {\n        deletedAt\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DeleteMeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PlayerById($id: ID!) {\n    player(id: $id) {\n      id\n      nickname\n      standings {\n        rank\n      }\n      stats {\n        scores\n      }\n    }\n  }\n"): typeof import('./graphql.ts').PlayerByIdDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($input: SignInWithDeviceInput!) {\n    signInWithDevice(input: $input) {\n      __typename\n      ... on SignedIn {\n        token\n        expiresAt\n        player {\n          id\n          nickname\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateGame($input: CreateGameInput!) {\n    createGame(input: $input) {\n      __typename\n      ... on Game {\n        id\n        slug\n        name\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').CreateGameDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateLeaderboard($input: CreateLeaderboardInput!) {\n    createLeaderboard(input: $input) {\n      __typename\n      ... on Leaderboard {\n        id\n        slug\n        name\n        sortOrder\n        operator\n        cadences\n        minScore\n        maxScore\n        game {\n          slug\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').CreateLeaderboardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SubmitScore($input: SubmitScoreInput!) {\n    submitScore(input: $input) {\n      __typename\n      ... on Submission {\n        id\n        score\n        submittedAt\n        outcome\n        replayed\n        previousRank\n        standings {\n          cadence\n          rank\n          score\n          percentile\n          reachedAt\n          metadata\n          periodStartsAt\n          periodEndsAt\n          player {\n            id\n            nickname\n          }\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SubmitScoreDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SubmitScores($input: [ServerScoreInput!]!) {\n    submitScores(input: $input) {\n      __typename\n      ... on Submission {\n        id\n        score\n        outcome\n        replayed\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SubmitScoresDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Board(\n    $game: String!\n    $slug: String!\n    $cadence: Cadence\n    $at: DateTime\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $fromRank: Int\n    $around: ID\n    $players: [ID!]\n  ) {\n    leaderboard(game: $game, slug: $slug) {\n      id\n      name\n      standings(\n        cadence: $cadence\n        at: $at\n        first: $first\n        after: $after\n        last: $last\n        before: $before\n        fromRank: $fromRank\n        around: $around\n        players: $players\n      ) {\n        totalCount\n        revision\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            score\n            percentile\n            reachedAt\n            metadata\n            ordinal: rank\n            competition: rank(style: COMPETITION)\n            dense: rank(style: DENSE)\n            player {\n              id\n              nickname\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').BoardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription LeaderboardChanged(\n    $game: String!\n    $slug: String!\n    $cadence: Cadence\n    $top: Int\n    $afterRevision: SafeInt\n  ) {\n    leaderboardChanged(game: $game, slug: $slug, cadence: $cadence, top: $top, afterRevision: $afterRevision) {\n      cadence\n      revision\n      at\n      snapshot\n      totalCount\n      standings {\n        rank\n        score\n        player {\n          id\n          nickname\n        }\n      }\n      moves {\n        kind\n        fromRank\n        toRank\n        fromScore\n        toScore\n        player {\n          id\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').LeaderboardChangedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription TopScores($game: String!, $slug: String!, $afterRevision: SafeInt) {\n    board: leaderboardChanged(game: $game, slug: $slug, afterRevision: $afterRevision) {\n      snapshot\n      standings {\n        score\n      }\n    }\n  }\n"): typeof import('./graphql.ts').TopScoresDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription StandingChanged($game: String!, $slug: String!, $cadence: Cadence) {\n    standingChanged(game: $game, slug: $slug, cadence: $cadence) {\n      rank\n      score\n      percentile\n      player {\n        id\n      }\n    }\n  }\n"): typeof import('./graphql.ts').StandingChangedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DriftReport($game: String!, $slug: String!) {\n    driftReport(game: $game, slug: $slug) {\n      cadence\n      periodStartsAt\n      state\n      revision\n      entries\n      differences {\n        playerId\n        inPostgres\n        inRedis\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DriftReportDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RebuildLeaderboard($game: String!, $slug: String!) {\n    rebuildLeaderboard(game: $game, slug: $slug) {\n      __typename\n      ... on RebuiltLeaderboard {\n        leaderboard {\n          slug\n        }\n        copies {\n          cadence\n          periodStartsAt\n          entries\n          revision\n          durationMs\n        }\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RebuildLeaderboardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateLeaderboard($input: UpdateLeaderboardInput!) {\n    updateLeaderboard(input: $input) {\n      __typename\n      ... on Leaderboard {\n        name\n        minScore\n        maxScore\n      }\n      ... on Error {\n        code\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').UpdateLeaderboardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Stats($game: String) {\n    me {\n      stats(game: $game) {\n        scores\n        sum\n        average\n        highScore\n      }\n      standings(game: $game) {\n        cadence\n        rank\n        score\n        leaderboard {\n          slug\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').StatsDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
