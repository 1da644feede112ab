import { randomBytes } from 'node:crypto';

/** What the posts to a webhook are signed with: 256 random bits. */
export function makeWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64url')}`;
}
