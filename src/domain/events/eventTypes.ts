import { ECONOMY } from './economy.ts';
import type { EventType } from './eventType.ts';
import { GAME_SESSION } from './gameSession.ts';
import { LIFECYCLE } from './lifecycle.ts';
import { nearestOf } from './nearestOf.ts';
import { PROGRESSION } from './progression.ts';
import { SCORING } from './scoring.ts';
import { SOCIAL } from './social.ts';

/** Every type that Laurel brings. A new one is added in the file of its group. */
export const EVENT_TYPES: readonly EventType[] = [
  ...LIFECYCLE,
  ...GAME_SESSION,
  ...ECONOMY,
  ...PROGRESSION,
  ...SOCIAL,
  ...SCORING,
];

const byName = new Map(
  EVENT_TYPES.flatMap((type) => [type.name, ...type.aliases].map((name) => [name, type] as const)),
);

/** By its name or an alias. Null when there is no such type. */
export function findEventType(name: string): EventType | null {
  return byName.get(name) ?? null;
}

/** The name that was probably meant; null when none is near. */
export function nearestEventType(name: string): string | null {
  const nearest = nearestOf(name, byName.keys());
  return nearest === null ? null : (byName.get(nearest)?.name ?? null);
}
