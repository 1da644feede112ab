import { makeWebhookSecret } from '../../auth/makeWebhookSecret.ts';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { findGame } from '../../db/leaderboards/games.ts';
import { insertWebhook } from '../../db/webhooks/webhooks.ts';
import { ConflictError, NotFoundError, ValidationError } from '../../domain/errors.ts';
import { type Webhook, WEBHOOK_EVENTS, type WebhookEventType } from '../../domain/webhooks/webhook.ts';
import { flawOfWebhookUrl } from '../../domain/webhooks/webhookUrl.ts';
import { parseInput } from '../parseInput.ts';

export type CreateWebhookInput = { game: string; url: string; events: WebhookEventType[] };
export type CreatedWebhook = { webhook: Webhook; secret: string };

const rules = z.object({ events: z.array(z.enum(WEBHOOK_EVENTS)).min(1, 'name one event at least') });

/** Creates a webhook and tells its secret, this once. A repetition with the same URL is a conflict. */
export async function createWebhook(input: CreateWebhookInput, ctx: Context): Promise<CreatedWebhook> {
  const game = await findGame(ctx.database, input.game);
  if (!game) throw new NotFoundError(`There is no game "${input.game}".`);
  const { events } = parseInput(rules, input);
  const flaw = flawOfWebhookUrl(input.url, { allowsPrivate: ctx.allowsPrivateWebhooks });
  if (flaw) throw new ValidationError('input.url', flaw);
  const secret = makeWebhookSecret();
  const url = new URL(input.url).href;
  const webhook = await insertWebhook(ctx.database, { gameId: game.id, url, events: [...new Set(events)], secret });
  if (!webhook) throw new ConflictError('The game has a webhook with this URL already.');
  return { webhook, secret };
}
