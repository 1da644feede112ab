import { builder } from './builder.ts';

export const sortOrderRef = builder.enumType('SortOrder', {
  description: 'Which scores stand first.',
  values: {
    DESCENDING: { description: 'Higher is better: points.' },
    ASCENDING: { description: 'Lower is better: lap times.' },
  } as const,
});

export const scoreOperatorRef = builder.enumType('ScoreOperator', {
  description: 'What a new score does to the player’s entry.',
  values: {
    BEST: { description: 'Keeps the better score. An equal or worse one changes nothing.' },
    LATEST: {
      description: 'Keeps the score that was accepted last, better or worse. The same score again changes nothing.',
    },
    SUM: { description: 'Adds scores up. One that would carry the sum past ±(2^53-1) is refused.' },
  } as const,
});

export const cadenceRef = builder.enumType('Cadence', {
  description: 'How often a board starts anew. All periods are half-open and in UTC.',
  values: {
    ALL_TIME: { description: 'One period without bounds.' },
    DAILY: { description: 'From midnight to midnight.' },
    WEEKLY: { description: 'ISO weeks, Monday to Sunday.' },
    MONTHLY: { description: 'Calendar months.' },
  } as const,
});

export const rankStyleRef = builder.enumType('RankStyle', {
  description: 'How ties are numbered. Ranks count from 1.',
  values: {
    ORDINAL: { description: 'Unique, 1-2-3-4: of equal scores the one that was accepted first stands first.' },
    COMPETITION: { description: 'Equal scores share a rank and the next ones are skipped, 1-2-2-4.' },
    DENSE: { description: 'Equal scores share a rank and none is skipped, 1-2-2-3.' },
  } as const,
});

export const submissionOutcomeRef = builder.enumType('SubmissionOutcome', {
  description: 'What a submission did.',
  values: {
    IMPROVED: { description: 'The player’s entry changed in at least one period of the board.' },
    UNCHANGED: {
      description: 'Accepted and counted, but no entry changed: under BEST, for example, it was no better.',
    },
    QUARANTINED: {
      description:
        'Kept for review and shown on no board. Nothing is quarantined yet: no submission has it until then.',
    },
  } as const,
});

export const moveKindRef = builder.enumType('MoveKind', {
  description: 'How a player moved between two states of the top of a board.',
  values: {
    ENTERED: { description: 'Was not in the top before.' },
    LEFT: { description: 'Is not in the top any more.' },
    UP: { description: 'Stands higher, with or without a new score.' },
    DOWN: { description: 'Stands lower, with or without a new score.' },
    SCORED: { description: 'Has another score at the same rank.' },
  } as const,
});

export const tournamentStateRef = builder.enumType('TournamentState', {
  description: 'Where a tournament is in its life, by the database’s clock.',
  values: {
    SCHEDULED: { description: 'Has not started. Players may join already.' },
    OPEN: { description: 'Takes scores: from `startsAt` until just before `endsAt`.' },
    ENDED: { description: 'Over, and waiting for late arrivals before it is settled.' },
    SETTLED: { description: 'Standings are frozen and prizes awarded, for ever.' },
    CANCELLED: { description: 'Called off. Nobody is awarded anything.' },
  } as const,
});

export const prizeStateRef = builder.enumType('PrizeState', {
  description: 'What has become of a prize, by the database’s clock.',
  values: {
    PENDING: { description: 'Can be claimed.' },
    CLAIMED: { description: 'Is in the player’s wallet.' },
    EXPIRED: { description: 'Was not claimed in time.' },
  } as const,
});
