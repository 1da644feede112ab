import { badInput } from '../domain/errors.ts';
import { isId } from '../domain/id.ts';

const NODE_TYPES = ['Event', 'Game', 'Leaderboard', 'Player', 'Prize', 'Submission', 'Tournament', 'TournamentSeries'];
/** Ids of things that are no nodes: `node` does not take them. */
const OTHER_TYPES = ['DeadLetter', 'Standing', 'Webhook', 'WebhookFailure'] as const;

/** The `id` of such a thing. */
export function formatId(typename: 'Event' | (typeof OTHER_TYPES)[number], id: string): string {
  return encode(typename, id);
}

/** The type and the database id that a GraphQL `id` names. Throws BAD_USER_INPUT for anything that is not one. */
export function decodeId(globalId: string): { typename: string; id: string } {
  const found = partsOf(globalId);
  if (!found || !NODE_TYPES.includes(found.typename)) throw badInput('The id is not one that this server gave out.');
  return found;
}

type TypeName =
  | 'Event'
  | 'Game'
  | 'Player'
  | 'Prize'
  | 'Tournament'
  | 'TournamentSeries'
  | (typeof OTHER_TYPES)[number];

/** The database id within a GraphQL `id` of this type. Null when it is not one. */
export function idOf(typename: TypeName, globalId: string): string | null {
  const found = partsOf(globalId);
  return found?.typename === typename && isId(found.id) ? found.id : null;
}

/** The same, for arguments where anything else is a mistake of the caller. */
export function requireId(typename: 'Player', globalId: string, argument: string): string {
  const id = idOf(typename, globalId);
  if (id === null) throw badInput(`${argument} must be the id of a ${typename}, as this server gave it out.`);
  return id;
}

function partsOf(globalId: string): { typename: string; id: string } | null {
  const [, typename, id] = /^(\w+):([^]+)$/.exec(Buffer.from(globalId, 'base64').toString()) ?? [];
  if (typename === undefined || id === undefined) return null;
  // Base64 is read in many spellings, and bytes that are no text as replacement characters.
  return encode(typename, id) === globalId ? { typename, id } : null;
}

function encode(typename: string, id: string): string {
  return Buffer.from(`${typename}:${id}`).toString('base64');
}
