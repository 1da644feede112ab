import { expect, test } from 'vitest';
import { flawOfWebhookUrl, isPublicAddress } from '../../../src/domain/webhooks/webhookUrl.ts';

test.for([
  'http://game.example/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://10.1.2.3:8443/hook',
  'https://169.254.169.254/latest/meta-data',
  'https://[::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://[fd00::1]/',
  'https://[fe80::1]/',
  'https://me:secret@game.example/',
  'https://game.example/#part',
  'file:///etc/passwd',
  'game.example',
  '',
])('%j is no URL to post to', (url) => expect(flawOfWebhookUrl(url, { allowsPrivate: false })).not.toBeNull());

test.for([
  ['http://game.example/', true],
  ['https://10.1.2.3/', true],
  ['https://[::1]/', true],
  ['https://me:secret@game.example/', false],
  ['file:///etc/passwd', false],
] as const)('the refusal of %s names the variable that would allow it: %s', ([url, isNamed]) => {
  expect(flawOfWebhookUrl(url, { allowsPrivate: false })?.includes('WEBHOOK_HTTP=true')).toBe(isNamed);
});

test.for(['https://game.example/hooks?key=1', 'https://8.8.8.8/', 'https://[2606:4700::1111]/'])(
  '%j is a URL to post to',
  (url) => expect(flawOfWebhookUrl(url, { allowsPrivate: false })).toBeNull(),
);

test('where private networks are allowed, so is plain HTTP into them, and credentials are not', () => {
  expect(flawOfWebhookUrl('http://127.0.0.1:8080/hook', { allowsPrivate: true })).toBeNull();
  expect(flawOfWebhookUrl('http://me:secret@127.0.0.1/', { allowsPrivate: true })).not.toBeNull();
});

test.for([
  ['172.15.255.255', true],
  ['172.16.0.0', false],
  ['172.31.255.255', false],
  ['172.32.0.0', true],
  ['100.64.0.1', false],
  ['223.255.255.255', true],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['0.0.0.0', false],
  ['::', false],
  ['::ffff:8.8.8.8', true],
  ['::ffff:127.0.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['2002:7f00:1::', false],
  ['2a00:1450::1', true],
  ['ff02::1', false],
  ['game.example', false],
] as const)('%s is public: %s', ([address, isPublic]) => expect(isPublicAddress(address)).toBe(isPublic));
