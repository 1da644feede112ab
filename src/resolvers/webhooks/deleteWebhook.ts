import type { Context } from '../../context.ts';
import { disableWebhook } from '../../db/webhooks/webhooks.ts';
import { NotFoundError } from '../../domain/errors.ts';

/** Nothing more is sent, also of what happened before. */
export async function deleteWebhook(
  { webhookId }: { webhookId: string | null },
  ctx: Context,
): Promise<{ webhookId: string }> {
  if (webhookId === null || !(await disableWebhook(ctx.database, webhookId))) {
    throw new NotFoundError('There is no such webhook.');
  }
  return { webhookId };
}
