import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from '../setup/database.ts';
import { tokenFor } from '../setup/tokens.ts';
import { fuzz } from './fuzz.ts';
import { spawnCollecting } from './spawnCollecting.ts';

let server: Awaited<ReturnType<typeof spawnCollecting>>;
beforeAll(async () => {
  server = await spawnCollecting({ DATABASE_URL: await cloneDatabase(), DEMO: 'true' });
});
afterAll(() => server.end());

// Another seed each time, told where it fails; `npm run fuzz` asks 10 000, and wants answers within half a second.
test('150 generated documents are answered or refused, none with 5xx or late, and the server does not grow', async () => {
  const seed = Date.now() % 1_000_000_000;
  const limits = { answerMsMax: 5_000, growthBytesMax: 256_000_000 };
  const report = await fuzz({ ...server, tokenFor, runs: 150, seed, ...limits });
  expect(report).toMatchObject({ finding: null });
  expect(report.answered).toBeGreaterThan(5);
}, 60_000);
