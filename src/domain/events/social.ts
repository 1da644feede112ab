import { defineEvent } from './eventType.ts';
import { count, flag, fromOne, oneOf, text } from './fields.ts';

/** What players see of others, share and are told. */
export const SOCIAL = [
  defineEvent('leaderboard_viewed', {
    leaderboard_type: oneOf('global', 'tournament', 'friends'),
    user_rank: fromOne.nullish(),
  }),
  defineEvent('tournament_entered', { tournament_id: text, tournament_name: text }),
  defineEvent('ad_watched', {
    ad_type: oneOf('rewarded', 'interstitial', 'banner'),
    ad_placement: text,
    reward_type: text.nullish(),
    reward_amount: count.nullish(),
  }),
  defineEvent(
    'share_clicked',
    {
      share_type: oneOf('score', 'achievement', 'invite'),
      share_platform: text.nullish(),
      score_shared: count.nullish(),
    },
    // In the root, where the platform of the device has the same name: see `readEvent`.
    { renamed: { platform: 'share_platform' } },
  ),
  defineEvent('notification_received', {
    notification_type: text,
    notification_title: text.nullish(),
    opened: flag,
  }),
];
