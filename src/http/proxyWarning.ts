import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { parseAddress } from '../domain/limits/network.ts';
import { isPublicAddress } from '../domain/webhooks/webhookUrl.ts';

type PeerRequest = { socket: Pick<IncomingMessage['socket'], 'remoteAddress'>; headers: IncomingMessage['headers'] };

/**
 * Tells once of a proxy that nobody has named: behind one, all clients without a token count as one address, and the
 * eleventh stream in the world is refused. Only a proxy near by is believed to be one: strangers may send its header too.
 */
export function createProxyWarning(options: {
  trustedProxies: string[];
  log: Pick<Logger, 'warn'>;
}): (request: PeerRequest) => void {
  let isDue = options.trustedProxies.length === 0;
  return ({ socket, headers }) => {
    if (!isDue || headers['x-forwarded-for'] === undefined) return;
    const peer = parseAddress(socket.remoteAddress ?? '');
    if (peer === null || isPublicAddress(peer)) return;
    isDue = false;
    options.log.warn(
      { peer },
      `a proxy forwards requests and its X-Forwarded-For is not believed, so all its clients count as one; if it is yours, set TRUSTED_PROXIES=${peer}`,
    );
  };
}
