import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClientAddress } from '../../src/http/clientAddress.ts';

const PROXIES = ['10.0.0.0/8', '192.0.2.7', '2001:db8:ffff::/48'];
const clientAddress = createClientAddress(PROXIES);
const direct = createClientAddress([]);
const SEEN = '198.51.100.1';

test.for([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['::ffff:cb00:7109', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  [undefined, 'unknown'],
])('a request that comes from %s counts for %s', ([peer, expected]) => {
  expect(direct(from(peer))).toBe(expected);
});

test.for([
  ['one hop', '203.0.113.9', '203.0.113.9'],
  ['an address the client made up', '1.2.3.4, 203.0.113.9', '203.0.113.9'],
  ['a trusted address the client made up', '10.9.9.9, 203.0.113.9', '203.0.113.9'],
  ['two proxies', '1.2.3.4, 203.0.113.9, 192.0.2.7, 10.1.1.1', '203.0.113.9'],
  ['a proxy of IPv6', '203.0.113.9, 2001:db8:ffff::1', '203.0.113.9'],
  ['a proxy of IPv4 in IPv6', '203.0.113.9, ::ffff:10.1.1.1', '203.0.113.9'],
  ['a client of IPv6', '2001:db8:1:2:3::4', '2001:db8:1:2::/64'],
  ['a port', '203.0.113.9:4711', '203.0.113.9'],
  ['brackets', '[2001:db8:1:2:3::4]', '2001:db8:1:2::/64'],
  ['brackets and a port', '[2001:db8:1:2:3::4]:4711', '2001:db8:1:2::/64'],
  ['blanks', '  203.0.113.9 ,\t10.1.1.1 ', '203.0.113.9'],
  ['nothing but proxies', '10.3.3.3, 10.2.2.2', '10.3.3.3'],
  ['garbage', 'unknown', '10.0.0.1'],
  ['garbage left of a client', 'unknown, 203.0.113.9', '203.0.113.9'],
  ['garbage left of a proxy', '203.0.113.9, _hidden, 10.2.2.2', '10.2.2.2'],
  ['an address with too large a part', '203.0.113.999', '10.0.0.1'],
  ['an empty hop', '203.0.113.9,', '10.0.0.1'],
  ['nothing', '', '10.0.0.1'],
])('behind a trusted proxy, a header with %s (%j) counts for %s', ([, header, expected]) => {
  expect(clientAddress(from('10.0.0.1', header))).toBe(expected);
});

test('the header of a peer that is not trusted never matters', () => {
  const peers = fc.oneof(fc.ipV4(), fc.ipV6()).filter((peer) => clientAddress(from(peer, SEEN)) !== SEEN);
  const headers = fc.oneof(fc.string(), fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant('10.0.0.1'))).map(String));
  fc.assert(
    fc.property(peers, headers, (peer, header) => {
      expect(clientAddress(from(peer, header))).toBe(direct(from(peer)));
    }),
  );
});

test('whatever a client writes, it counts for the address at which a trusted proxy saw it', () => {
  const seen = fc.ipV4().filter((address) => !address.startsWith('10.') && address !== '192.0.2.7');
  fc.assert(
    fc.property(fc.string(), seen, (written, address) => {
      expect(clientAddress(from('10.0.0.1', `${written}, ${address}`))).toBe(address);
    }),
  );
});

test('no header makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      expect(clientAddress(from('10.0.0.1', header))).not.toBe('');
    }),
  );
});

test('all addresses of one /64 count as one, those of its neighbour as another', () => {
  const group = fc.integer({ min: 0, max: 0xff_ff }).map((value) => value.toString(16));
  const host = fc.array(group, { minLength: 4, maxLength: 4 }).map((groups) => groups.join(':'));
  fc.assert(
    fc.property(group, host, host, (network, one, other) => {
      const counted = direct(from(`2001:db8:1:${network}:${one}`));
      expect(direct(from(`2001:db8:1:${network}:${other}`))).toBe(counted);
      expect(direct(from(`2001:db8:2:${network}:${one}`))).not.toBe(counted);
    }),
  );
});

test('a network mapped into IPv6 is trusted as the IPv4 network that it is', () => {
  const mapped = createClientAddress(['::ffff:10.0.0.0/104']);
  expect(mapped(from('10.0.0.1', '203.0.113.9'))).toBe('203.0.113.9');
  expect(mapped(from('11.0.0.1', '203.0.113.9'))).toBe('11.0.0.1');
});

function from(remoteAddress: string | undefined, header?: string) {
  return { socket: { remoteAddress }, headers: header === undefined ? {} : { 'x-forwarded-for': header } };
}
