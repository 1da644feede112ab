import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './src/db/tables.ts',
    './src/db/tournamentTables.ts',
    './src/db/prizeTables.ts',
    './src/db/webhookTables.ts',
  ],
  out: './drizzle',
});
