import { expect, test } from 'vitest';
import type { Tournament, TournamentRules } from '../../../src/domain/tournaments/tournament.ts';
import {
  cancelTournamentNow,
  endTournamentNow,
  reviseTournament,
} from '../../../src/domain/tournaments/tournamentChange.ts';
import { aTournament, at } from '../samples.ts';

const inState: Record<string, Partial<Tournament>> = {
  SCHEDULED: { readAt: at(50) },
  OPEN: { readAt: at(150) },
  ENDED: { readAt: at(250) },
  SETTLED: { readAt: at(350), settledAt: at(300) },
  CANCELLED: { readAt: at(150), cancelledAt: at(120) },
};
const tournament = (state: string) => aTournament({ startsAt: at(100), endsAt: at(200), ...inState[state] });

const changes: Record<string, Partial<TournamentRules>> = {
  name: { name: 'Another' },
  metadata: { metadata: { colour: 'red' } },
  endsAt: { endsAt: at(1_000) },
  startsAt: { startsAt: at(120) },
  registrationOpensAt: { registrationOpensAt: at(10) },
  registrationClosesAt: { registrationClosesAt: at(110) },
  joinRequired: { joinRequired: true },
  capacity: { capacity: 5 },
  maxAttempts: { maxAttempts: 3 },
  minScore: { minScore: 1 },
  payoutRule: { payoutRule: { ranks: [], percentPrizes: [], participation: { coins: 1, gems: 0 } } },
  claimExpiresAfterS: { claimExpiresAfterS: 60 },
  graceS: { graceS: 0 },
};
const allowed: Record<string, string[]> = {
  SCHEDULED: Object.keys(changes),
  OPEN: ['name', 'metadata', 'endsAt'],
  ENDED: ['name', 'metadata'],
  SETTLED: ['name', 'metadata'],
  CANCELLED: ['name', 'metadata'],
};

const pairs = Object.keys(inState).flatMap((state) => Object.keys(changes).map((name) => [state, name] as const));
const isAllowed = ([state, name]: readonly [string, string]) => allowed[state]?.includes(name) ?? false;

test.for(pairs.filter(isAllowed))('in state %s, %s may change', ([state, name]) => {
  const revised = reviseTournament(tournament(state), changes[name] ?? {});
  expect(revised).toEqual({ ...tournament(state), ...changes[name] });
});

test.for(pairs.filter((pair) => !isAllowed(pair)))('in state %s, %s may not change', ([state, name]) => {
  const revise = () => reviseTournament(tournament(state), changes[name] ?? {});
  expect(revise).toThrow(expect.objectContaining({ code: 'TOURNAMENT_STATE', state }));
});

test.for([
  ['payoutRule', 'The prizes'],
  ['claimExpiresAfterS', 'claimExpiresAfterSeconds'],
  ['graceS', 'graceSeconds'],
  ['capacity', 'capacity'],
] as const)('that %s may not change is said in the words of the input', ([name, said]) => {
  const revise = () => reviseTournament(tournament('OPEN'), changes[name] ?? {});
  expect(revise).toThrow(`${said} cannot be changed any more: the tournament is OPEN.`);
});

test('values that are already so may be sent in any state', () => {
  const { startsAt, endsAt, payoutRule } = tournament('SETTLED');
  const same = { startsAt: new Date(startsAt), endsAt, payoutRule: structuredClone(payoutRule) };
  expect(reviseTournament(tournament('SETTLED'), same)).toEqual(tournament('SETTLED'));
});

test.for([
  ['an end that has passed', 'OPEN', { endsAt: at(150) }, /endsAt: must not have passed/],
  ['an end at the start', 'SCHEDULED', { endsAt: at(100) }, /endsAt: must be after startsAt/],
  ['a registration that opens at the end', 'SCHEDULED', { registrationOpensAt: at(200) }, /registrationOpensAt/],
  [
    'a registration that closes before it opens',
    'SCHEDULED',
    { registrationOpensAt: at(20), registrationClosesAt: at(10) },
    /registrationClosesAt/,
  ],
  ['fewer entries than there are', 'SCHEDULED', { capacity: 2 }, /capacity: must not be below the 3/],
] as const)('%s is refused', ([, state, change, message]) => {
  expect(() => reviseTournament({ ...tournament(state), entrants: 3 }, change)).toThrow(message);
});

test('an open tournament is ended at the moment of reading, and one that is over stays as it is', () => {
  expect(endTournamentNow(tournament('OPEN'))).toEqual({ ...tournament('OPEN'), endedAt: at(150) });
  expect(endTournamentNow(tournament('ENDED'))).toEqual(tournament('ENDED'));
  expect(endTournamentNow(tournament('SETTLED'))).toEqual(tournament('SETTLED'));
});

test.for(['SCHEDULED', 'CANCELLED'])('a tournament that is %s cannot be ended', (state) => {
  expect(() => endTournamentNow(tournament(state))).toThrow(expect.objectContaining({ code: 'TOURNAMENT_STATE' }));
});

test('a tournament can be cancelled until it is settled, and again', () => {
  for (const state of ['SCHEDULED', 'OPEN', 'ENDED']) {
    const before = tournament(state);
    expect(cancelTournamentNow(before)).toEqual({ ...before, cancelledAt: before.readAt });
  }
  expect(cancelTournamentNow(tournament('CANCELLED'))).toEqual(tournament('CANCELLED'));
  expect(() => cancelTournamentNow(tournament('SETTLED'))).toThrow(/prizes have been awarded/);
});
