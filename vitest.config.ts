import { defineConfig } from 'vitest/config';

/** Tests of what boards do, whatever store ranks them: they run on PostgreSQL alone, and once more with ranks in Redis. */
const ON_BOTH_STORES = [
  'test/resolvers/submissions/playedAt.test.ts',
  'test/resolvers/submissions/submitScore.test.ts',
  'test/http/boardArguments.test.ts',
  'test/http/sharedAnswers.test.ts',
  'test/leaderboards/oneState.test.ts',
  'test/leaderboards/paging.test.ts',
  'test/resolvers/leaderboards/leaderboardChanged.test.ts',
  'test/resolvers/leaderboards/standingChanged.test.ts',
  'test/processes/crash.test.ts',
  'test/processes/twoWriters.test.ts',
];

/** Tests on a real Kafka. They share its three nodes, which some of them kill, so they come one file at a time, after the others. */
const ON_KAFKA = ['test/kafka/**/*.test.ts'];

export default defineConfig({
  // Vite would take graphql's .mjs build while Node gives everybody else the .js one: two copies refuse each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    pool: 'forks',
    // Two files at a time: each has its own database, and the servers need a core as well.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    globalSetup: 'test/setup/global.ts',
    projects: [
      { extends: true, test: { name: 'postgres', include: ['test/**/*.test.ts'], exclude: ON_KAFKA } },
      { extends: true, test: { name: 'redis', include: ON_BOTH_STORES, env: { TEST_RANKS: 'redis' } } },
      {
        extends: true,
        test: {
          name: 'kafka',
          include: ON_KAFKA,
          globalSetup: 'test/setup/kafka/global.ts',
          maxWorkers: 1,
          testTimeout: 300_000,
          expect: { poll: { timeout: 120_000 } },
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
