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

/** A type of event of one game. */
export type CreateEventTypeInput = {
  /** What else it may say, 20 at most: names that older releases send. */
  aliases?: Array<string> | null | undefined;
  /** The game’s slug. */
  game: string;
  /** What `event_type` says: up to 64 lower-case letters, digits and underscores, like `lap_finished`. */
  name: string;
  /** JSON Schema (2020-12) of an object: the fields beside those that every event has. 8 KiB at most. Fields that it does not name are kept, unless it forbids them. */
  schema: unknown;
};

/** A new game. */
export type CreateGameInput = {
  /** For people: 1 to 100 characters on one line that show what they are. Emoji, and the marks and joiners that languages need, do. Refused are characters that draw nothing, more marks on a letter than any language puts there, and words in which letters of another script pass for Latin ones. */
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
  /** How long after the end of a period to take plays that ended in it (`playedAt` of `submitScores`): 0 to 86 400. */
  graceSeconds?: number | null | undefined;
  /** The highest score to accept; no limit when left out. */
  maxScore?: number | null | undefined;
  /** The lowest score to accept; no limit when left out. */
  minScore?: number | null | undefined;
  /** For people: 1 to 100 characters on one line that show what they are. Emoji, and the marks and joiners that languages need, do. Refused are characters that draw nothing, more marks on a letter than any language puts there, and words in which letters of another script pass for Latin ones. */
  name: string;
  /** What a new score does. */
  operator?: ScoreOperator | null | undefined;
  /** Which events bring it scores, 20 rules at most; none when left out. */
  scoreRules?: Array<ScoreRuleInput> | null | undefined;
  /** Unique within the game, 1 to 64 lower-case letters, digits and single hyphens. */
  slug: string;
  /** Which scores stand first. */
  sortOrder?: SortOrder | null | undefined;
};

/** A new tournament. Without `prizeTable`, `percentPrizes` and `participationPrize` it has the usual prizes: 5000 coins and 250 gems for the first, down to 500 and 25 for ranks 11 to 50. */
export type CreateTournamentInput = {
  /** How many can enter, 1 to 1 000 000. 10 000 when left out; null: no limit. */
  capacity?: number | null | undefined;
  /** How long after settlement prizes can be claimed, ten years at most; for ever when left out. */
  claimExpiresAfterSeconds?: number | null | undefined;
  /** The first moment at which they do not. */
  endsAt: string;
  /** The game’s slug. */
  game: string;
  /** How long to wait for late arrivals before settlement: 0 to 604 800, 60 when left out. */
  graceSeconds?: number | null | undefined;
  /** Whether scores count only for players who have joined. */
  joinRequired?: boolean | null | undefined;
  /** The slug of the board whose operator and sort order it follows. */
  leaderboard: string;
  /** How many scores of a player count; no limit when left out. */
  maxAttempts?: number | null | undefined;
  /** For the game to use. 1 KiB of JSON at most. */
  metadata?: unknown;
  /** The lowest score that counts; no limit when left out. */
  minScore?: number | null | undefined;
  /** For people: 1 to 100 characters on one line that show what they are. Emoji, and the marks and joiners that languages need, do. Refused are characters that draw nothing, more marks on a letter than any language puts there, and words in which letters of another script pass for Latin ones. */
  name: string;
  /** For everybody with a score who gets no other prize. */
  participationPrize?: PrizeAmountInput | null | undefined;
  /** Prizes by percentage, where no rank has one. */
  percentPrizes?: Array<PercentPrizeInput> | null | undefined;
  /** Prizes by rank. 100 tiers at most, of both kinds. */
  prizeTable?: Array<PrizeTierInput> | null | undefined;
  /** When joining ends; with the tournament when left out. */
  registrationClosesAt?: string | null | undefined;
  /** From when on players can join; at once when left out. */
  registrationOpensAt?: string | null | undefined;
  /** The first moment at which scores count. */
  startsAt: string;
};

/** A new series, and the rules that each of its tournaments gets. Prizes as in CreateTournamentInput. */
export type CreateTournamentSeriesInput = {
  /** How many can enter, 1 to 1 000 000. 10 000 when left out; null: no limit. */
  capacity?: number | null | undefined;
  /** How long after settlement prizes can be claimed, ten years at most; for ever when left out. */
  claimExpiresAfterSeconds?: number | null | undefined;
  /** When tournaments start: a cron expression of five fields, like `0 0 * * 1` for Mondays at midnight. */
  cron: string;
  /** How long each takes scores, a year at most: elapsed time, whatever the clocks do. They may overlap. */
  durationSeconds: number;
  /** The game’s slug. */
  game: string;
  /** How long to wait for late arrivals before settlement: 0 to 604 800, 60 when left out. */
  graceSeconds?: number | null | undefined;
  /** Whether scores count only for players who have joined. */
  joinRequired?: boolean | null | undefined;
  /** The slug of the board that its tournaments follow. */
  leaderboard: string;
  /** How many scores of a player count; no limit when left out. */
  maxAttempts?: number | null | undefined;
  /** For the game to use. 1 KiB of JSON at most. */
  metadata?: unknown;
  /** The lowest score that counts; no limit when left out. */
  minScore?: number | null | undefined;
  /** For people: 1 to 80 characters on one line that show what they are. Emoji, and the marks and joiners that languages need, do. Refused are characters that draw nothing, more marks on a letter than any language puts there, and words in which letters of another script pass for Latin ones. */
  name: string;
  /** For everybody with a score who gets no other prize. */
  participationPrize?: PrizeAmountInput | null | undefined;
  /** Prizes by percentage, where no rank has one. */
  percentPrizes?: Array<PercentPrizeInput> | null | undefined;
  /** Prizes by rank. 100 tiers at most, of both kinds. */
  prizeTable?: Array<PrizeTierInput> | null | undefined;
  /** How long after the start joining ends; with the tournament when left out. */
  registrationClosesAfterSeconds?: number | null | undefined;
  /** How long before its start a tournament exists and registration opens, a week at most. When left out: when the tournament before it starts. */
  registrationOpensBeforeSeconds?: number | null | undefined;
  /** The IANA time zone that `cron` is read in. Where the clocks skip a start in spring, an expression of one time a day starts right after the gap and one of several leaves that start out. Where they repeat it in autumn, the former starts the first time only and the latter both times; the names then end in the offset from UTC. */
  timeZone?: string | null | undefined;
};

/** A new webhook. */
export type CreateWebhookInput = {
  /** One or more kinds of webhook events to be posted. */
  events: Array<WebhookEventType>;
  /** The game’s slug. */
  game: string;
  /** Where webhook events are posted, unique within the game. HTTPS, without credentials, and on the public internet, unless the server allows others. */
  url: string;
};

/** What is made of events. */
export type EventProjection =
  /** Scores by the `scoreRules` of boards, and attempts in tournaments. */
  | 'LEADERBOARDS'
  /** Players’ counts, and those of each hour. */
  | 'STATISTICS';

/** How far a projection has come with an event. */
export type EventState =
  /** It counts, or has nothing to do with this projection. */
  | 'APPLIED'
  /** It was given up: see `deadLetters`. */
  | 'DEAD'
  /** It has not come to it yet. */
  | 'PENDING'
  /** It failed, or waits behind one of its player that did, and will be tried again. */
  | 'RETRYING';

/** What became of an event that was sent. */
export type EventVerdict =
  /** It is stored, and will count. */
  | 'ACCEPTED'
  /** It was stored before, and counts once. What a retry is told. */
  | 'DUPLICATE'
  /** It is not stored: `path` and `reason` say why. Sent again as it is, it is refused again. */
  | 'REJECTED';

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

/** What each player is given by the share of all who stand that is ahead: (rank - 1) / players, in percent. The first has 0 % ahead, so a range that begins at 0 holds at least the first of any field, and ranges that join hold everybody once: 0 to 10 holds one of up to ten players, two of eleven. Ranges must not overlap. */
export type PercentPrizeInput = {
  /** Coins for each, 0 or more. */
  coins: number;
  /** Where the range begins, included: 0 to 100, two decimals at most. */
  fromPercent: number;
  /** Gems for each, 0 or more. */
  gems: number;
  /** Where it ends, itself not included: more than `fromPercent`, 100 at most. */
  toPercent: number;
};

/** Coins and gems, not both 0. */
export type PrizeAmountInput = {
  /** 0 or more. */
  coins: number;
  /** 0 or more. */
  gems: number;
};

/** What has become of a prize, by the database’s clock. */
export type PrizeState =
  /** Is in the player’s wallet. */
  | 'CLAIMED'
  /** Was not claimed in time. */
  | 'EXPIRED'
  /** Can be claimed. */
  | 'PENDING';

/** What each player from one rank to another is given. Tiers must not overlap. */
export type PrizeTierInput = {
  /** Coins for each, 0 or more. */
  coins: number;
  /** The first rank, counted from 1. */
  fromRank: number;
  /** Gems for each, 0 or more. */
  gems: number;
  /** The last rank, included. */
  toRank: number;
};

/** What a new score does to the player’s entry. */
export type ScoreOperator =
  /** Keeps the better score. An equal or worse one changes nothing. */
  | 'BEST'
  /** Keeps the score that was accepted last, better or worse. The same score again changes nothing. */
  | 'LATEST'
  /** Adds scores up. One that would carry the sum past ±(2^53-1) is refused. */
  | 'SUM';

/** Which events bring a score to a board, and which of their numbers it is. */
export type ScoreRuleInput = {
  /** The type of event, like `game_ended`. */
  eventType: string;
  /** An object of what fields of the event have to be, like `{"game_mode": "endless"}`; 1 KiB at most. */
  filter?: unknown;
  /** The field with the score, a whole number. An event in which it is none brings nothing. */
  value: string;
};

/** A player’s score, from a trusted game server. */
export type ServerScoreInput = {
  /** The game’s slug. */
  game: string;
  /** Unique per player, 1 to 128 characters. Send the same key to retry. */
  idempotencyKey: string;
  /** The board’s slug. */
  leaderboard: string;
  /** Stored with the play and shown while it holds the player’s score. 1 KiB of JSON at most. */
  metadata?: unknown;
  /** When the play ended; left out: now. It counts in the periods of that moment and in the tournaments that were open then, also when they have ended since, as long as the `graceSeconds` of each last: of the board for its periods, of a tournament for itself. Not in the future by the database’s clock, and not before the player’s last play on the board. From an admin it may be of any age from 1970 on and before other plays: it counts in the periods that it was played in, and in no other but ALL_TIME. Equal scores rank in the order of acceptance, and LATEST keeps what was accepted last: send what you import in the order of play. */
  playedAt?: string | null | undefined;
  /** The player’s id. */
  player: string | number;
  /** A whole number, exact. */
  score: number;
  /** A tournament of this board: the score counts in it and in no other, or is refused. Without one it counts in every open tournament of the board that the player has entered, or that needs no joining and takes one more. */
  tournament?: string | number | null | undefined;
};

/** Who signs in. */
export type SignInWithDeviceInput = {
  /** 16 to 255 characters, unguessable; kept by the device. */
  deviceId: string;
  /** Used when the player is created: 1 to 32 characters on one line that show what they are. Emoji, and the marks and joiners that languages need, do. Refused are characters that draw nothing, more marks on a letter than any language puts there, and words in which letters of another script pass for Latin ones. */
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
  /** Kept for review and shown on no board. Nothing is quarantined yet: no submission has it until then. */
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
  /** Stored with the play and shown while it holds the player’s score. 1 KiB of JSON at most. */
  metadata?: unknown;
  /** A whole number, exact. */
  score: number;
  /** A tournament of this board: the score counts in it and in no other, or is refused. Without one it counts in every open tournament of the board that the player has entered, or that needs no joining and takes one more. */
  tournament?: string | number | null | undefined;
};

/** Where a tournament is in its life, by the database’s clock. */
export type TournamentState =
  /** Called off. Nobody is awarded anything. */
  | 'CANCELLED'
  /** Over, and waiting for late arrivals before it is settled. */
  | 'ENDED'
  /** Takes scores: from `startsAt` until just before `endsAt`. */
  | 'OPEN'
  /** Has not started. Players may join already. */
  | 'SCHEDULED'
  /** Standings are frozen and prizes awarded, for ever. */
  | 'SETTLED';

/** What to change of a board. Fields that are left out stay as they are. */
export type UpdateLeaderboardInput = {
  /** The game’s slug. */
  game: string;
  /** How long after the end of a period to take plays that ended in it, from now on: 0 to 86 400. */
  graceSeconds?: number | null | undefined;
  /** The highest score to accept from now on; null lifts the limit. */
  maxScore?: number | null | undefined;
  /** The lowest score to accept from now on; null lifts the limit. */
  minScore?: number | null | undefined;
  /** For people: 1 to 100 characters on one line that show what they are. Emoji, and the marks and joiners that languages need, do. Refused are characters that draw nothing, more marks on a letter than any language puts there, and words in which letters of another script pass for Latin ones. */
  name?: string | null | undefined;
  /** Which events bring it scores from now on, in place of the rules that it has. */
  scoreRules?: Array<ScoreRuleInput> | null | undefined;
  /** The board’s slug. */
  slug: string;
};

/** What to change of a tournament. Fields that are left out stay as they are. Name and metadata may always change, `endsAt` until the end, everything else until the start. */
export type UpdateTournamentInput = {
  /** How many can enter, not below those who have; null lifts the limit. */
  capacity?: number | null | undefined;
  /** How long prizes can be claimed; null: for ever. */
  claimExpiresAfterSeconds?: number | null | undefined;
  /** The first moment at which they do not. Must not have passed. */
  endsAt?: string | null | undefined;
  /** How long to wait for late arrivals before settlement: 0 to 604 800. */
  graceSeconds?: number | null | undefined;
  /** Whether scores count only for players who have joined. */
  joinRequired?: boolean | null | undefined;
  /** How many scores of a player count; null lifts the limit. */
  maxAttempts?: number | null | undefined;
  /** For the game to use; null removes it. 1 KiB of JSON at most. */
  metadata?: unknown;
  /** The lowest score that counts; null lifts the limit. */
  minScore?: number | null | undefined;
  /** For people: 1 to 100 characters on one line that show what they are. Emoji, and the marks and joiners that languages need, do. Refused are characters that draw nothing, more marks on a letter than any language puts there, and words in which letters of another script pass for Latin ones. */
  name?: string | null | undefined;
  /** For taking part; null removes it. */
  participationPrize?: PrizeAmountInput | null | undefined;
  /** Prizes by percentage, instead of all before. */
  percentPrizes?: Array<PercentPrizeInput> | null | undefined;
  /** Prizes by rank, instead of all before. */
  prizeTable?: Array<PrizeTierInput> | null | undefined;
  /** When joining ends; null: with the tournament. */
  registrationClosesAt?: string | null | undefined;
  /** From when on players can join; null: at once. */
  registrationOpensAt?: string | null | undefined;
  /** The first moment at which scores count. */
  startsAt?: string | null | undefined;
  /** The tournament’s id. */
  tournament: string | number;
};

/** What a webhook can be posted. */
export type WebhookEventType =
  /** A player has claimed a prize. */
  | 'PRIZE_CLAIMED'
  /** A tournament is over, by the clock or by hand. */
  | 'TOURNAMENT_ENDED'
  /** Its standings are frozen and prizes awarded. */
  | 'TOURNAMENT_SETTLED'
  /** A tournament takes scores from now on. */
  | 'TOURNAMENT_STARTED';

export type ScoreRulesQueryVariables = Exact<{
  game: string;
  slug: string;
}>;


export type ScoreRulesQuery = { leaderboard: { scoreRules: Array<{ eventType: string, filter: unknown, value: string }> } | null };

export type ChangeRulesMutationVariables = Exact<{
  input: UpdateLeaderboardInput;
}>;


export type ChangeRulesMutation = { updateLeaderboard:
    | { __typename: 'Leaderboard' }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'ValidationError', message: string }
   };

export type CreateEventTypeMutationVariables = Exact<{
  input: CreateEventTypeInput;
}>;


export type CreateEventTypeMutation = { createEventType:
    | { __typename: 'ConflictError', code: string, message: string }
    | { __typename: 'EventType', name: string, aliases: Array<string>, schema: unknown }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'ValidationError', code: string, message: string }
   };

export type EventTypesQueryVariables = Exact<{ [key: string]: never; }>;


export type EventTypesQuery = { games: Array<{ slug: string, eventTypes: Array<{ name: string }> }> };

export type PlayerEventStatsQueryVariables = Exact<{
  id: string | number;
  game?: string | null | undefined;
}>;


export type PlayerEventStatsQuery = { player: { stats: { scores: number, totalEvents: number, eventBreakdown: unknown, firstSeenAt: string | null, lastSeenAt: string | null } | null } | null };

export type ChangeGraceMutationVariables = Exact<{
  input: UpdateLeaderboardInput;
}>;


export type ChangeGraceMutation = { updateLeaderboard:
    | { __typename: 'Leaderboard', graceSeconds: number }
    | { __typename: 'NotFoundError' }
    | { __typename: 'ValidationError', path: string, message: string }
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

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, nickname: string } | null };

export type SubmissionNodeQueryVariables = Exact<{
  id: string | number;
}>;


export type SubmissionNodeQuery = { node:
    | { __typename: 'Event' }
    | { __typename: 'Game' }
    | { __typename: 'Leaderboard' }
    | { __typename: 'Player' }
    | { __typename: 'Prize' }
    | { __typename: 'Submission', id: string, score: number, outcome: SubmissionOutcome }
    | { __typename: 'Tournament' }
    | { __typename: 'TournamentSeries' }
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
    | { __typename: 'AttemptLimitError', code: string, message: string }
    | { __typename: 'IdempotencyConflictError', code: string, message: string }
    | { __typename: 'NotEnteredError', code: string, message: string }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'PeriodOverError', code: string, message: string }
    | { __typename: 'ScoreOutOfRangeError', code: string, message: string }
    | { __typename: 'Submission', id: string, score: number, submittedAt: string, outcome: SubmissionOutcome, replayed: boolean, previousRank: number | null, standings: Array<{ cadence: Cadence, rank: number, score: number, percentile: number, reachedAt: string, metadata: unknown, periodStartsAt: string | null, periodEndsAt: string | null, player: { id: string, nickname: string } }> }
    | { __typename: 'TournamentClosedError', code: string, message: string }
    | { __typename: 'TournamentFullError', code: string, message: string }
    | { __typename: 'ValidationError', code: string, message: string }
   };

export type SubmitScoresMutationVariables = Exact<{
  input: Array<ServerScoreInput> | ServerScoreInput;
}>;


export type SubmitScoresMutation = { submitScores: Array<
    | { __typename: 'AttemptLimitError', code: string, message: string }
    | { __typename: 'IdempotencyConflictError', code: string, message: string }
    | { __typename: 'NotEnteredError', code: string, message: string }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'PeriodOverError', code: string, message: string }
    | { __typename: 'ScoreOutOfRangeError', code: string, message: string }
    | { __typename: 'Submission', id: string, score: number, outcome: SubmissionOutcome, replayed: boolean }
    | { __typename: 'TournamentClosedError', code: string, message: string }
    | { __typename: 'TournamentFullError', code: string, message: string }
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

export type IngestEventsMutationVariables = Exact<{
  events: Array<unknown> | unknown;
}>;


export type IngestEventsMutation = { ingestEvents:
    | { __typename: 'IngestedEvents', receipts: Array<{ verdict: EventVerdict, id: string | null, path: string | null, reason: string | null }> }
    | { __typename: 'ValidationError', code: string, message: string }
   };

export type EventByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type EventByIdQuery = { event: { id: string, type: string, timestamp: string, occurredAt: string, isSkewed: boolean, payload: unknown, game: { slug: string }, player: { id: string } | null, progress: Array<{ projection: EventProjection, state: EventState, attempts: number, reason: string | null }> } | null };

export type PlayerEventsQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PlayerEventsQuery = { player: { events: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: string } }> } } | null };

export type DeadLettersQueryVariables = Exact<{
  projection?: EventProjection | null | undefined;
}>;


export type DeadLettersQuery = { deadLetters: { edges: Array<{ node: { id: string, projection: EventProjection, reason: string, attempts: number, failedAt: string, event: { id: string, type: string, payload: unknown } } }> } };

export type ReplayDeadLettersMutationVariables = Exact<{
  ids?: Array<string | number> | string | number | null | undefined;
  projection?: EventProjection | null | undefined;
}>;


export type ReplayDeadLettersMutation = { replayDeadLetters:
    | { __typename: 'ReplayedDeadLetters', count: number }
    | { __typename: 'ValidationError', message: string }
   };

export type EventStatsQueryVariables = Exact<{
  game?: string | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type EventStatsQuery = { eventStats: Array<{ hour: string, type: string, received: number, processed: number, pending: number, dead: number, duplicates: number }> };

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

export type TournamentChangedSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type TournamentChangedSubscription = { tournamentChanged: { id: string, name: string, state: TournamentState, startsAt: string, endsAt: string, endedAt: string | null, registrationOpensAt: string | null, registrationClosesAt: string | null, settledAt: string | null, cancelledAt: string | null, joinRequired: boolean, capacity: number | null, maxAttempts: number | null, minScore: number | null, graceSeconds: number, claimExpiresAfterSeconds: number | null, metadata: unknown, entrants: number, checksum: string | null, myEntry: { attempts: number, bestScore: number | null } | null, standings: { totalCount: number, edges: Array<{ node: { rank: number, score: number } }> }, game: { slug: string }, leaderboard: { slug: string }, prizeTable: Array<{ fromRank: number, toRank: number, coins: number, gems: number }>, percentPrizes: Array<{ fromPercent: number, toPercent: number, coins: number, gems: number }>, participationPrize: { coins: number, gems: number } | null } };

export type PrizeAwardedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type PrizeAwardedSubscription = { prizeAwarded: { id: string, rank: number, coins: number, gems: number, state: PrizeState, player: { id: string }, tournament: { id: string, state: TournamentState } } };

export type StandingChangedSubscriptionVariables = Exact<{
  game: string;
  slug: string;
  cadence?: Cadence | null | undefined;
}>;


export type StandingChangedSubscription = { standingChanged: { rank: number, score: number, percentile: number, player: { id: string } } | null };

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

export type BoardTogetherQueryVariables = Exact<{
  game: string;
  slug: string;
  player: string | number;
}>;


export type BoardTogetherQuery = { leaderboard: { standing: { rank: number, score: number, player: { id: string } } | null, top: { revision: number, edges: Array<{ node: { rank: number, score: number, player: { id: string } } }> }, bottom: { revision: number, edges: Array<{ node: { rank: number, score: number, player: { id: string } } }> }, around: { revision: number, edges: Array<{ node: { rank: number, score: number, player: { id: string } } }> } } | null };

export type OneStateRowFragment = { rank: number, score: number, player: { id: string } };

export type OneStatePageFragment = { revision: number, edges: Array<{ node: { rank: number, score: number, player: { id: string } } }> };

export type BoardApartQueryVariables = Exact<{
  game: string;
  slug: string;
  player: string | number;
}>;


export type BoardApartQuery = { one: { standing: { rank: number, score: number, player: { id: string } } | null } | null, other: { standings: { revision: number, edges: Array<{ node: { rank: number, score: number, player: { id: string } } }> } } | null, player: { standings: Array<{ rank: number, score: number, player: { id: string } }> } | null, game: Array<{ leaderboards: Array<{ standings: { revision: number, edges: Array<{ node: { rank: number, score: number, player: { id: string } } }> } }> }> };

export type SubmitAndReadMutationVariables = Exact<{
  input: SubmitScoreInput;
  player: string | number;
}>;


export type SubmitAndReadMutation = { submitScore:
    | { __typename: 'AttemptLimitError' }
    | { __typename: 'IdempotencyConflictError' }
    | { __typename: 'NotEnteredError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'PeriodOverError' }
    | { __typename: 'ScoreOutOfRangeError' }
    | { __typename: 'Submission', standings: Array<{ leaderboard: { standing: { rank: number, score: number, player: { id: string } } | null, standings: { revision: number, edges: Array<{ node: { rank: number, score: number, player: { id: string } } }> } } }> }
    | { __typename: 'TournamentClosedError' }
    | { __typename: 'TournamentFullError' }
    | { __typename: 'ValidationError' }
   };

export type EventAndBoardSubscriptionVariables = Exact<{
  game: string;
  slug: string;
}>;


export type EventAndBoardSubscription = { leaderboardChanged: { revision: number, standings: Array<{ rank: number, score: number, player: { id: string } }>, leaderboard: { standings: { revision: number, edges: Array<{ node: { rank: number, score: number, player: { id: string } } }> } } } };

export type PlayedScoresMutationVariables = Exact<{
  input: Array<ServerScoreInput> | ServerScoreInput;
}>;


export type PlayedScoresMutation = { submitScores: Array<
    | { __typename: 'AttemptLimitError', code: string, message: string }
    | { __typename: 'IdempotencyConflictError', code: string, message: string }
    | { __typename: 'NotEnteredError', code: string, message: string }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'PeriodOverError', code: string, message: string, acceptedUntil: string }
    | { __typename: 'ScoreOutOfRangeError', code: string, message: string }
    | { __typename: 'Submission', id: string, submittedAt: string, playedAt: string | null, outcome: SubmissionOutcome, replayed: boolean, standings: Array<{ cadence: Cadence, rank: number, score: number, reachedAt: string, periodStartsAt: string | null }>, attempts: Array<{ number: number, tournament: { id: string } }> }
    | { __typename: 'TournamentClosedError', code: string, message: string, state: TournamentState }
    | { __typename: 'TournamentFullError', code: string, message: string }
    | { __typename: 'ValidationError', code: string, message: string, path: string }
  > };

export type ClaimPrizeMutationVariables = Exact<{
  prize: string | number;
}>;


export type ClaimPrizeMutation = { claimPrize:
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'Prize', id: string, state: PrizeState, coins: number, gems: number, claimedAt: string | null }
    | { __typename: 'PrizeExpiredError', code: string, message: string, expiredAt: string }
   };

export type PreviewPrizesQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PreviewPrizesQuery = { tournament: { previewPrizes: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { coins: number, gems: number, standing: { rank: number, player: { id: string } } } }> } } | null };

export type MyPrizesQueryVariables = Exact<{
  state?: PrizeState | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MyPrizesQuery = { prizes: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, rank: number, coins: number, gems: number, state: PrizeState, awardedAt: string, claimedAt: string | null, expiresAt: string | null, player: { id: string }, tournament: { id: string, state: TournamentState } } }> }, me: { wallet: { coins: number, gems: number } | null } | null };

export type TournamentPrizesQueryVariables = Exact<{
  id: string | number;
  state?: PrizeState | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TournamentPrizesQuery = { tournament: { prizes: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, rank: number, coins: number, gems: number, state: PrizeState } }> }, prizeStatistics: { awarded: number, claimed: number, pending: number, expired: number, lapsed: number, coinsAwarded: number, gemsAwarded: number, coinsClaimed: number, gemsClaimed: number } } | null };

export type PrizeCountsFragment = { awarded: number, claimed: number, pending: number, expired: number, lapsed: number, coinsAwarded: number, gemsAwarded: number, coinsClaimed: number, gemsClaimed: number };

export type AllPrizeStatisticsQueryVariables = Exact<{
  game?: string | null | undefined;
}>;


export type AllPrizeStatisticsQuery = { prizeStatistics: { awarded: number, claimed: number, pending: number, expired: number, lapsed: number, coinsAwarded: number, gemsAwarded: number, coinsClaimed: number, gemsClaimed: number } };

export type PlayerResultsQueryVariables = Exact<{
  player: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PlayerResultsQuery = { player: { wallet: { coins: number, gems: number } | null, tournamentHistory: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { rank: number, score: number, attempts: number, tournament: { name: string, state: TournamentState } } }> } } | null };

export type PrizeNodeQueryVariables = Exact<{
  id: string | number;
}>;


export type PrizeNodeQuery = { node:
    | { __typename: 'Event' }
    | { __typename: 'Game' }
    | { __typename: 'Leaderboard' }
    | { __typename: 'Player' }
    | { __typename: 'Prize', coins: number }
    | { __typename: 'Submission' }
    | { __typename: 'Tournament', name: string }
    | { __typename: 'TournamentSeries' }
   | null };

export type CreateTournamentSeriesMutationVariables = Exact<{
  input: CreateTournamentSeriesInput;
}>;


export type CreateTournamentSeriesMutation = { createTournamentSeries:
    | { __typename: 'ConflictError', code: string, message: string }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'TournamentSeries', id: string, name: string, cron: string, timeZone: string, durationSeconds: number, nextStartsAt: string | null, endedAt: string | null, game: { slug: string }, leaderboard: { slug: string }, tournaments: { edges: Array<{ node: { id: string, name: string, state: TournamentState, startsAt: string, endsAt: string, settledAt: string | null, registrationOpensAt: string | null, registrationClosesAt: string | null, joinRequired: boolean, maxAttempts: number | null, series: { name: string } | null } }> } }
    | { __typename: 'ValidationError', code: string, message: string, path: string }
   };

export type SeriesDetailsFragment = { name: string, cron: string, timeZone: string, durationSeconds: number, nextStartsAt: string | null, endedAt: string | null, game: { slug: string }, leaderboard: { slug: string }, tournaments: { edges: Array<{ node: { id: string, name: string, state: TournamentState, startsAt: string, endsAt: string, settledAt: string | null, registrationOpensAt: string | null, registrationClosesAt: string | null, joinRequired: boolean, maxAttempts: number | null, series: { name: string } | null } }> } };

export type EndTournamentSeriesMutationVariables = Exact<{
  series: string | number;
}>;


export type EndTournamentSeriesMutation = { endTournamentSeries:
    | { __typename: 'NotFoundError', code: string }
    | { __typename: 'TournamentSeries', name: string, cron: string, timeZone: string, durationSeconds: number, nextStartsAt: string | null, endedAt: string | null, game: { slug: string }, leaderboard: { slug: string }, tournaments: { edges: Array<{ node: { id: string, name: string, state: TournamentState, startsAt: string, endsAt: string, settledAt: string | null, registrationOpensAt: string | null, registrationClosesAt: string | null, joinRequired: boolean, maxAttempts: number | null, series: { name: string } | null } }> } }
   };

export type SeriesOfGameQueryVariables = Exact<{
  game: string;
}>;


export type SeriesOfGameQuery = { tournamentSeries: { edges: Array<{ node: { id: string, name: string } }> } };

export type SeriesByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type SeriesByIdQuery = { node:
    | { name: string, cron: string, timeZone: string, durationSeconds: number, nextStartsAt: string | null, endedAt: string | null, game: { slug: string }, leaderboard: { slug: string }, tournaments: { edges: Array<{ node: { id: string, name: string, state: TournamentState, startsAt: string, endsAt: string, settledAt: string | null, registrationOpensAt: string | null, registrationClosesAt: string | null, joinRequired: boolean, maxAttempts: number | null, series: { name: string } | null } }> } }
    | Record<PropertyKey, never>
   | null };

export type StandingIdsQueryVariables = Exact<{
  slug: string;
  player: string | number;
  tournament: string | number;
}>;


export type StandingIdsQuery = { leaderboard: { allTime: { edges: Array<{ node: { id: string } }> }, daily: { edges: Array<{ node: { id: string } }> }, standing: { id: string } | null } | null, player: { standings: Array<{ id: string }> } | null, tournament: { standings: { edges: Array<{ node: { id: string } }> }, previewPrizes: { edges: Array<{ node: { standing: { id: string } } }> } } | null };

export type StandingIdHeardSubscriptionVariables = Exact<{
  slug: string;
}>;


export type StandingIdHeardSubscription = { leaderboardChanged: { standings: Array<{ id: string }> } };

export type OwnStandingIdHeardSubscriptionVariables = Exact<{
  slug: string;
}>;


export type OwnStandingIdHeardSubscription = { standingChanged: { id: string } | null };

export type CreateTournamentMutationVariables = Exact<{
  input: CreateTournamentInput;
}>;


export type CreateTournamentMutation = { createTournament:
    | { __typename: 'ConflictError', code: string, message: string }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'Tournament', id: string, name: string, state: TournamentState, startsAt: string, endsAt: string, endedAt: string | null, registrationOpensAt: string | null, registrationClosesAt: string | null, settledAt: string | null, cancelledAt: string | null, joinRequired: boolean, capacity: number | null, maxAttempts: number | null, minScore: number | null, graceSeconds: number, claimExpiresAfterSeconds: number | null, metadata: unknown, entrants: number, checksum: string | null, game: { slug: string }, leaderboard: { slug: string }, prizeTable: Array<{ fromRank: number, toRank: number, coins: number, gems: number }>, percentPrizes: Array<{ fromPercent: number, toPercent: number, coins: number, gems: number }>, participationPrize: { coins: number, gems: number } | null }
    | { __typename: 'ValidationError', code: string, message: string }
   };

export type TournamentDetailsFragment = { id: string, name: string, state: TournamentState, startsAt: string, endsAt: string, endedAt: string | null, registrationOpensAt: string | null, registrationClosesAt: string | null, settledAt: string | null, cancelledAt: string | null, joinRequired: boolean, capacity: number | null, maxAttempts: number | null, minScore: number | null, graceSeconds: number, claimExpiresAfterSeconds: number | null, metadata: unknown, entrants: number, checksum: string | null, game: { slug: string }, leaderboard: { slug: string }, prizeTable: Array<{ fromRank: number, toRank: number, coins: number, gems: number }>, percentPrizes: Array<{ fromPercent: number, toPercent: number, coins: number, gems: number }>, participationPrize: { coins: number, gems: number } | null };

export type UpdateTournamentMutationVariables = Exact<{
  input: UpdateTournamentInput;
}>;


export type UpdateTournamentMutation = { updateTournament:
    | { __typename: 'ConflictError', code: string, message: string }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'Tournament', id: string, name: string, state: TournamentState, startsAt: string, endsAt: string, endedAt: string | null, registrationOpensAt: string | null, registrationClosesAt: string | null, settledAt: string | null, cancelledAt: string | null, joinRequired: boolean, capacity: number | null, maxAttempts: number | null, minScore: number | null, graceSeconds: number, claimExpiresAfterSeconds: number | null, metadata: unknown, entrants: number, checksum: string | null, game: { slug: string }, leaderboard: { slug: string }, prizeTable: Array<{ fromRank: number, toRank: number, coins: number, gems: number }>, percentPrizes: Array<{ fromPercent: number, toPercent: number, coins: number, gems: number }>, participationPrize: { coins: number, gems: number } | null }
    | { __typename: 'TournamentStateError', code: string, message: string, state: TournamentState }
    | { __typename: 'ValidationError', code: string, message: string }
   };

export type EndTournamentMutationVariables = Exact<{
  tournament: string | number;
}>;


export type EndTournamentMutation = { endTournament:
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'Tournament', state: TournamentState, endedAt: string | null }
    | { __typename: 'TournamentStateError', code: string, message: string }
   };

export type CancelTournamentMutationVariables = Exact<{
  tournament: string | number;
}>;


export type CancelTournamentMutation = { cancelTournament:
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'Tournament', state: TournamentState, cancelledAt: string | null }
    | { __typename: 'TournamentStateError', code: string, message: string }
   };

export type JoinTournamentMutationVariables = Exact<{
  tournament: string | number;
}>;


export type JoinTournamentMutation = { joinTournament:
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'TournamentClosedError', code: string, message: string, state: TournamentState }
    | { __typename: 'TournamentEntry', attempts: number, bestScore: number | null, rank: number | null, joinedAt: string, player: { id: string } }
    | { __typename: 'TournamentFullError', code: string, message: string, capacity: number }
   };

export type TournamentByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type TournamentByIdQuery = { tournament: { id: string, name: string, state: TournamentState, startsAt: string, endsAt: string, endedAt: string | null, registrationOpensAt: string | null, registrationClosesAt: string | null, settledAt: string | null, cancelledAt: string | null, joinRequired: boolean, capacity: number | null, maxAttempts: number | null, minScore: number | null, graceSeconds: number, claimExpiresAfterSeconds: number | null, metadata: unknown, entrants: number, checksum: string | null, myEntry: { attempts: number, bestScore: number | null, rank: number | null, joinedAt: string, player: { id: string } } | null, game: { slug: string }, leaderboard: { slug: string }, prizeTable: Array<{ fromRank: number, toRank: number, coins: number, gems: number }>, percentPrizes: Array<{ fromPercent: number, toPercent: number, coins: number, gems: number }>, participationPrize: { coins: number, gems: number } | null } | null };

export type TournamentsQueryVariables = Exact<{
  game: string;
  states?: Array<TournamentState> | TournamentState | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TournamentsQuery = { tournaments: { pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, endCursor: string | null }, edges: Array<{ cursor: string, node: { name: string, state: TournamentState } }> } };

export type TournamentStandingsQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  around?: string | number | null | undefined;
}>;


export type TournamentStandingsQuery = { tournament: { standings: { totalCount: number, revision: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { score: number, percentile: number, cadence: Cadence, periodStartsAt: string | null, periodEndsAt: string | null, reachedAt: string, ordinal: number, competition: number, dense: number, player: { id: string }, leaderboard: { slug: string }, tournament: { id: string } | null } }> } } | null };

export type AttemptMutationVariables = Exact<{
  input: SubmitScoreInput;
}>;


export type AttemptMutation = { submitScore:
    | { __typename: 'AttemptLimitError', code: string, message: string }
    | { __typename: 'IdempotencyConflictError', code: string, message: string }
    | { __typename: 'NotEnteredError', code: string, message: string }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'PeriodOverError', code: string, message: string }
    | { __typename: 'ScoreOutOfRangeError', code: string, message: string }
    | { __typename: 'Submission', id: string, replayed: boolean, attempts: Array<{ number: number, tournament: { id: string } }> }
    | { __typename: 'TournamentClosedError', code: string, message: string }
    | { __typename: 'TournamentFullError', code: string, message: string }
    | { __typename: 'ValidationError', code: string, message: string }
   };

export type CreateWebhookMutationVariables = Exact<{
  input: CreateWebhookInput;
}>;


export type CreateWebhookMutation = { createWebhook:
    | { __typename: 'ConflictError', code: string, message: string }
    | { __typename: 'CreatedWebhook', secret: string, webhook: { id: string, url: string, events: Array<WebhookEventType> } }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'ValidationError', code: string, message: string, path: string }
   };

export type DeleteWebhookMutationVariables = Exact<{
  webhook: string | number;
}>;


export type DeleteWebhookMutation = { deleteWebhook:
    | { __typename: 'DeletedWebhook', id: string }
    | { __typename: 'NotFoundError', code: string }
   };

export type RetryWebhookMutationVariables = Exact<{
  id: string | number;
}>;


export type RetryWebhookMutation = { retryWebhook:
    | { __typename: 'NotFoundError', code: string }
    | { __typename: 'WebhookFailure', id: string, eventId: string }
   };

export type WebhooksQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhooksQuery = { games: Array<{ slug: string, webhooks: Array<{ id: string, url: string, events: Array<WebhookEventType> }>, failedWebhooks: Array<{ id: string, eventId: string, type: WebhookEventType, url: string, reason: string, failedAt: string }> }> };

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
export const OneStateRowFragmentDoc = new TypedDocumentString(`
    fragment OneStateRow on Standing {
  rank
  score
  player {
    id
  }
}
    `, {"fragmentName":"OneStateRow"}) as unknown as TypedDocumentString<OneStateRowFragment, unknown>;
export const OneStatePageFragmentDoc = new TypedDocumentString(`
    fragment OneStatePage on StandingConnection {
  revision
  edges {
    node {
      ...OneStateRow
    }
  }
}
    fragment OneStateRow on Standing {
  rank
  score
  player {
    id
  }
}`, {"fragmentName":"OneStatePage"}) as unknown as TypedDocumentString<OneStatePageFragment, unknown>;
export const PrizeCountsFragmentDoc = new TypedDocumentString(`
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
    `, {"fragmentName":"PrizeCounts"}) as unknown as TypedDocumentString<PrizeCountsFragment, unknown>;
export const SeriesDetailsFragmentDoc = new TypedDocumentString(`
    fragment SeriesDetails on TournamentSeries {
  name
  cron
  timeZone
  durationSeconds
  nextStartsAt
  endedAt
  game {
    slug
  }
  leaderboard {
    slug
  }
  tournaments(first: 50) {
    edges {
      node {
        id
        name
        state
        startsAt
        endsAt
        settledAt
        registrationOpensAt
        registrationClosesAt
        joinRequired
        maxAttempts
        series {
          name
        }
      }
    }
  }
}
    `, {"fragmentName":"SeriesDetails"}) as unknown as TypedDocumentString<SeriesDetailsFragment, unknown>;
export const TournamentDetailsFragmentDoc = new TypedDocumentString(`
    fragment TournamentDetails on Tournament {
  id
  game {
    slug
  }
  leaderboard {
    slug
  }
  name
  state
  startsAt
  endsAt
  endedAt
  registrationOpensAt
  registrationClosesAt
  settledAt
  cancelledAt
  joinRequired
  capacity
  maxAttempts
  minScore
  graceSeconds
  claimExpiresAfterSeconds
  metadata
  entrants
  checksum
  prizeTable {
    fromRank
    toRank
    coins
    gems
  }
  percentPrizes {
    fromPercent
    toPercent
    coins
    gems
  }
  participationPrize {
    coins
    gems
  }
}
    `, {"fragmentName":"TournamentDetails"}) as unknown as TypedDocumentString<TournamentDetailsFragment, unknown>;
export const ScoreRulesDocument = new TypedDocumentString(`
    query ScoreRules($game: String!, $slug: String!) {
  leaderboard(game: $game, slug: $slug) {
    scoreRules {
      eventType
      filter
      value
    }
  }
}
    `) as unknown as TypedDocumentString<ScoreRulesQuery, ScoreRulesQueryVariables>;
export const ChangeRulesDocument = new TypedDocumentString(`
    mutation ChangeRules($input: UpdateLeaderboardInput!) {
  updateLeaderboard(input: $input) {
    __typename
    ... on Error {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ChangeRulesMutation, ChangeRulesMutationVariables>;
export const CreateEventTypeDocument = new TypedDocumentString(`
    mutation CreateEventType($input: CreateEventTypeInput!) {
  createEventType(input: $input) {
    __typename
    ... on EventType {
      name
      aliases
      schema
    }
    ... on Error {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateEventTypeMutation, CreateEventTypeMutationVariables>;
export const EventTypesDocument = new TypedDocumentString(`
    query EventTypes {
  games {
    slug
    eventTypes {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<EventTypesQuery, EventTypesQueryVariables>;
export const PlayerEventStatsDocument = new TypedDocumentString(`
    query PlayerEventStats($id: ID!, $game: String) {
  player(id: $id) {
    stats(game: $game) {
      scores
      totalEvents
      eventBreakdown
      firstSeenAt
      lastSeenAt
    }
  }
}
    `) as unknown as TypedDocumentString<PlayerEventStatsQuery, PlayerEventStatsQueryVariables>;
export const ChangeGraceDocument = new TypedDocumentString(`
    mutation ChangeGrace($input: UpdateLeaderboardInput!) {
  updateLeaderboard(input: $input) {
    __typename
    ... on Leaderboard {
      graceSeconds
    }
    ... on ValidationError {
      path
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ChangeGraceMutation, ChangeGraceMutationVariables>;
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
export const IngestEventsDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<IngestEventsMutation, IngestEventsMutationVariables>;
export const EventByIdDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<EventByIdQuery, EventByIdQueryVariables>;
export const PlayerEventsDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<PlayerEventsQuery, PlayerEventsQueryVariables>;
export const DeadLettersDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<DeadLettersQuery, DeadLettersQueryVariables>;
export const ReplayDeadLettersDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<ReplayDeadLettersMutation, ReplayDeadLettersMutationVariables>;
export const EventStatsDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<EventStatsQuery, EventStatsQueryVariables>;
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
export const TournamentChangedDocument = new TypedDocumentString(`
    subscription TournamentChanged($id: ID!) {
  tournamentChanged(id: $id) {
    ...TournamentDetails
    myEntry {
      attempts
      bestScore
    }
    standings(first: 3) {
      totalCount
      edges {
        node {
          rank
          score
        }
      }
    }
  }
}
    fragment TournamentDetails on Tournament {
  id
  game {
    slug
  }
  leaderboard {
    slug
  }
  name
  state
  startsAt
  endsAt
  endedAt
  registrationOpensAt
  registrationClosesAt
  settledAt
  cancelledAt
  joinRequired
  capacity
  maxAttempts
  minScore
  graceSeconds
  claimExpiresAfterSeconds
  metadata
  entrants
  checksum
  prizeTable {
    fromRank
    toRank
    coins
    gems
  }
  percentPrizes {
    fromPercent
    toPercent
    coins
    gems
  }
  participationPrize {
    coins
    gems
  }
}`) as unknown as TypedDocumentString<TournamentChangedSubscription, TournamentChangedSubscriptionVariables>;
export const PrizeAwardedDocument = new TypedDocumentString(`
    subscription PrizeAwarded {
  prizeAwarded {
    id
    rank
    coins
    gems
    state
    player {
      id
    }
    tournament {
      id
      state
    }
  }
}
    `) as unknown as TypedDocumentString<PrizeAwardedSubscription, PrizeAwardedSubscriptionVariables>;
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
export const BoardTogetherDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<BoardTogetherQuery, BoardTogetherQueryVariables>;
export const BoardApartDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<BoardApartQuery, BoardApartQueryVariables>;
export const SubmitAndReadDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<SubmitAndReadMutation, SubmitAndReadMutationVariables>;
export const EventAndBoardDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<EventAndBoardSubscription, EventAndBoardSubscriptionVariables>;
export const PlayedScoresDocument = new TypedDocumentString(`
    mutation PlayedScores($input: [ServerScoreInput!]!) {
  submitScores(input: $input) {
    __typename
    ... on Submission {
      id
      submittedAt
      playedAt
      outcome
      replayed
      standings {
        cadence
        rank
        score
        reachedAt
        periodStartsAt
      }
      attempts {
        number
        tournament {
          id
        }
      }
    }
    ... on Error {
      code
      message
    }
    ... on ValidationError {
      path
    }
    ... on PeriodOverError {
      acceptedUntil
    }
    ... on TournamentClosedError {
      state
    }
  }
}
    `) as unknown as TypedDocumentString<PlayedScoresMutation, PlayedScoresMutationVariables>;
export const ClaimPrizeDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<ClaimPrizeMutation, ClaimPrizeMutationVariables>;
export const PreviewPrizesDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<PreviewPrizesQuery, PreviewPrizesQueryVariables>;
export const MyPrizesDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<MyPrizesQuery, MyPrizesQueryVariables>;
export const TournamentPrizesDocument = new TypedDocumentString(`
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
}`) as unknown as TypedDocumentString<TournamentPrizesQuery, TournamentPrizesQueryVariables>;
export const AllPrizeStatisticsDocument = new TypedDocumentString(`
    query AllPrizeStatistics($game: String) {
  prizeStatistics(game: $game) {
    ...PrizeCounts
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
}`) as unknown as TypedDocumentString<AllPrizeStatisticsQuery, AllPrizeStatisticsQueryVariables>;
export const PlayerResultsDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<PlayerResultsQuery, PlayerResultsQueryVariables>;
export const PrizeNodeDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<PrizeNodeQuery, PrizeNodeQueryVariables>;
export const CreateTournamentSeriesDocument = new TypedDocumentString(`
    mutation CreateTournamentSeries($input: CreateTournamentSeriesInput!) {
  createTournamentSeries(input: $input) {
    __typename
    ... on TournamentSeries {
      id
      ...SeriesDetails
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
    fragment SeriesDetails on TournamentSeries {
  name
  cron
  timeZone
  durationSeconds
  nextStartsAt
  endedAt
  game {
    slug
  }
  leaderboard {
    slug
  }
  tournaments(first: 50) {
    edges {
      node {
        id
        name
        state
        startsAt
        endsAt
        settledAt
        registrationOpensAt
        registrationClosesAt
        joinRequired
        maxAttempts
        series {
          name
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<CreateTournamentSeriesMutation, CreateTournamentSeriesMutationVariables>;
export const EndTournamentSeriesDocument = new TypedDocumentString(`
    mutation EndTournamentSeries($series: ID!) {
  endTournamentSeries(series: $series) {
    __typename
    ... on TournamentSeries {
      ...SeriesDetails
    }
    ... on Error {
      code
    }
  }
}
    fragment SeriesDetails on TournamentSeries {
  name
  cron
  timeZone
  durationSeconds
  nextStartsAt
  endedAt
  game {
    slug
  }
  leaderboard {
    slug
  }
  tournaments(first: 50) {
    edges {
      node {
        id
        name
        state
        startsAt
        endsAt
        settledAt
        registrationOpensAt
        registrationClosesAt
        joinRequired
        maxAttempts
        series {
          name
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<EndTournamentSeriesMutation, EndTournamentSeriesMutationVariables>;
export const SeriesOfGameDocument = new TypedDocumentString(`
    query SeriesOfGame($game: String!) {
  tournamentSeries(game: $game) {
    edges {
      node {
        id
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SeriesOfGameQuery, SeriesOfGameQueryVariables>;
export const SeriesByIdDocument = new TypedDocumentString(`
    query SeriesById($id: ID!) {
  node(id: $id) {
    ... on TournamentSeries {
      ...SeriesDetails
    }
  }
}
    fragment SeriesDetails on TournamentSeries {
  name
  cron
  timeZone
  durationSeconds
  nextStartsAt
  endedAt
  game {
    slug
  }
  leaderboard {
    slug
  }
  tournaments(first: 50) {
    edges {
      node {
        id
        name
        state
        startsAt
        endsAt
        settledAt
        registrationOpensAt
        registrationClosesAt
        joinRequired
        maxAttempts
        series {
          name
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<SeriesByIdQuery, SeriesByIdQueryVariables>;
export const StandingIdsDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<StandingIdsQuery, StandingIdsQueryVariables>;
export const StandingIdHeardDocument = new TypedDocumentString(`
    subscription StandingIdHeard($slug: String!) {
  leaderboardChanged(game: "g", slug: $slug) {
    standings {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<StandingIdHeardSubscription, StandingIdHeardSubscriptionVariables>;
export const OwnStandingIdHeardDocument = new TypedDocumentString(`
    subscription OwnStandingIdHeard($slug: String!) {
  standingChanged(game: "g", slug: $slug) {
    id
  }
}
    `) as unknown as TypedDocumentString<OwnStandingIdHeardSubscription, OwnStandingIdHeardSubscriptionVariables>;
export const CreateTournamentDocument = new TypedDocumentString(`
    mutation CreateTournament($input: CreateTournamentInput!) {
  createTournament(input: $input) {
    __typename
    ... on Tournament {
      ...TournamentDetails
    }
    ... on Error {
      code
      message
    }
  }
}
    fragment TournamentDetails on Tournament {
  id
  game {
    slug
  }
  leaderboard {
    slug
  }
  name
  state
  startsAt
  endsAt
  endedAt
  registrationOpensAt
  registrationClosesAt
  settledAt
  cancelledAt
  joinRequired
  capacity
  maxAttempts
  minScore
  graceSeconds
  claimExpiresAfterSeconds
  metadata
  entrants
  checksum
  prizeTable {
    fromRank
    toRank
    coins
    gems
  }
  percentPrizes {
    fromPercent
    toPercent
    coins
    gems
  }
  participationPrize {
    coins
    gems
  }
}`) as unknown as TypedDocumentString<CreateTournamentMutation, CreateTournamentMutationVariables>;
export const UpdateTournamentDocument = new TypedDocumentString(`
    mutation UpdateTournament($input: UpdateTournamentInput!) {
  updateTournament(input: $input) {
    __typename
    ... on Tournament {
      ...TournamentDetails
    }
    ... on Error {
      code
      message
    }
    ... on TournamentStateError {
      state
    }
  }
}
    fragment TournamentDetails on Tournament {
  id
  game {
    slug
  }
  leaderboard {
    slug
  }
  name
  state
  startsAt
  endsAt
  endedAt
  registrationOpensAt
  registrationClosesAt
  settledAt
  cancelledAt
  joinRequired
  capacity
  maxAttempts
  minScore
  graceSeconds
  claimExpiresAfterSeconds
  metadata
  entrants
  checksum
  prizeTable {
    fromRank
    toRank
    coins
    gems
  }
  percentPrizes {
    fromPercent
    toPercent
    coins
    gems
  }
  participationPrize {
    coins
    gems
  }
}`) as unknown as TypedDocumentString<UpdateTournamentMutation, UpdateTournamentMutationVariables>;
export const EndTournamentDocument = new TypedDocumentString(`
    mutation EndTournament($tournament: ID!) {
  endTournament(tournament: $tournament) {
    __typename
    ... on Tournament {
      state
      endedAt
    }
    ... on Error {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<EndTournamentMutation, EndTournamentMutationVariables>;
export const CancelTournamentDocument = new TypedDocumentString(`
    mutation CancelTournament($tournament: ID!) {
  cancelTournament(tournament: $tournament) {
    __typename
    ... on Tournament {
      state
      cancelledAt
    }
    ... on Error {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CancelTournamentMutation, CancelTournamentMutationVariables>;
export const JoinTournamentDocument = new TypedDocumentString(`
    mutation JoinTournament($tournament: ID!) {
  joinTournament(tournament: $tournament) {
    __typename
    ... on TournamentEntry {
      player {
        id
      }
      attempts
      bestScore
      rank
      joinedAt
    }
    ... on Error {
      code
      message
    }
    ... on TournamentFullError {
      capacity
    }
    ... on TournamentClosedError {
      state
    }
  }
}
    `) as unknown as TypedDocumentString<JoinTournamentMutation, JoinTournamentMutationVariables>;
export const TournamentByIdDocument = new TypedDocumentString(`
    query TournamentById($id: ID!) {
  tournament(id: $id) {
    ...TournamentDetails
    myEntry {
      player {
        id
      }
      attempts
      bestScore
      rank
      joinedAt
    }
  }
}
    fragment TournamentDetails on Tournament {
  id
  game {
    slug
  }
  leaderboard {
    slug
  }
  name
  state
  startsAt
  endsAt
  endedAt
  registrationOpensAt
  registrationClosesAt
  settledAt
  cancelledAt
  joinRequired
  capacity
  maxAttempts
  minScore
  graceSeconds
  claimExpiresAfterSeconds
  metadata
  entrants
  checksum
  prizeTable {
    fromRank
    toRank
    coins
    gems
  }
  percentPrizes {
    fromPercent
    toPercent
    coins
    gems
  }
  participationPrize {
    coins
    gems
  }
}`) as unknown as TypedDocumentString<TournamentByIdQuery, TournamentByIdQueryVariables>;
export const TournamentsDocument = new TypedDocumentString(`
    query Tournaments($game: String!, $states: [TournamentState!], $first: Int, $after: String) {
  tournaments(game: $game, states: $states, first: $first, after: $after) {
    pageInfo {
      hasNextPage
      hasPreviousPage
      endCursor
    }
    edges {
      cursor
      node {
        name
        state
      }
    }
  }
}
    `) as unknown as TypedDocumentString<TournamentsQuery, TournamentsQueryVariables>;
export const TournamentStandingsDocument = new TypedDocumentString(`
    query TournamentStandings($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $around: ID) {
  tournament(id: $id) {
    standings(
      first: $first
      after: $after
      last: $last
      before: $before
      around: $around
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
          ordinal: rank
          competition: rank(style: COMPETITION)
          dense: rank(style: DENSE)
          percentile
          cadence
          periodStartsAt
          periodEndsAt
          reachedAt
          player {
            id
          }
          leaderboard {
            slug
          }
          tournament {
            id
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<TournamentStandingsQuery, TournamentStandingsQueryVariables>;
export const AttemptDocument = new TypedDocumentString(`
    mutation Attempt($input: SubmitScoreInput!) {
  submitScore(input: $input) {
    __typename
    ... on Submission {
      id
      replayed
      attempts {
        number
        tournament {
          id
        }
      }
    }
    ... on Error {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AttemptMutation, AttemptMutationVariables>;
export const CreateWebhookDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<CreateWebhookMutation, CreateWebhookMutationVariables>;
export const DeleteWebhookDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<DeleteWebhookMutation, DeleteWebhookMutationVariables>;
export const RetryWebhookDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<RetryWebhookMutation, RetryWebhookMutationVariables>;
export const WebhooksDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<WebhooksQuery, WebhooksQueryVariables>;