import type { Context } from '../../context.ts';
import { requestRetry } from '../../db/webhooks/webhookFailures.ts';
import { NotFoundError } from '../../domain/errors.ts';
import type { WebhookFailure } from '../../domain/webhooks/webhook.ts';

/** Has a failed delivery made again, with all its attempts. May be retried. */
export async function retryWebhook({ failureId }: { failureId: string | null }, ctx: Context): Promise<WebhookFailure> {
  const failure = failureId === null ? null : await requestRetry(ctx.database, failureId);
  if (!failure) throw new NotFoundError('There is no such failed delivery.');
  return failure;
}
