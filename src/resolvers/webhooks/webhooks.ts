import type { Context } from '../../context.ts';
import { listFailures } from '../../db/webhooks/webhookFailures.ts';
import { listWebhooks } from '../../db/webhooks/webhooks.ts';
import type { Webhook, WebhookFailure } from '../../domain/webhooks/webhook.ts';
import { pageSize } from '../pageCursor.ts';

export async function webhooks({ gameId }: { gameId: string }, ctx: Context): Promise<Webhook[]> {
  return listWebhooks(ctx.database, gameId);
}

/** What the webhooks of a game have not taken after all attempts, the latest first. */
export async function failedWebhooks(
  { gameId, first }: { gameId: string; first?: number | null | undefined },
  ctx: Context,
): Promise<WebhookFailure[]> {
  return listFailures(ctx.database, { gameId, limit: pageSize(first) });
}
