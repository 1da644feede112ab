import { expect, test } from 'vitest';
import type { Role, Viewer } from '../../src/domain/players/viewer.ts';
import { createStreamCounter } from '../../src/http/streamCounter.ts';

const LIMITS = { player: 2, address: 3, addressTotal: 5, instance: 6 };
const HERE = '192.0.2.1';
const ELSEWHERE = '192.0.2.2';

const viewer = (playerId: string | null, ...roles: Role[]): Viewer => ({
  subject: playerId ?? 'game-server',
  playerId,
  sessionId: 'session',
  roles,
  expiresAt: new Date('2100-01-01'),
});
const ada = viewer('ada', 'player');
const bea = viewer('bea', 'player');

function times(count: number, open: () => () => void): (() => void)[] {
  return Array.from({ length: count }, open);
}

test('a player may have so many streams, whatever their addresses, and another one when one has ended', () => {
  const counter = createStreamCounter(LIMITS);
  const [end] = [counter.open(ada, HERE), counter.open(ada, ELSEWHERE)];
  expect(() => counter.open(ada, HERE)).toThrow(/^A player may have 2 streams open at once\./);
  counter.open(bea, HERE);
  end?.();
  counter.open(ada, HERE);
  expect(() => counter.open(ada, HERE)).toThrow(expect.objectContaining({ code: 'TOO_MANY_STREAMS' }));
});

test('an address may have so many without a token, players there not counted', () => {
  const counter = createStreamCounter(LIMITS);
  counter.open(ada, HERE);
  const [end] = times(3, () => counter.open(null, HERE));
  expect(() => counter.open(null, HERE)).toThrow(/^A client address may have 3 streams open at once without a token\./);
  counter.open(null, ELSEWHERE);
  end?.();
  counter.open(null, HERE);
  expect(() => counter.open(null, HERE)).toThrow(expect.objectContaining({ code: 'TOO_MANY_STREAMS' }));
});

test('an address may have so many in all, however many players sign in there', () => {
  const counter = createStreamCounter({ ...LIMITS, instance: 100 });
  const players = ['ada', 'bea', 'cat', 'dot'].map((id) => viewer(id, 'player'));
  const [end] = players.slice(0, 2).flatMap((player) => times(2, () => counter.open(player, HERE)));
  counter.open(null, HERE);
  const refused = { code: 'TOO_MANY_STREAMS', message: expect.stringMatching(/^A client address may have 5 streams/) };
  for (const one of [...players.slice(2), null]) {
    expect(() => counter.open(one, HERE)).toThrow(expect.objectContaining(refused));
    counter.open(one, ELSEWHERE);
  }
  counter.open(viewer(null, 'server'), HERE);
  end?.();
  counter.open(players[2] ?? null, HERE);
});

test.each(['server', 'admin'] as const)('only the instance limits a %s, also one who plays', (role) => {
  const counter = createStreamCounter(LIMITS);
  times(3, () => counter.open(viewer(null, role), HERE));
  const [end] = times(3, () => counter.open(viewer('ada', 'player', role), HERE));
  const refused = { code: 'OVERLOADED', message: expect.stringContaining('6') };
  expect(() => counter.open(viewer(null, role), HERE)).toThrow(expect.objectContaining(refused));
  expect(() => counter.open(null, HERE)).toThrow(expect.objectContaining(refused));
  end?.();
  counter.open(null, HERE);
});

test('the counts say whose streams are open, and nothing is counted that was refused or has ended', () => {
  const counter = createStreamCounter(LIMITS);
  const ends = [
    ...times(2, () => counter.open(ada, HERE)),
    ...times(3, () => counter.open(null, HERE)),
    counter.open(viewer(null, 'server'), HERE),
  ];
  for (const one of [ada, null, viewer(null, 'admin')]) expect(() => counter.open(one, HERE)).toThrow('streams open');
  expect(counter.counts()).toEqual({ players: 2, anonymous: 3, trusted: 1, max: 6 });
  for (const end of [...ends, ...ends]) end();
  expect(counter.counts()).toEqual({ players: 0, anonymous: 0, trusted: 0, max: 6 });
});

test('a limit of none lets nobody in', () => {
  const counter = createStreamCounter({ player: 5, address: 0, addressTotal: 10, instance: 10 });
  expect(() => counter.open(null, HERE)).toThrow(expect.objectContaining({ code: 'TOO_MANY_STREAMS' }));
  counter.open(ada, HERE);
});
