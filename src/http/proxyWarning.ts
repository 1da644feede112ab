import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { parseAddress } from '../domain/limits/network.ts';
import { createTrust } from './clientAddress.ts';
import { isPublicAddress } from '../domain/webhooks/webhookUrl.ts';

type PeerRequest = { socket: Pick<IncomingMessage['socket'], 'remoteAddress'>; headers: IncomingMessage['headers'] };

/** Each proxy is told of once, and no more than there would be hosts of them. */
const TOLD_MAX = 20;
/** What proxies say of whom they forward. The first is believed from those that are named, the others never. */
const SIGNS = ['x-forwarded-for', 'forwarded', 'x-real-ip'];

/**
 * Tells once of each proxy that nobody has named: behind one, all clients without a token count as one address, and the
 * eleventh stream in the world is refused. Only a proxy near by is believed to be one: strangers may send its header too.
 */
export function createProxyWarning(options: {
  trustedProxies: string[];
  log: Pick<Logger, 'warn'>;
}): (request: PeerRequest) => void {
  const { trustedProxies, log } = options;
  const isTrusted = createTrust(trustedProxies);
  const told = new Set<string>();
  return ({ socket, headers }) => {
    if (!SIGNS.some((name) => headers[name] !== undefined)) return;
    const peer = parseAddress(socket.remoteAddress ?? '');
    if (peer === null || told.has(peer) || told.size >= TOLD_MAX) return;
    if (isPublicAddress(peer) || isTrusted(peer)) return;
    told.add(peer);
    log.warn(
      { peer },
      `a proxy forwards requests and its X-Forwarded-For is not believed, so all its clients count as one; if it is yours, set TRUSTED_PROXIES=${[...trustedProxies, peer].join(',')}`,
    );
  };
}
