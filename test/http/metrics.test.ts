import { expect, inject, test } from 'vitest';
import { send, startTestApp } from '../setup/app.ts';
import { Board, createBoard, signIn, SubmitScore } from '../setup/documents.ts';
import { request } from '../setup/http.ts';

test('/metrics tells in the format of Prometheus who ranked pages, and what was found in Redis', async () => {
  const app = await startTestApp({ env: { REDIS_URL: inject('redisUrl') } });
  const valueOf = async (name: string) => {
    const { status, headers, text } = await request(app.url, { path: '/metrics' });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    return Number(new RegExp(`^laurel_${name} (\\S+)$`, 'm').exec(text)?.[1]);
  };
  expect(await valueOf('pages_ranked_redis_total')).toBe(0);
  const board = await createBoard(app);
  const { token } = await signIn(app);
  await send(
    app.url,
    SubmitScore,
    { input: { game: 'g', leaderboard: board.slug, score: 1, idempotencyKey: 'a' } },
    token,
  );
  await send(app.url, Board, { game: 'g', slug: board.slug });
  const ranked = (await valueOf('pages_ranked_redis_total')) + (await valueOf('pages_ranked_sql_total'));
  expect(ranked).toBe(1);
  expect(await valueOf('drift_total')).toBe(0);
  expect(await valueOf('redis_connected')).toBe(1);
  expect(await valueOf('rate_limited_total')).toBe(0);
  await app.stop();
});

test('without Redis there are no metrics of Redis', async () => {
  const app = await startTestApp();
  const { text } = await request(app.url, { path: '/metrics' });
  expect(text).toContain('laurel_streams_open 0');
  expect(text).not.toContain('redis_connected');
  await app.stop();
});
