import { expect, test } from 'vitest';
import { startTestApp } from '../setup/app.ts';

test('a process without the role api has no GraphQL, and still its health and metrics', async () => {
  const app = await startTestApp({ env: { ROLES: 'worker' } });
  const statusOf = async (path: string) => (await fetch(`${app.url}${path}`, { redirect: 'manual' })).status;
  const paths = ['/graphql', '/', '/healthz', '/readyz', '/metrics'];
  expect(await Promise.all(paths.map(statusOf))).toEqual([404, 404, 200, 200, 200]);
  await app.stop();
});
