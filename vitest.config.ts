import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take graphql's .mjs build while Node gives everybody else the .js one: two copies refuse each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/setup/global.ts',
    pool: 'forks',
    // Two files at a time: each has its own database, and the servers need a core as well.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
