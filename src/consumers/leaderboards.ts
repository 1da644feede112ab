import { listScoringBoards, type ScoringBoard } from '../db/leaderboards/scoreRules.ts';
import type { LoggedEvent } from '../domain/events/event.ts';
import { playMoment } from '../domain/events/playMoment.ts';
import { scoreOf } from '../domain/leaderboards/scoreRule.ts';
import type { NewSubmission } from '../domain/submissions/submission.ts';
import type { Submitter } from '../leaderboards/submit.ts';
import type { Projection } from './projection.ts';

/**
 * Submits the scores that the boards' rules find in events, and so counts them in the boards' tournaments. Not in the
 * transaction of the position: an event that is applied again is found by its idempotency key.
 */
export function createLeaderboardsProjection(submitter: Pick<Submitter, 'submit'>): Projection {
  return {
    name: 'leaderboards',
    handles: () => true,
    apply: async (tx, events) => {
      const boards = await listScoringBoards(tx, new Set(events.map(({ gameId }) => gameId)));
      const submissions = events.flatMap((event) => submissionsOf(event, boards));
      // Handed over in one turn, so that they are accepted in the order of the log. What a board
      // refuses is no failure: it would be refused again.
      await Promise.all(submissions.map((submission) => submitter.submit(submission)));
    },
  };
}

function submissionsOf(event: LoggedEvent, boards: ScoringBoard[]): NewSubmission[] {
  return boards.flatMap(({ board, rules }) => {
    const score = board.gameId === event.gameId ? scoreOf(rules, event) : null;
    const playedAt = playMoment(event, board.cadences);
    if (score === null || playedAt === null) return [];
    const { id, playerId } = event;
    return {
      playerId,
      leaderboardId: board.id,
      score,
      idempotencyKey: `event ${id} ${board.id}`,
      metadata: null,
      playedAt,
      // Whether it came too late has just been decided, by when it came: not by when it is applied.
      isImport: true,
    };
  });
}
