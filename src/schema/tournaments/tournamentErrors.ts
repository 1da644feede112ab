import {
  AttemptLimitError,
  NotEnteredError,
  PrizeExpiredError,
  TournamentClosedError,
  TournamentFullError,
  TournamentStateError,
} from '../../domain/tournaments/tournamentErrors.ts';
import { builder } from '../builder.ts';
import { tournamentStateRef } from '../enums.ts';
import { errorRef } from '../errors.ts';

builder.objectType(TournamentFullError, {
  name: 'TournamentFullError',
  description: 'As many have entered the tournament as may. Nothing was written.',
  interfaces: [errorRef],
  fields: (t) => ({ capacity: t.exposeInt('capacity', { description: 'How many can enter.' }) }),
});

builder.objectType(TournamentClosedError, {
  name: 'TournamentClosedError',
  description: 'The tournament takes nobody in, or no attempts, at this moment. Nothing was written.',
  interfaces: [errorRef],
  fields: (t) => ({
    state: t.expose('state', { type: tournamentStateRef, description: 'The state that the tournament is in.' }),
  }),
});

builder.objectType(NotEnteredError, {
  name: 'NotEnteredError',
  description: 'The tournament has to be joined before an attempt counts in it. Nothing was written.',
  interfaces: [errorRef],
});

builder.objectType(AttemptLimitError, {
  name: 'AttemptLimitError',
  description: 'The player has used all attempts that the tournament allows. Nothing was written.',
  interfaces: [errorRef],
  fields: (t) => ({ maxAttempts: t.exposeInt('maxAttempts', { description: 'How many there are for each player.' }) }),
});

builder.objectType(TournamentStateError, {
  name: 'TournamentStateError',
  description: 'This cannot be done in the state that the tournament is in. Nothing was written.',
  interfaces: [errorRef],
  fields: (t) => ({
    state: t.expose('state', { type: tournamentStateRef, description: 'The state that the tournament is in.' }),
  }),
});

builder.objectType(PrizeExpiredError, {
  name: 'PrizeExpiredError',
  description: 'The prize was not claimed in time, by the database’s clock.',
  interfaces: [errorRef],
  fields: (t) => ({
    expiredAt: t.expose('expiredAt', { type: 'DateTime', description: 'The first moment at which it was too late.' }),
  }),
});
