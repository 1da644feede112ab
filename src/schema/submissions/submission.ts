import type { Attempt } from '../../domain/submissions/attemptCounter.ts';
import {
  IdempotencyConflictError,
  NotFoundError,
  PeriodOverError,
  ScoreOutOfRangeError,
  ValidationError,
} from '../../domain/errors.ts';
import type { Submission, SubmissionAnswer } from '../../domain/submissions/submission.ts';
import {
  AttemptLimitError,
  NotEnteredError,
  TournamentClosedError,
  TournamentFullError,
} from '../../domain/tournaments/tournamentErrors.ts';
import { findVisibleSubmission } from '../../resolvers/loadNodes.ts';
import { submissionStandings } from '../../resolvers/submissions/submissionStandings.ts';
import { submitScore } from '../../resolvers/submissions/submitScore.ts';
import { submitScores } from '../../resolvers/submissions/submitScores.ts';
import { builder } from '../builder.ts';
import { EACH } from '../cost.ts';
import { countedAs } from '../counting.ts';
import { submissionOutcomeRef } from '../enums.ts';
import { idOf } from '../globalId.ts';
import { selectsDense } from '../leaderboards/selectsDense.ts';
import { standingRef } from '../leaderboards/standing.ts';
import { tournamentRef } from '../tournaments/tournament.ts';

const submissionRef = builder.objectRef<Submission | SubmissionAnswer>('Submission');

const attemptRef = builder.objectRef<Attempt>('Attempt').implement({
  description: 'A submission as a player’s attempt in a tournament.',
  fields: (t) => ({
    tournament: t.field({
      type: tournamentRef,
      description: 'Where it counted.',
      resolve: ({ tournamentId }) => tournamentId,
    }),
    number: t.exposeInt('number', { description: 'Which of the player’s attempts it was, from 1.' }),
  }),
});

builder.node(submissionRef, {
  description: 'An accepted score. Seen by its player, by game servers and by admins.',
  id: { resolve: ({ seq }) => String(seq) },
  loadOne: (id, ctx) => findVisibleSubmission(id, ctx),
  fields: (t) => ({
    score: t.expose('score', { type: 'SafeInt', description: 'The score as it was submitted.' }),
    submittedAt: t.expose('submittedAt', {
      type: 'DateTime',
      description: 'When it was accepted, by the database’s clock.',
    }),
    playedAt: t.expose('playedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the play ended, as a game server or an importer said. Null: at `submittedAt`.',
    }),
    outcome: t.expose('outcome', { type: submissionOutcomeRef, description: 'What it did.' }),
    replayed: t.boolean({
      description: 'True when this key was used before and the stored answer is given again.',
      resolve: (submission) => 'replayed' in submission && submission.replayed,
    }),
    standings: t.field({
      type: [standingRef],
      description:
        'The player’s standing in every period of the board that the play counts in, right after this submission. Ranks are read at the first ' +
        'asking and kept: a retry is told the same. Empty when the player was deleted in between, or only a tournament took it.',
      resolve: async (submission, _args, ctx, info) =>
        (await submissionStandings({ submission, dense: selectsDense(info) }, ctx)).standings,
    }),
    attempts: t.field({
      type: [attemptRef],
      description: 'In which tournaments it counted. Empty where in none.',
      resolve: ({ attempts }) => attempts,
    }),
    previousRank: t.int({
      nullable: true,
      description:
        'The ALL_TIME ordinal rank before this submission. Null for a first score, and for a board without ALL_TIME.',
      resolve: async (submission, _args, ctx) =>
        (await submissionStandings({ submission, dense: false }, ctx)).previousRank,
    }),
  }),
});

/** Undefined: none was named. Null: what was named is no tournament. */
function tournamentIdOf(id: string | null | undefined): string | null | undefined {
  return id == null ? undefined : idOf('Tournament', id);
}

const METADATA_OF_SCORE = 'Stored with the play and shown while it holds the player’s score. 1 KiB of JSON at most.';
const TOURNAMENT_OF_SCORE =
  'A tournament of this board: the score counts in it and in no other, or is refused. Without one it counts in every ' +
  'open tournament of the board that the player has entered, or that needs no joining and takes one more.';

const submitScoreInput = builder.inputType('SubmitScoreInput', {
  description: 'The viewer’s own score.',
  fields: (t) => ({
    game: t.string({ required: true, description: 'The game’s slug.' }),
    leaderboard: t.string({ required: true, description: 'The board’s slug.' }),
    score: t.field({ type: 'SafeInt', required: true, description: 'A whole number, exact.' }),
    idempotencyKey: t.string({
      required: true,
      description: 'Chosen by the client, unique per player, 1 to 128 characters. Send the same key to retry.',
    }),
    metadata: t.field({ type: 'JSON', description: METADATA_OF_SCORE }),
    tournament: t.id({ description: TOURNAMENT_OF_SCORE }),
  }),
});

const serverScoreInput = builder.inputType('ServerScoreInput', {
  description: 'A player’s score, from a trusted game server.',
  fields: (t) => ({
    player: t.id({ required: true, description: 'The player’s id.' }),
    game: t.string({ required: true, description: 'The game’s slug.' }),
    leaderboard: t.string({ required: true, description: 'The board’s slug.' }),
    score: t.field({ type: 'SafeInt', required: true, description: 'A whole number, exact.' }),
    idempotencyKey: t.string({
      required: true,
      description: 'Unique per player, 1 to 128 characters. Send the same key to retry.',
    }),
    metadata: t.field({ type: 'JSON', description: METADATA_OF_SCORE }),
    tournament: t.id({ description: TOURNAMENT_OF_SCORE }),
    playedAt: t.field({
      type: 'DateTime',
      description:
        'When the play ended; left out: now. It counts in the periods of that moment and in the tournaments that were open ' +
        'then, also when they have ended since, as long as the `graceSeconds` of each last: of the board for its periods, ' +
        'of a tournament for itself. Not in the future by the database’s clock, and not before the player’s last play on the board. From an admin it may be of ' +
        'any age from 1970 on and before other plays: it counts in the periods that it was played in, and in no other but ' +
        'ALL_TIME. Equal scores rank in the order of acceptance, and LATEST keeps what was accepted last: send what you ' +
        'import in the order of play.',
    }),
  }),
});

const submitScoreResult = builder.errorUnion('SubmitScoreResult', {
  types: [
    submissionRef,
    IdempotencyConflictError,
    ScoreOutOfRangeError,
    NotFoundError,
    ValidationError,
    PeriodOverError,
    TournamentClosedError,
    TournamentFullError,
    NotEnteredError,
    AttemptLimitError,
  ],
  description: 'The accepted submission, or why it was refused. A refusal stores nothing.',
  resolveType: () => 'Submission',
});

builder.mutationField('submitScore', (t) =>
  t.field({
    type: submitScoreResult,
    extensions: countedAs({ player: 'submit' }),
    description:
      'Submits the viewer’s score. Answered when it is durable. Retry with the same key until it is answered.',
    authScopes: { player: true },
    args: { input: t.arg({ type: submitScoreInput, required: true, description: 'The score.' }) },
    resolve: (_root, { input: { tournament, ...score } }, ctx) =>
      submitScore({ ...score, tournamentId: tournamentIdOf(tournament) }, ctx),
  }),
);

builder.mutationField('submitScores', (t) =>
  t.field({
    type: [submitScoreResult],
    description:
      'Up to 100 scores at once, for trusted game servers; a verdict for each, in order. Admins may import old ones: see ' +
      '`playedAt`.',
    authScopes: { server: true },
    args: { input: t.arg({ type: [serverScoreInput], extensions: EACH, required: true, description: 'The scores.' }) },
    resolve: (_root, { input }, ctx) =>
      submitScores(
        input.map(({ player, tournament, ...score }) => ({
          ...score,
          playerId: idOf('Player', player),
          tournamentId: tournamentIdOf(tournament),
        })),
        ctx,
      ),
  }),
);
