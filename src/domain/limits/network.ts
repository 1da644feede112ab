import { isIP, isIPv4 } from 'node:net';

/** IP addresses that share the first `prefix` bits of `address`. */
export type Network = { address: string; prefix: number; family: 'ipv4' | 'ipv6' };

const MAPPED_PREFIX_BITS = 96;

/**
 * One spelling for each IP address: lower case, compressed, without zone, and IPv4 also where it came mapped into IPv6, as
 * a socket that listens on both tells it. Null when the text is no address.
 */
export function parseAddress(text: string): string | null {
  const [address = ''] = text.split('%', 1);
  if (isIP(address) === 0) return null;
  if (isIPv4(address)) return address;
  const groups = ipv6Groups(address);
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups[5] === 0xff_ff && groups.slice(0, 5).every((group) => group === 0);
  return isMapped ? [high >> 8, high & 255, low >> 8, low & 255].join('.') : compress(address);
}

/** `10.0.0.7`, `10.0.0.0/8`, `2001:db8::/32`. Null when the text is neither an address nor a network. */
export function parseNetwork(text: string): Network | null {
  const [given = '', bits, ...rest] = text.split('/');
  const address = given.includes('%') ? null : parseAddress(given);
  if (address === null || rest.length > 0) return null;
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  const bitsMax = family === 'ipv4' ? 32 : 128;
  if (bits === undefined) return { address, prefix: bitsMax, family };
  if (!/^\d{1,3}$/.test(bits)) return null;
  const isMapped = family === 'ipv4' && !isIPv4(given);
  const prefix = isMapped ? Number(bits) - MAPPED_PREFIX_BITS : Number(bits);
  return prefix >= 0 && prefix <= bitsMax ? { address, prefix, family } : null;
}

/** The eight groups of a valid IPv6 address. */
export function ipv6Groups(address: string): number[] {
  const [head = [], tail = []] = compress(address)
    .split('::')
    .map((half) => half.split(':').flatMap((group) => (group === '' ? [] : Number.parseInt(group, 16))));
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

/** As a URL spells it (RFC 5952), also where the text ends in dotted IPv4. */
function compress(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
