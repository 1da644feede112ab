import { expect, onTestFinished, test } from 'vitest';
import { createProxyWarning } from '../../src/http/proxyWarning.ts';
import { startTestApp } from '../setup/app.ts';
import { post } from '../setup/http.ts';

const QUERY = { query: '{ __typename }' };
const FORWARDED = { 'x-forwarded-for': '203.0.113.9' };

test('a proxy that nobody has named is told of once, with the line to add', async () => {
  const app = await startTestApp();
  onTestFinished(() => app.stop());
  const told = () => app.logged.filter(({ level }) => level === 40).map(({ msg }) => msg);
  await post(app.url, QUERY);
  expect(told()).toEqual([]);
  for (let request = 0; request < 3; request += 1) await post(app.url, QUERY, FORWARDED);
  expect(told()).toEqual([expect.stringContaining('TRUSTED_PROXIES=127.0.0.1')]);
});

test('one that is named is not told of', async () => {
  const app = await startTestApp({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
  onTestFinished(() => app.stop());
  await post(app.url, QUERY, FORWARDED);
  expect(app.logged.filter(({ level }) => level === 40)).toEqual([]);
});

function toldBy(
  peers: (string | undefined)[],
  trustedProxies: string[] = [],
  headers: Record<string, string> = FORWARDED,
): string[] {
  const told: string[] = [];
  const warn = (...args: unknown[]) => void told.push(String(args[1]));
  const heard = createProxyWarning({ trustedProxies, log: { warn } });
  for (const remoteAddress of peers) heard({ socket: { remoteAddress }, headers });
  return told;
}

test.each(['127.0.0.1', '::1', '10.1.2.3', '::ffff:192.168.0.1', '172.17.0.1', 'fd00::5', '100.64.0.1'])(
  'the peer %s may be a proxy',
  (peer) => {
    expect(toldBy([peer, peer])).toHaveLength(1);
  },
);

test('a stranger who sends the header is no proxy', () => {
  expect(toldBy(['8.8.8.8', '2600::1', undefined])).toEqual([]);
});

test('a proxy that is not among those that are named is told of with them', () => {
  expect(toldBy(['10.0.0.1', '10.0.0.2', '10.0.0.2', '192.168.1.9'], ['10.0.0.1', '192.168.0.0/24'])).toEqual([
    expect.stringContaining('TRUSTED_PROXIES=10.0.0.1,192.168.0.0/24,10.0.0.2'),
    expect.stringContaining('TRUSTED_PROXIES=10.0.0.1,192.168.0.0/24,192.168.1.9'),
  ]);
});

test.each(['forwarded', 'x-real-ip'])('a proxy that says %s alone is told of', (header) => {
  expect(toldBy(['10.0.0.1'], [], { [header]: '203.0.113.9' })).toHaveLength(1);
  expect(toldBy(['10.0.0.1'], [], { via: '1.1 host' })).toEqual([]);
});

test('no more than twenty are told of', () => {
  expect(toldBy(Array.from({ length: 50 }, (_, host) => `10.0.0.${host}`))).toHaveLength(20);
});
