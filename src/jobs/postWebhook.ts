import { lookup } from 'node:dns';
import { type ClientRequest, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { bodyOf, signatureOf, type WebhookEvent } from '../domain/webhooks/webhook.ts';
import { ALLOWING, flawOfWebhookUrl, isPublicAddress } from '../domain/webhooks/webhookUrl.ts';

/** For everything, from looking up the name to the first line of the answer. */
const DEADLINE_MS = 5_000;
const PRIVATE_NETWORK = 'PRIVATE_NETWORK';

export type Post = { url: string; secret: string; webhookEvent: WebhookEvent };

/**
 * Posts a webhook event once. Null when it was taken, which any status from 200 to 299 says; else what came of it, in a few words of
 * ours. Follows no redirection and reads nothing of the answer but its status. Where private networks are not allowed, the
 * connection goes to an address that was found public, so a name cannot lead elsewhere between the look-up and the connection.
 */
export async function postWebhook(
  { url, secret, webhookEvent }: Post,
  { allowsPrivate, signal }: { allowsPrivate: boolean; signal: AbortSignal },
): Promise<string | null> {
  // The rules may have become stricter since it was created.
  const flaw = flawOfWebhookUrl(url, { allowsPrivate });
  if (flaw) return `the URL ${flaw}`;
  const body = bodyOf(webhookEvent);
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const request = (url.startsWith('https:') ? requestHttps : requestHttp)(url, {
    method: 'POST',
    // A connection of its own: one that is kept open might lead to an address that is no longer allowed.
    agent: false,
    signal: AbortSignal.any([deadline, signal]),
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'Laurel',
      'Laurel-Event-Id': webhookEvent.id,
      'Laurel-Signature': signatureOf(secret, body, Math.floor(Date.now() / 1_000)),
    },
    ...(allowsPrivate ? {} : { lookup: lookupPublic }),
  });
  try {
    const status = await statusOf(request, body);
    return status >= 200 && status < 300 ? null : `status ${status}`;
  } catch (error) {
    if (signal.aborted) return 'the server was stopping';
    return deadline.aborted ? `no answer within ${DEADLINE_MS / 1_000} s` : reasonOf(error);
  }
}

function statusOf(request: ClientRequest, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request.once('response', (response) => {
      resolve(response.statusCode ?? 0);
      response.on('error', () => {});
      response.destroy();
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** A code like ECONNREFUSED: the message may hold anything. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === PRIVATE_NETWORK) return `${PRIVATE_NETWORK} (${ALLOWING})`;
  return typeof code === 'string' ? code : 'no connection';
}

/** Looks up a name as the system does, and refuses it when any of its addresses is not public. */
const lookupPublic: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) return done(error ?? refused(), '', 0);
    if (!addresses.every(({ address }) => isPublicAddress(address))) return done(refused(), '', 0);
    if (options.all) return done(null, addresses);
    done(null, first.address, first.family);
  });
};

function refused(): NodeJS.ErrnoException {
  return Object.assign(new Error('leads to a private network'), { code: PRIVATE_NETWORK });
}
