import { defineEvent } from './eventType.ts';
import { count, fromOne, text } from './fields.ts';

const fromServers = { isFromApp: false };

/** What game servers tell of a player's progress. `achievement_unlocked` is theirs, too. */
export const SCORING = [
  defineEvent('player_score', { score: count }, fromServers),
  defineEvent(
    'player_level_up',
    { level: fromOne, experience: count.nullish(), achievement: text.nullish() },
    fromServers,
  ),
  defineEvent('quest_completed', { quest_id: text.nullish(), score: count.nullish() }, fromServers),
  defineEvent('boss_defeated', { boss_id: text.nullish(), score: count.nullish() }, fromServers),
];
