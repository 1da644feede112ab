import { ValidationError } from '../../domain/errors.ts';
import { type SignedIn, signInWithDevice } from '../../resolvers/players/signInWithDevice.ts';
import { builder } from '../builder.ts';
import { playerRef } from './player.ts';
import { describeName } from '../describeName.ts';

const signedInRef = builder.objectRef<SignedIn>('SignedIn').implement({
  description: 'A player and the token that speaks for them.',
  fields: (t) => ({
    token: t.exposeString('token', { description: 'Send it as `Authorization: Bearer …`.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the token ends, 24 hours from now.' }),
    player: t.field({ type: playerRef, description: 'Who signed in.', resolve: ({ player }) => player }),
  }),
});

const signInWithDeviceInput = builder.inputType('SignInWithDeviceInput', {
  description: 'Who signs in.',
  fields: (t) => ({
    deviceId: t.string({ required: true, description: '16 to 255 characters, unguessable; kept by the device.' }),
    nickname: t.string({ description: `Used when the player is created: ${describeName(32)}` }),
  }),
});

const signInResult = builder.errorUnion('SignInResult', {
  types: [signedInRef, ValidationError],
  description: 'The player’s token, or what is wrong with the input.',
  resolveType: () => 'SignedIn',
});

builder.mutationField('signInWithDevice', (t) =>
  t.field({
    type: signInResult,
    description: 'Signs a player in by device id, creating the player on first sight.',
    args: { input: t.arg({ type: signInWithDeviceInput, required: true, description: 'Who signs in.' }) },
    resolve: (_root, { input }, ctx) => signInWithDevice(input, ctx),
  }),
);
