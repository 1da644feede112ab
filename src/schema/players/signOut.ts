import { type SignedOut, signOut } from '../../resolvers/players/signOut.ts';
import { builder } from '../builder.ts';

const signedOutRef = builder.objectRef<SignedOut>('SignedOut').implement({
  description: 'What a sign-out has ended.',
  fields: (t) => ({
    sessions: t.exposeInt('sessions', {
      description: 'How many sessions were ended by this call. 0 when they had ended before.',
    }),
  }),
});

const signOutResult = builder.errorUnion('SignOutResult', {
  types: [signedOutRef],
  description: 'How many sessions were ended.',
  resolveType: () => 'SignedOut',
});

builder.mutationField('signOut', (t) =>
  t.field({
    type: signOutResult,
    description:
      'Ends the viewer’s session: its token is refused from now on and its streams are completed, at once on this ' +
      'server and within five seconds on all. A retry may find the token refused, which says the same. A token that ' +
      'was made by an operator has no session and stays good until it expires.',
    authScopes: { player: true },
    args: {
      everywhere: t.arg.boolean({
        defaultValue: false,
        description: 'Ends all sessions of the viewer, on all devices.',
      }),
    },
    resolve: (_root, { everywhere }, ctx) => signOut({ everywhere: everywhere ?? false }, ctx),
  }),
);
