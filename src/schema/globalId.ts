import { decodeGlobalID } from '@pothos/plugin-relay';
import { badInput } from '../domain/errors.ts';
import { isId } from '../resolvers/loadNodes.ts';

/** The database id within a GraphQL `id` of this type. Null when it is not one. */
export function idOf(typename: 'Player', globalId: string): string | null {
  try {
    const { typename: found, id } = decodeGlobalID(globalId);
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
