import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './src/db/tables.ts',
    './src/db/tournaments/tables.ts',
    './src/db/prizes/tables.ts',
    './src/db/webhooks/tables.ts',
  ],
  out: './drizzle',
});
