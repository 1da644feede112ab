import { defineEvent } from './eventType.ts';
import { count, flag, gameMode, hearts, fromOne, numberUpTo, oneOf, text, texts } from './fields.ts';

/** What happens in one run or level. */
export const GAME_SESSION = [
  defineEvent(
    'game_started',
    {
      game_mode: gameMode,
      selected_jet: text,
      selected_skin: text.nullish(),
      hearts_remaining: hearts,
      powerups_active: texts,
    },
    { aliases: ['game_start'] },
  ),
  defineEvent(
    'game_ended',
    {
      game_mode: gameMode,
      score: count,
      duration_seconds: count,
      obstacles_dodged: count,
      coins_collected: count,
      gems_collected: count,
      hearts_remaining: hearts,
      cause_of_death: text,
      max_combo: count,
      powerups_used: texts,
    },
    { aliases: ['game_end', 'game_over'] },
  ),
  defineEvent(
    'game_paused',
    { game_mode: gameMode, score_at_pause: count, time_played_seconds: count },
    { aliases: ['game_pause'] },
  ),
  defineEvent('game_resumed', { game_mode: gameMode, pause_duration_seconds: count }, { aliases: ['game_resume'] }),
  defineEvent('continue_used', {
    game_mode: gameMode,
    score_at_death: count,
    continue_type: oneOf('ad_watch', 'gem_purchase', 'coin_purchase'),
    cost_coins: count,
    cost_gems: count,
    lives_restored: fromOne,
    continues_used_this_run: fromOne,
  }),
  defineEvent(
    'level_started',
    {
      level_id: fromOne,
      zone_id: fromOne,
      level_name: text,
      difficulty: text,
      objective_type: text,
      attempt_number: fromOne,
      hearts_remaining: hearts,
      is_first_attempt: flag,
    },
    { aliases: ['level_start'] },
  ),
  defineEvent(
    'level_completed',
    {
      level_id: fromOne,
      zone_id: fromOne,
      score: count,
      stars: numberUpTo(3),
      time_seconds: count,
      hearts_remaining: hearts,
      first_attempt: flag,
    },
    { aliases: ['level_complete'] },
  ),
  defineEvent(
    'level_failed',
    {
      level_id: fromOne,
      zone_id: fromOne,
      level_name: text,
      score: count,
      objective_target: count,
      objective_type: text,
      cause_of_death: text,
      time_survived_seconds: count,
      hearts_remaining: hearts,
      continues_used: count,
    },
    { aliases: ['level_fail'] },
  ),
];
