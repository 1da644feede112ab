/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How often a board starts anew. All periods are half-open and in UTC. */
export type Cadence =
  /** One period without bounds. */
  | 'ALL_TIME'
  /** From midnight to midnight. */
  | 'DAILY'
  /** Calendar months. */
  | 'MONTHLY'
  /** ISO weeks, Monday to Sunday. */
  | 'WEEKLY';

/** What a comparison of a copy came to. */
export type CopyState =
  /** Still following the latest changes. PostgreSQL answers meanwhile. */
  | 'BEHIND'
  /** Compared in full: `differences` are all there are, up to 100. */
  | 'COMPARED'
  /** There is no copy at the moment. PostgreSQL answers. */
  | 'MISSING';

/** A new game. */
export type CreateGameInput = {
  /** For people, 1 to 100 characters on one line. */
  name: string;
  /** Unique, 1 to 64 lower-case letters, digits and single hyphens, like `sky-race`. */
  slug: string;
};

/** A new board. Sort order, operator and cadences cannot be changed later. */
export type CreateLeaderboardInput = {
  /** One or more kinds of period; a score counts in all of them. */
  cadences?: Array<Cadence> | null | undefined;
  /** The game’s slug. */
  game: string;
  /** The highest score to accept; no limit when left out. */
  maxScore?: number | null | undefined;
  /** The lowest score to accept; no limit when left out. */
  minScore?: number | null | undefined;
  /** For people, 1 to 100 characters on one line. */
  name: string;
  /** What a new score does. */
  operator?: ScoreOperator | null | undefined;
  /** Unique within the game, 1 to 64 lower-case letters, digits and single hyphens. */
  slug: string;
  /** Which scores stand first. */
  sortOrder?: SortOrder | null | undefined;
};

/** How a player moved between two states of the top of a board. */
export type MoveKind =
  /** Stands lower, with or without a new score. */
  | 'DOWN'
  /** Was not in the top before. */
  | 'ENTERED'
  /** Is not in the top any more. */
  | 'LEFT'
  /** Has another score at the same rank. */
  | 'SCORED'
  /** Stands higher, with or without a new score. */
  | 'UP';

/** What a new score does to the player’s entry. */
export type ScoreOperator =
  /** Keeps the better score. An equal or worse one changes nothing. */
  | 'BEST'
  /** Keeps the newest score, better or worse. The same score again changes nothing. */
  | 'LATEST'
  /** Adds scores up. One that would carry the sum past ±(2^53-1) is refused. */
  | 'SUM';

/** A player’s score, from a trusted game server. */
export type ServerScoreInput = {
  /** The game’s slug. */
  game: string;
  /** Unique per player, 1 to 128 characters. Send the same key to retry. */
  idempotencyKey: string;
  /** The board’s slug. */
  leaderboard: string;
  /** Kept with the play and shown while it holds the player’s score. 1 KiB of JSON at most. */
  metadata?: unknown;
  /** The player’s id. */
  player: string | number;
  /** A whole number, exact. */
  score: number;
};

/** Who signs in. */
export type SignInWithDeviceInput = {
  /** 16 to 255 characters, unguessable; kept by the device. */
  deviceId: string;
  /** Used when the player is created: 1 to 32 characters on one line. */
  nickname?: string | null | undefined;
};

/** Which scores stand first. */
export type SortOrder =
  /** Lower is better: lap times. */
  | 'ASCENDING'
  /** Higher is better: points. */
  | 'DESCENDING';

/** What a submission did. */
export type SubmissionOutcome =
  /** The player’s entry changed in at least one period of the board. */
  | 'IMPROVED'
  /** Kept for review and shown on no board. */
  | 'QUARANTINED'
  /** Accepted and counted, but no entry changed: under BEST, for example, it was no better. */
  | 'UNCHANGED';

/** The viewer’s own score. */
export type SubmitScoreInput = {
  /** The game’s slug. */
  game: string;
  /** Chosen by the client, unique per player, 1 to 128 characters. Send the same key to retry. */
  idempotencyKey: string;
  /** The board’s slug. */
  leaderboard: string;
  /** Kept with the play and shown while it holds the player’s score. 1 KiB of JSON at most. */
  metadata?: unknown;
  /** A whole number, exact. */
  score: number;
};

/** What to change of a board. Fields that are left out stay as they are. */
export type UpdateLeaderboardInput = {
  /** The game’s slug. */
  game: string;
  /** The highest score to accept from now on; null lifts the limit. */
  maxScore?: number | null | undefined;
  /** The lowest score to accept from now on; null lifts the limit. */
  minScore?: number | null | undefined;
  /** For people, 1 to 100 characters on one line. */
  name?: string | null | undefined;
  /** The board’s slug. */
  slug: string;
};

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, nickname: string } | null };

export type SubmissionNodeQueryVariables = Exact<{
  id: string | number;
}>;


export type SubmissionNodeQuery = { node:
    | { __typename: 'Game' }
    | { __typename: 'Leaderboard' }
    | { __typename: 'Player' }
    | { __typename: 'Submission', id: string, score: number, outcome: SubmissionOutcome }
   | null };

export type SignOutMutationVariables = Exact<{
  everywhere?: boolean | null | undefined;
}>;


export type SignOutMutation = { signOut: { __typename: 'SignedOut', sessions: number } };

export type DeleteMeMutationVariables = Exact<{ [key: string]: never; }>;


export type DeleteMeMutation = { deleteMe:
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'PlayerDeleted', deletedAt: string }
   };

export type PlayerByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type PlayerByIdQuery = { player: { id: string, nickname: string, standings: Array<{ rank: number }>, stats: { scores: number } | null } | null };

export type SignInMutationVariables = Exact<{
  input: SignInWithDeviceInput;
}>;


export type SignInMutation = { signInWithDevice:
    | { __typename: 'SignedIn', token: string, expiresAt: string, player: { id: string, nickname: string } }
    | { __typename: 'ValidationError', code: string, message: string }
   };

export type CreateGameMutationVariables = Exact<{
  input: CreateGameInput;
}>;


export type CreateGameMutation = { createGame:
    | { __typename: 'ConflictError', code: string, message: string }
    | { __typename: 'Game', id: string, slug: string, name: string }
    | { __typename: 'ValidationError', code: string, message: string }
   };

export type CreateLeaderboardMutationVariables = Exact<{
  input: CreateLeaderboardInput;
}>;


export type CreateLeaderboardMutation = { createLeaderboard:
    | { __typename: 'ConflictError', code: string, message: string }
    | { __typename: 'Leaderboard', id: string, slug: string, name: string, sortOrder: SortOrder, operator: ScoreOperator, cadences: Array<Cadence>, minScore: number | null, maxScore: number | null, game: { slug: string } }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'ValidationError', code: string, message: string }
   };

export type SubmitScoreMutationVariables = Exact<{
  input: SubmitScoreInput;
}>;


export type SubmitScoreMutation = { submitScore:
    | { __typename: 'IdempotencyConflictError', code: string, message: string }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'ScoreOutOfRangeError', code: string, message: string }
    | { __typename: 'Submission', id: string, score: number, submittedAt: string, outcome: SubmissionOutcome, replayed: boolean, previousRank: number | null, standings: Array<{ cadence: Cadence, rank: number, score: number, percentile: number, reachedAt: string, metadata: unknown, periodStartsAt: string | null, periodEndsAt: string | null, player: { id: string, nickname: string } }> }
    | { __typename: 'ValidationError', code: string, message: string }
   };

export type SubmitScoresMutationVariables = Exact<{
  input: Array<ServerScoreInput> | ServerScoreInput;
}>;


export type SubmitScoresMutation = { submitScores: Array<
    | { __typename: 'IdempotencyConflictError', code: string, message: string }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'ScoreOutOfRangeError', code: string, message: string }
    | { __typename: 'Submission', id: string, score: number, outcome: SubmissionOutcome, replayed: boolean }
    | { __typename: 'ValidationError', code: string, message: string }
  > };

export type BoardQueryVariables = Exact<{
  game: string;
  slug: string;
  cadence?: Cadence | null | undefined;
  at?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  fromRank?: number | null | undefined;
  around?: string | number | null | undefined;
  players?: Array<string | number> | string | number | null | undefined;
}>;


export type BoardQuery = { leaderboard: { id: string, name: string, standings: { totalCount: number, revision: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { score: number, percentile: number, reachedAt: string, metadata: unknown, ordinal: number, competition: number, dense: number, player: { id: string, nickname: string } } }> } } | null };

export type LeaderboardChangedSubscriptionVariables = Exact<{
  game: string;
  slug: string;
  cadence?: Cadence | null | undefined;
  top?: number | null | undefined;
  afterRevision?: number | null | undefined;
}>;


export type LeaderboardChangedSubscription = { leaderboardChanged: { cadence: Cadence, revision: number, at: string, snapshot: boolean, totalCount: number, standings: Array<{ rank: number, score: number, player: { id: string, nickname: string } }>, moves: Array<{ kind: MoveKind, fromRank: number | null, toRank: number | null, fromScore: number | null, toScore: number | null, player: { id: string } }> } };

export type TopScoresSubscriptionVariables = Exact<{
  game: string;
  slug: string;
  afterRevision?: number | null | undefined;
}>;


export type TopScoresSubscription = { board: { snapshot: boolean, standings: Array<{ score: number }> } };

export type StandingChangedSubscriptionVariables = Exact<{
  game: string;
  slug: string;
  cadence?: Cadence | null | undefined;
}>;


export type StandingChangedSubscription = { standingChanged: { rank: number, score: number, percentile: number, player: { id: string } } };

export type DriftReportQueryVariables = Exact<{
  game: string;
  slug: string;
}>;


export type DriftReportQuery = { driftReport: Array<{ cadence: Cadence, periodStartsAt: string | null, state: CopyState, revision: number, entries: number, differences: Array<{ playerId: string | null, inPostgres: string | null, inRedis: string | null }> }> | null };

export type RebuildLeaderboardMutationVariables = Exact<{
  game: string;
  slug: string;
}>;


export type RebuildLeaderboardMutation = { rebuildLeaderboard:
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'RebuiltLeaderboard', leaderboard: { slug: string }, copies: Array<{ cadence: Cadence, periodStartsAt: string | null, entries: number, revision: number, durationMs: number }> }
   };

export type UpdateLeaderboardMutationVariables = Exact<{
  input: UpdateLeaderboardInput;
}>;


export type UpdateLeaderboardMutation = { updateLeaderboard:
    | { __typename: 'Leaderboard', name: string, minScore: number | null, maxScore: number | null }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'ValidationError', code: string, message: string }
   };

export type StatsQueryVariables = Exact<{
  game?: string | null | undefined;
}>;


export type StatsQuery = { me: { stats: { scores: number, sum: number, average: number, highScore: number | null } | null, standings: Array<{ cadence: Cadence, rank: number, score: number, leaderboard: { slug: string } }> } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    id
    nickname
  }
}
    `) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
export const SubmissionNodeDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<SubmissionNodeQuery, SubmissionNodeQueryVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut($everywhere: Boolean) {
  signOut(everywhere: $everywhere) {
    __typename
    ... on SignedOut {
      sessions
    }
  }
}
    `) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const DeleteMeDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<DeleteMeMutation, DeleteMeMutationVariables>;
export const PlayerByIdDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<PlayerByIdQuery, PlayerByIdQueryVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInWithDeviceInput!) {
  signInWithDevice(input: $input) {
    __typename
    ... on SignedIn {
      token
      expiresAt
      player {
        id
        nickname
      }
    }
    ... on Error {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const CreateGameDocument = new TypedDocumentString(`
    mutation CreateGame($input: CreateGameInput!) {
  createGame(input: $input) {
    __typename
    ... on Game {
      id
      slug
      name
    }
    ... on Error {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateGameMutation, CreateGameMutationVariables>;
export const CreateLeaderboardDocument = new TypedDocumentString(`
    mutation CreateLeaderboard($input: CreateLeaderboardInput!) {
  createLeaderboard(input: $input) {
    __typename
    ... on Leaderboard {
      id
      slug
      name
      sortOrder
      operator
      cadences
      minScore
      maxScore
      game {
        slug
      }
    }
    ... on Error {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateLeaderboardMutation, CreateLeaderboardMutationVariables>;
export const SubmitScoreDocument = new TypedDocumentString(`
    mutation SubmitScore($input: SubmitScoreInput!) {
  submitScore(input: $input) {
    __typename
    ... on Submission {
      id
      score
      submittedAt
      outcome
      replayed
      previousRank
      standings {
        cadence
        rank
        score
        percentile
        reachedAt
        metadata
        periodStartsAt
        periodEndsAt
        player {
          id
          nickname
        }
      }
    }
    ... on Error {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SubmitScoreMutation, SubmitScoreMutationVariables>;
export const SubmitScoresDocument = new TypedDocumentString(`
    mutation SubmitScores($input: [ServerScoreInput!]!) {
  submitScores(input: $input) {
    __typename
    ... on Submission {
      id
      score
      outcome
      replayed
    }
    ... on Error {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SubmitScoresMutation, SubmitScoresMutationVariables>;
export const BoardDocument = new TypedDocumentString(`
    query Board($game: String!, $slug: String!, $cadence: Cadence, $at: DateTime, $first: Int, $after: String, $last: Int, $before: String, $fromRank: Int, $around: ID, $players: [ID!]) {
  leaderboard(game: $game, slug: $slug) {
    id
    name
    standings(
      cadence: $cadence
      at: $at
      first: $first
      after: $after
      last: $last
      before: $before
      fromRank: $fromRank
      around: $around
      players: $players
    ) {
      totalCount
      revision
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      edges {
        cursor
        node {
          score
          percentile
          reachedAt
          metadata
          ordinal: rank
          competition: rank(style: COMPETITION)
          dense: rank(style: DENSE)
          player {
            id
            nickname
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BoardQuery, BoardQueryVariables>;
export const LeaderboardChangedDocument = new TypedDocumentString(`
    subscription LeaderboardChanged($game: String!, $slug: String!, $cadence: Cadence, $top: Int, $afterRevision: SafeInt) {
  leaderboardChanged(
    game: $game
    slug: $slug
    cadence: $cadence
    top: $top
    afterRevision: $afterRevision
  ) {
    cadence
    revision
    at
    snapshot
    totalCount
    standings {
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
    `) as unknown as TypedDocumentString<LeaderboardChangedSubscription, LeaderboardChangedSubscriptionVariables>;
export const TopScoresDocument = new TypedDocumentString(`
    subscription TopScores($game: String!, $slug: String!, $afterRevision: SafeInt) {
  board: leaderboardChanged(
    game: $game
    slug: $slug
    afterRevision: $afterRevision
  ) {
    snapshot
    standings {
      score
    }
  }
}
    `) as unknown as TypedDocumentString<TopScoresSubscription, TopScoresSubscriptionVariables>;
export const StandingChangedDocument = new TypedDocumentString(`
    subscription StandingChanged($game: String!, $slug: String!, $cadence: Cadence) {
  standingChanged(game: $game, slug: $slug, cadence: $cadence) {
    rank
    score
    percentile
    player {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<StandingChangedSubscription, StandingChangedSubscriptionVariables>;
export const DriftReportDocument = new TypedDocumentString(`
    query DriftReport($game: String!, $slug: String!) {
  driftReport(game: $game, slug: $slug) {
    cadence
    periodStartsAt
    state
    revision
    entries
    differences {
      playerId
      inPostgres
      inRedis
    }
  }
}
    `) as unknown as TypedDocumentString<DriftReportQuery, DriftReportQueryVariables>;
export const RebuildLeaderboardDocument = new TypedDocumentString(`
    mutation RebuildLeaderboard($game: String!, $slug: String!) {
  rebuildLeaderboard(game: $game, slug: $slug) {
    __typename
    ... on RebuiltLeaderboard {
      leaderboard {
        slug
      }
      copies {
        cadence
        periodStartsAt
        entries
        revision
        durationMs
      }
    }
    ... on Error {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RebuildLeaderboardMutation, RebuildLeaderboardMutationVariables>;
export const UpdateLeaderboardDocument = new TypedDocumentString(`
    mutation UpdateLeaderboard($input: UpdateLeaderboardInput!) {
  updateLeaderboard(input: $input) {
    __typename
    ... on Leaderboard {
      name
      minScore
      maxScore
    }
    ... on Error {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateLeaderboardMutation, UpdateLeaderboardMutationVariables>;
export const StatsDocument = new TypedDocumentString(`
    query Stats($game: String) {
  me {
    stats(game: $game) {
      scores
      sum
      average
      highScore
    }
    standings(game: $game) {
      cadence
      rank
      score
      leaderboard {
        slug
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StatsQuery, StatsQueryVariables>;