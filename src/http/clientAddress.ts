import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv4 } from 'node:net';
import { ipv6Groups, parseAddress, parseNetwork } from '../domain/limits/network.ts';

type PeerRequest = { socket: Pick<IncomingMessage['socket'], 'remoteAddress'>; headers: IncomingMessage['headers'] };

/** `10.0.0.7`, `10.0.0.7:4711`, `[2001:db8::7]` or `[2001:db8::7]:4711`; IPv6 also without brackets. */
const HOP = /^(?:\[([^\]]+)\](?::\d{1,5})?|([\d.]+):\d{1,5}|(.+))$/;

/**
 * Whom a request counts for: the address of its peer, unless that is one of `trustedProxies` (addresses or CIDR); then the
 * right-most address in X-Forwarded-For that is no trusted proxy. What stands left of it is the client's own word. An
 * IPv6 address counts as its /64, which is what one subscriber gets. Never throws at a request.
 */
export function createClientAddress(trustedProxies: string[]): (request: PeerRequest) => string {
  const isTrusted = createTrust(trustedProxies);
  return ({ socket, headers }) => {
    // A socket that has been closed meanwhile does not know its peer any more.
    const peer = parseAddress(socket.remoteAddress ?? '');
    if (peer === null) return 'unknown';
    let client = peer;
    for (const hop of hopsOf(headers).toReversed()) {
      if (!isTrusted(client)) break;
      const address = addressOf(hop);
      if (address === null) break;
      client = address;
    }
    return isIPv4(client) ? client : subscriberOf(client);
  };
}

/** Whether an address, as `parseAddress` spells it, is one of these addresses or in one of these networks. */
export function createTrust(trustedProxies: string[]): (address: string) => boolean {
  const trusted = new BlockList();
  for (const text of trustedProxies) {
    const network = parseNetwork(text);
    if (!network) throw new Error(`not an address or a network: ${text}`);
    trusted.addSubnet(network.address, network.prefix, network.family);
  }
  return (address) => trusted.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

function hopsOf({ 'x-forwarded-for': header = '' }: IncomingMessage['headers']): string[] {
  return String(header).split(',');
}

function addressOf(hop: string): string | null {
  const [, bracketed, withPort, plain] = HOP.exec(hop.trim()) ?? [];
  return parseAddress(bracketed ?? withPort ?? plain ?? '');
}

function subscriberOf(ipv6: string): string {
  const groups = ipv6Groups(ipv6).slice(0, 4);
  return `${groups.map((group) => group.toString(16)).join(':')}::/64`;
}
