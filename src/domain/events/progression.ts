import { defineEvent } from './eventType.ts';
import { count, flag, fromOne, numberUpTo, oneOf, text } from './fields.ts';

/** What players unlock and complete. */
export const PROGRESSION = [
  defineEvent('skin_unlocked', {
    skin_id: text,
    skin_name: text,
    unlock_method: oneOf('purchase', 'reward', 'achievement'),
    cost_coins: count.nullish(),
    cost_gems: count.nullish(),
  }),
  defineEvent('skin_equipped', { skin_id: text, skin_name: text, previous_skin_id: text.nullish() }),
  defineEvent(
    'achievement_unlocked',
    {
      achievement_id: text,
      achievement_name: text,
      achievement_tier: text,
      achievement_category: text,
      reward_coins: count,
      reward_gems: count,
    },
    { nestedFields: { achievement_id: text.nullish(), achievement: text.nullish(), score: count.nullish() } },
  ),
  defineEvent('mission_completed', {
    mission_id: text,
    mission_type: text,
    mission_difficulty: text,
    reward_coins: count,
    completion_time_seconds: count,
  }),
  defineEvent('daily_streak_claimed', {
    streak_day: numberUpTo(7, 1),
    coins_reward: count,
    gems_reward: count.nullish(),
    streak_reset: flag.nullish(),
  }),
  defineEvent('level_unlocked', {
    level_id: fromOne,
    zone_id: fromOne,
    level_name: text,
    unlock_method: oneOf('progression', 'purchase'),
  }),
];
