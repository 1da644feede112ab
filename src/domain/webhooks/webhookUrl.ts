import { BlockList, isIPv4 } from 'node:net';
import { parseAddress } from '../limits/network.ts';

const URL_LENGTH_MAX = 2_000;

/** Special-purpose networks (RFC 6890 and its registry): private, loopback, link-local, reserved, multicast. */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** Within 2000::/3, outside of which no IPv6 address is public: protocol assignments, documentation, 6to4. */
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** For whoever runs the server: what would take the URL. */
export const ALLOWING = 'WEBHOOK_HTTP=true allows plain HTTP and private networks';

const special = new BlockList();
for (const network of SPECIAL_IPV4) special.addSubnet(...networkOf(network), 'ipv4');
for (const network of SPECIAL_IPV6) special.addSubnet(...networkOf(network), 'ipv6');
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');

/** What is wrong with the URL of a webhook, as it stands; null when nothing is. Names are looked up at each delivery. */
export function flawOfWebhookUrl(text: string, { allowsPrivate }: { allowsPrivate: boolean }): string | null {
  if (!URL.canParse(text) || text.length > URL_LENGTH_MAX) return 'must be a URL like https://game.example/hooks';
  const url = new URL(text);
  const protocols = allowsPrivate ? ['https:', 'http:'] : ['https:'];
  if (!protocols.includes(url.protocol)) {
    const wanted = `must start with ${protocols.map((name) => `${name}//`).join(' or ')}`;
    return url.protocol === 'http:' ? `${wanted} (${ALLOWING})` : wanted;
  }
  if (url.username || url.password) return 'must not hold credentials';
  if (url.hash) return 'must not have a fragment';
  if (!allowsPrivate && isPrivateLiteral(url.hostname)) return `must not lead to a private network (${ALLOWING})`;
  return null;
}

/** Whether anybody on the internet may have the address. False for what is no address. */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  if (address === null) return false;
  if (isIPv4(address)) return !special.check(address, 'ipv4');
  return global.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** True for an address, in a URL's spelling, that is not public. Names are something else. */
function isPrivateLiteral(hostname: string): boolean {
  const literal = hostname.replace(/^\[(.*)\]$/, '$1');
  return parseAddress(literal) !== null && !isPublicAddress(literal);
}

function networkOf(text: string): [address: string, prefix: number] {
  const [address = '', prefix] = text.split('/');
  return [address, Number(prefix)];
}
