import { randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, expect, test, vi } from 'vitest';
import { createTokens } from '../../src/auth/tokens.ts';

const DAY_MS = 86_400_000;
const SECRET = 'a secret of more than 64 bytes, so that HS512 has no reason to refuse it either 0123456789';
const OTHER_SECRET = 'another secret of more than 64 bytes, equally good for any of the HMAC algorithms 9876543210';
const PLAYER = '3f2c1a60-9d5e-4b7a-8c11-2f6e0d9b4a77';

const tokens = createTokens({ secrets: [SECRET], issuer: 'laurel', audience: 'laurel' });

type Forgery = { header?: Record<string, string>; claims?: JWTPayload; secret?: string };

afterEach(() => {
  vi.useRealTimers();
});

test('a token speaks for the player that it was signed for', async () => {
  const { id, token, expiresAt } = await tokens.sign(PLAYER, ['player']);
  expect(await tokens.verify(token)).toEqual({
    subject: PLAYER,
    playerId: PLAYER,
    sessionId: id,
    roles: ['player'],
    expiresAt,
  });
});

test('game servers and admins are nobody’s account', async () => {
  const { token } = await tokens.sign('match-maker', ['server', 'admin']);
  expect(await tokens.verify(token)).toMatchObject({
    subject: 'match-maker',
    playerId: null,
    roles: ['server', 'admin'],
  });
});

test('no two tokens are the same', async () => {
  const [one, other] = await Promise.all([tokens.sign(PLAYER, ['player']), tokens.sign(PLAYER, ['player'])]);
  expect(one.token).not.toBe(other.token);
});

test('a token is good for a day and not longer', async () => {
  vi.useFakeTimers({ now: new Date('2026-11-21T12:00:00.900Z'), toFake: ['Date'] });
  const { token, expiresAt } = await tokens.sign(PLAYER, ['player']);
  expect(expiresAt).toEqual(new Date('2026-11-22T12:00:00Z'));
  vi.setSystemTime(expiresAt.getTime() - 1);
  expect(await tokens.verify(token)).toMatchObject({ playerId: PLAYER });
  vi.setSystemTime(expiresAt);
  await expectRefused(token);
});

test('the first secret signs and each verifies, so that a key can be replaced', async () => {
  const before = await tokens.sign(PLAYER, ['player']);
  const rotated = createTokens({ secrets: [OTHER_SECRET, SECRET], issuer: 'laurel', audience: 'laurel' });
  expect(await rotated.verify(before.token)).toMatchObject({ playerId: PLAYER });

  const after = await rotated.sign(PLAYER, ['player']);
  expect(await rotated.verify(after.token)).toMatchObject({ playerId: PLAYER });
  await expectRefused(after.token);
});

test('the claims that the forgeries below start from are good', async () => {
  expect(await tokens.verify(await forge({}))).toMatchObject({ playerId: PLAYER, roles: ['player'] });
});

test.each<[string, Forgery]>([
  ['signed with another secret', { secret: OTHER_SECRET }],
  ['signed with another algorithm under the same secret', { header: { alg: 'HS512' } }],
  ['of another type', { header: { typ: 'JWT' } }],
  ['of another issuer', { claims: { iss: 'elsewhere' } }],
  ['for another audience', { claims: { aud: 'elsewhere' } }],
  ['that is not valid yet', { claims: { nbf: seconds(DAY_MS) } }],
  ['that has expired', { claims: { exp: seconds(-1_000) } }],
  ['without an issuer', { claims: { iss: undefined } }],
  ['without an audience', { claims: { aud: undefined } }],
  ['without a subject', { claims: { sub: undefined } }],
  ['without an end', { claims: { exp: undefined } }],
  ['without a moment of issue', { claims: { iat: undefined } }],
  ['without an id', { claims: { jti: undefined } }],
  ['without roles', { claims: { roles: undefined } }],
  ['with an empty list of roles', { claims: { roles: [] } }],
  ['with roles that are not a list', { claims: { roles: 'player' } }],
  ['with an unknown role', { claims: { roles: ['player', 'root'] } }],
  ['for a player whose subject is not a player’s id', { claims: { sub: 'match-maker' } }],
  [
    'for a player and server whose subject is not a player’s id',
    { claims: { sub: 'match-maker', roles: ['server', 'player'] } },
  ],
  ['for a player whose id is spelled differently', { claims: { sub: PLAYER.toUpperCase() } }],
])('a token %s is refused, in the same words as any other', async (_what, forgery) => {
  await expectRefused(await forge(forgery));
});

test('a token without a signature is refused, in the same words as any other', async () => {
  const unsecured = new UnsecuredJWT(goodClaims()).encode();
  await expectRefused(unsecured);
  const [, payload] = unsecured.split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
  await expectRefused(`${header}.${payload}.`);
});

test('a token of which one part was changed is refused, in the same words as any other', async () => {
  const [header = '', payload = '', signature = ''] = (await forge({})).split('.');
  const promoted = Buffer.from(JSON.stringify({ ...goodClaims(), roles: ['admin'] })).toString('base64url');
  await expectRefused(`${header}.${promoted}.${signature}`);
  await expectRefused(`${header}.${payload}.${signature.slice(1)}`);
  await expectRefused(`${header}.${payload}.`);
  await expectRefused(`${header}.${payload}`);
});

test('a token that is spelled differently is refused, though its bytes are the same', async () => {
  const token = await forge({});
  expect(await tokens.verify(token)).toMatchObject({ playerId: PLAYER });
  const last = token.at(-1) ?? '';
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const unread = alphabet[alphabet.indexOf(last) ^ 1] ?? '';
  await expectRefused(`${token.slice(0, -1)}${unread}`);
  await expectRefused(`${token}=`);
  await expectRefused(`${token} `);
  await expectRefused(`${token.slice(0, 10)} ${token.slice(10)}`);
});

test('what is no token at all is refused, in the same words as any other', async () => {
  for (const text of ['', '.', '..', 'null', 'bearer', 'ä.ö.ü', '{}', 'a'.repeat(10_000)]) await expectRefused(text);
});

test('there are no tokens without a secret', () => {
  expect(() => createTokens({ secrets: [], issuer: 'laurel', audience: 'laurel' })).toThrow('no secret');
});

/** Signed like ours but for what the forgery says. */
async function forge({ header, claims, secret = SECRET }: Forgery): Promise<string> {
  return new SignJWT({ ...goodClaims(), ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...header })
    .sign(new TextEncoder().encode(secret));
}

function goodClaims(): JWTPayload {
  const times = { iat: seconds(0), exp: seconds(DAY_MS) };
  return { iss: 'laurel', aud: 'laurel', sub: PLAYER, jti: randomUUID(), roles: ['player'], ...times };
}

function seconds(fromNowMs: number): number {
  return Math.floor((Date.now() + fromNowMs) / 1_000);
}

async function expectRefused(token: string): Promise<void> {
  const error: unknown = await tokens.verify(token).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'UNAUTHENTICATED',
    message: 'The bearer token is missing, expired or not valid.',
  });
}

test('a token that was taken once is refused from the moment it ends', async () => {
  vi.useFakeTimers({ now: new Date('2026-11-21T12:00:00Z') });
  const { token, expiresAt } = await tokens.sign('admin', ['admin']);
  await tokens.verify(token);
  vi.setSystemTime(expiresAt.getTime() - 1);
  await expect(tokens.verify(token)).resolves.toMatchObject({ roles: ['admin'] });
  vi.setSystemTime(expiresAt);
  await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});
