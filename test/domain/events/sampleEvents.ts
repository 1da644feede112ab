/** One event of each type, as the mobile client sends it: without its base. */
const FLAT: Record<string, object> = {
  app_installed: { device_model: 'P7', os_version: '15', country: 'DE', install_source: 'store' },
  app_launched: { session_number: 1, time_since_last_session: 0 },
  user_registered: { registration_method: 'device_id' },
  settings_changed: { setting_name: 'sound', old_value: true, new_value: false },
  app_uninstalled: { last_seen_at: '2026-11-21T12:00:00Z' },
  game_started: { game_mode: 'endless', selected_jet: 'sky', hearts_remaining: 3 },
  game_ended: {
    game_mode: 'endless',
    score: 42,
    duration_seconds: 61,
    obstacles_dodged: 42,
    coins_collected: 7,
    gems_collected: 0,
    hearts_remaining: 0,
    cause_of_death: 'collision',
    max_combo: 5,
  },
  game_paused: { game_mode: 'story', score_at_pause: 3, time_played_seconds: 10 },
  game_resumed: { game_mode: 'story', pause_duration_seconds: 4 },
  continue_used: {
    game_mode: 'endless',
    score_at_death: 9,
    continue_type: 'ad_watch',
    cost_coins: 0,
    cost_gems: 0,
    lives_restored: 1,
    continues_used_this_run: 1,
  },
  level_started: {
    level_id: 1,
    zone_id: 1,
    level_name: 'Dawn',
    difficulty: 'easy',
    objective_type: 'score',
    attempt_number: 1,
    hearts_remaining: 3,
    is_first_attempt: true,
  },
  level_completed: {
    level_id: 1,
    zone_id: 1,
    score: 10,
    stars: 3,
    time_seconds: 30,
    hearts_remaining: 3,
    first_attempt: true,
  },
  level_failed: {
    level_id: 1,
    zone_id: 1,
    level_name: 'Dawn',
    score: 2,
    objective_target: 10,
    objective_type: 'score',
    cause_of_death: 'collision',
    time_survived_seconds: 5,
    hearts_remaining: 2,
    continues_used: 0,
  },
  currency_earned: {
    currency_type: 'coins',
    amount: 5,
    source: 'run',
    source_id: 'r1',
    balance_before: 0,
    balance_after: 5,
  },
  currency_spent: {
    currency_type: 'gems',
    amount: 5,
    spent_on: 'skin',
    item_id: 's1',
    balance_before: 5,
    balance_after: 0,
  },
  purchase_initiated: { product_id: 'p', product_type: 'consumable', price_usd: 0.99, currency_code: 'USD' },
  purchase_completed: {
    product_id: 'p',
    product_type: 'consumable',
    price_usd: 0.99,
    currency_code: 'USD',
    transaction_id: 't1',
  },
  skin_unlocked: { skin_id: 's', skin_name: 'Red', unlock_method: 'reward' },
  skin_equipped: { skin_id: 's', skin_name: 'Red' },
  achievement_unlocked: {
    achievement_id: 'a',
    achievement_name: 'First',
    achievement_tier: 'bronze',
    achievement_category: 'runs',
    reward_coins: 5,
    reward_gems: 0,
  },
  mission_completed: {
    mission_id: 'm',
    mission_type: 'daily',
    mission_difficulty: 'easy',
    reward_coins: 5,
    completion_time_seconds: 60,
  },
  daily_streak_claimed: { streak_day: 7, coins_reward: 5 },
  level_unlocked: { level_id: 2, zone_id: 1, level_name: 'Noon', unlock_method: 'progression' },
  leaderboard_viewed: { leaderboard_type: 'global' },
  tournament_entered: { tournament_id: 't', tournament_name: 'Cup' },
  ad_watched: { ad_type: 'rewarded', ad_placement: 'continue' },
  share_clicked: { share_type: 'score', share_platform: 'whatsapp' },
  notification_received: { notification_type: 'streak', opened: false },
};

/** One event of each type that game servers tell of, in their envelope's `data`. */
const NESTED: Record<string, object> = {
  player_score: { score: 120 },
  player_level_up: { level: 3 },
  quest_completed: { quest_id: 'q', score: 15 },
  boss_defeated: { boss_id: 'b', score: 50 },
  achievement_unlocked: { achievement: 'first', score: 5 },
};

const SAMPLE_MOMENT = '2026-11-21T12:00:00.000Z';

export const flatTypes = Object.keys(FLAT);
export const nestedTypes = Object.keys(NESTED);

/** As the mobile client sends it: everything in the root. */
export function flatEvent(type: string, fields: object = {}): Record<string, unknown> {
  return {
    event_type: type,
    timestamp: SAMPLE_MOMENT,
    app_version: '2.1.0',
    platform: 'android',
    ...FLAT[type],
    ...fields,
  };
}

/** As game servers send it: the fields of the type in `data`. */
export function nestedEvent(type: string, player: string, fields: object = {}): Record<string, unknown> {
  return { event_type: type, player_id: player, timestamp: SAMPLE_MOMENT, data: NESTED[type], ...fields };
}
