import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../src/domain/canonicalJson.ts';
import { type NewSubmission, payloadHash } from '../../../src/domain/submissions/submission.ts';

const submission: NewSubmission = {
  playerId: 'player',
  leaderboardId: 'board',
  score: 10,
  idempotencyKey: 'key',
  metadata: { level: 3, path: ['a', 'b'] },
};

test('canonical JSON does not depend on the order of keys, at any depth', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(withKeysReversed(value))).toBe(canonicalJson(value));
    }),
  );
  expect(canonicalJson({ b: { d: 1, c: 2 }, a: 3 })).toBe('{"a":3,"b":{"c":2,"d":1}}');
});

test('canonical JSON means the same as the value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('canonical JSON keeps the order of lists', () => {
  expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
});

test('a payload hash is 64 hexadecimal digits', () => {
  expect(payloadHash(submission)).toMatch(/^[0-9a-f]{64}$/);
});

test('a payload hash differs when board, score, metadata, tournament or the end of the play differ', () => {
  const others: Partial<NewSubmission>[] = [
    { leaderboardId: 'other' },
    { score: 11 },
    { metadata: { level: 4, path: ['a', 'b'] } },
    { metadata: { level: 3, path: ['b', 'a'] } },
    { metadata: { level: '3', path: ['a', 'b'] } },
    { metadata: null },
    { tournamentId: 'cup' },
    { playedAt: new Date(0) },
    { playedAt: new Date(1) },
    { playedAt: new Date(0), tournamentId: 'cup' },
  ];
  const hashes = [submission, ...others.map((other) => ({ ...submission, ...other }))].map(payloadHash);
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('a payload that says no more than was once possible has the hash that it had then', () => {
  const stored = [
    [{}, 'e027241460b35671a2ddd5d9c68690728ee01b0436bbd77b73dae00a61a216d5'],
    [{ tournamentId: 'cup' }, 'ce471875ef7692a3d4a8dc544107bbf516378bc358fffee8826e2f8fb751296c'],
  ] as const;
  for (const [more, hash] of stored) {
    expect(payloadHash({ ...submission, ...more })).toBe(hash);
    expect(payloadHash({ ...submission, ...more, playedAt: null, isImport: true })).toBe(hash);
  }
});

test('another spelling of the same payload has the same hash', () => {
  const respelled = { ...submission, metadata: { path: ['a', 'b'], level: 3 } };
  expect(payloadHash(respelled)).toBe(payloadHash(submission));
  expect(payloadHash({ ...submission, metadata: undefined })).toBe(payloadHash({ ...submission, metadata: null }));
  expect(payloadHash({ ...submission, score: -0 })).toBe(payloadHash({ ...submission, score: 0 }));
});

function withKeysReversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKeysReversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, withKeysReversed(inner)]),
  );
}
