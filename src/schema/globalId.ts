import { badInput } from '../domain/errors.ts';
import { isId } from '../resolvers/loadNodes.ts';

const NODE_TYPES = ['Game', 'Leaderboard', 'Player', 'Prize', 'Submission', 'Tournament', 'TournamentSeries'];

/** The type and the database id that a GraphQL `id` names. Throws BAD_USER_INPUT for anything that is not one. */
export function decodeId(globalId: string): { typename: string; id: string } {
  const [, typename, id] = /^(\w+):([^]+)$/.exec(Buffer.from(globalId, 'base64').toString()) ?? [];
  if (typename === undefined || id === undefined || !NODE_TYPES.includes(typename)) {
    throw badInput('The id is not one that this server gave out.');
  }
  return { typename, id };
}

/** The database id within a GraphQL `id` of this type. Null when it is not one. */
export function idOf(
  typename: 'Player' | 'Prize' | 'Tournament' | 'TournamentSeries',
  globalId: string,
): string | null {
  try {
    const { typename: found, id } = decodeId(globalId);
    return found === typename && isId(id) ? id : null;
  } catch {
    return null;
  }
}

/** The same, for arguments where anything else is a mistake of the caller. */
export function requireId(typename: 'Player', globalId: string, argument: string): string {
  const id = idOf(typename, globalId);
  if (id === null) throw badInput(`${argument} must be the id of a ${typename}, as this server gave it out.`);
  return id;
}
