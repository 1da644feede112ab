import { defineEvent } from './eventType.ts';
import { anything, count, maybeAnything, moment, fromOne, oneOf, text, textOf } from './fields.ts';

/** From the installation of an app to its removal. */
export const LIFECYCLE = [
  defineEvent('app_installed', {
    device_model: text,
    os_version: text,
    country: textOf(2),
    timezone: text.nullish(),
    install_source: text,
  }),
  defineEvent(
    'app_launched',
    { session_number: fromOne, time_since_last_session: count },
    { aliases: ['app_launch', 'app_opened'] },
  ),
  defineEvent('user_registered', { registration_method: oneOf('device_id', 'anonymous') }),
  defineEvent('settings_changed', { setting_name: text, old_value: maybeAnything, new_value: anything }),
  defineEvent('app_uninstalled', { last_seen_at: moment }),
];
