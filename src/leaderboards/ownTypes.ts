import { findOwnEventTypes, type OwnTypeName } from '../db/events/ownEventTypes.ts';
import type { Database } from '../db/open.ts';
import type { EventType } from '../domain/events/eventType.ts';
import { compileEventType } from '../domain/events/ownEventType.ts';

/** The types of events that games have declared, in the order of the names; null for what is none. */
export type OwnTypes = { find(names: OwnTypeName[]): Promise<(EventType | null)[]> };

const REMEMBERED_MAX = 1_000;

/** Remembers what it found: types never change. What does not exist is asked again, in one statement. */
export function createOwnTypes(database: Database): OwnTypes {
  const known = new Map<string, EventType>();
  const keyOf = ({ gameId, name }: OwnTypeName) => `${gameId} ${name}`;
  return {
    find: async (names) => {
      const unknown = new Map(names.filter((name) => !known.has(keyOf(name))).map((name) => [keyOf(name), name]));
      const found = unknown.size > 0 ? await findOwnEventTypes(database, [...unknown.values()]) : [];
      if (known.size + found.length > REMEMBERED_MAX) known.clear();
      for (const type of found) known.set(keyOf({ gameId: type.gameId, name: type.asked }), compileEventType(type));
      return names.map((name) => known.get(keyOf(name)) ?? null);
    },
  };
}
