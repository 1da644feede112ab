import { isDeepStrictEqual } from 'node:util';
import { ValidationError } from '../errors.ts';
import { stateOf, type Tournament, type TournamentRules, type TournamentState } from './tournament.ts';
import { TournamentStateError } from './tournamentErrors.ts';

/** What may still change, in each state: everything before the start, and always what has no bearing on anybody's rank. */
const CHANGEABLE: Record<TournamentState, 'all' | (keyof TournamentRules)[]> = {
  SCHEDULED: 'all',
  OPEN: ['name', 'metadata', 'endsAt'],
  ENDED: ['name', 'metadata'],
  SETTLED: ['name', 'metadata'],
  CANCELLED: ['name', 'metadata'],
};

/** What clients call the rules that have another name here. */
const INPUT_NAMES: Partial<Record<keyof TournamentRules, string>> = {
  payoutRule: 'The prizes',
  claimExpiresAfterS: 'claimExpiresAfterSeconds',
  graceS: 'graceSeconds',
};

/**
 * The tournament with these changes. Values that are already so change nothing, so a revision may be repeated. Throws
 * TournamentStateError for what may not change any more, and ValidationError for rules that contradict each other.
 */
export function reviseTournament(tournament: Tournament, changes: Partial<TournamentRules>): Tournament {
  const now = tournament.readAt;
  const state = stateOf(tournament, now);
  const revised = { ...tournament, ...changes };
  const names = Object.keys(changes) as (keyof TournamentRules)[];
  const changed = names.filter((name) => !isDeepStrictEqual(revised[name], tournament[name]));
  const changeable = CHANGEABLE[state];
  const fixed = changeable === 'all' ? undefined : changed.find((name) => !changeable.includes(name));
  if (fixed) {
    const name = INPUT_NAMES[fixed] ?? fixed;
    throw new TournamentStateError(`${name} cannot be changed any more: the tournament is ${state}.`, state);
  }
  requireConsistent(revised);
  if (changed.includes('endsAt')) requireFuture(revised.endsAt, now);
  if (changed.includes('capacity') && revised.capacity !== null && revised.capacity < tournament.entrants) {
    throw new ValidationError('input.capacity', `must not be below the ${tournament.entrants} who have entered`);
  }
  return revised;
}

/** Throws ValidationError unless each window starts before it ends. */
export function requireConsistent(rules: TournamentRules): void {
  const { startsAt, endsAt, registrationOpensAt, registrationClosesAt } = rules;
  if (endsAt <= startsAt) throw new ValidationError('input.endsAt', 'must be after startsAt');
  if (registrationOpensAt && registrationOpensAt >= endsAt) {
    throw new ValidationError('input.registrationOpensAt', 'must be before endsAt');
  }
  if (registrationOpensAt && registrationClosesAt && registrationClosesAt <= registrationOpensAt) {
    throw new ValidationError('input.registrationClosesAt', 'must be after registrationOpensAt');
  }
}

/** Throws ValidationError for an end that has passed. */
export function requireFuture(endsAt: Date, now: Date): void {
  if (endsAt <= now) throw new ValidationError('input.endsAt', 'must not have passed');
}

/** Ended by hand, now. One that is over already stays as it is. Throws TournamentStateError where there is nothing to end. */
export function endTournamentNow(tournament: Tournament): Tournament {
  const state = stateOf(tournament, tournament.readAt);
  if (state === 'SCHEDULED') {
    throw new TournamentStateError('The tournament has not started. Cancel it, or move its window.', state);
  }
  if (state === 'CANCELLED') throw new TournamentStateError('The tournament was cancelled.', state);
  return state === 'OPEN' ? { ...tournament, endedAt: tournament.readAt } : tournament;
}

/** Cancelled, now, without prizes. One that was cancelled stays as it is. Throws TournamentStateError after settlement. */
export function cancelTournamentNow(tournament: Tournament): Tournament {
  const state = stateOf(tournament, tournament.readAt);
  if (state === 'SETTLED') {
    throw new TournamentStateError('The tournament is settled: its prizes have been awarded.', state);
  }
  return state === 'CANCELLED' ? tournament : { ...tournament, cancelledAt: tournament.readAt };
}
