import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { inject } from 'vitest';
import { databaseUrl } from './postgres.ts';

const OBJECT_IN_USE = '55006';
/** PostgreSQL itself waits five seconds before each refusal. */
const RETRIES_MAX = 8;

/** Creates an empty, migrated database and returns its URL. The end of the test run drops it. */
export async function cloneDatabase(): Promise<string> {
  const serverUrl = inject('postgresUrl');
  const template = inject('templateDatabase');
  const name = `${template}_${randomBytes(4).toString('hex')}`;
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    await createFromTemplate(sql, name, template);
  } finally {
    await sql.end();
  }
  return databaseUrl(serverUrl, name);
}

/** PostgreSQL refuses to copy a database that anybody, if only its own housekeeping, is connected to. */
async function createFromTemplate(sql: postgres.Sql, name: string, template: string): Promise<void> {
  for (let retries = 0; ; retries += 1) {
    try {
      await sql`create database ${sql(name)} template ${sql(template)}`;
      return;
    } catch (error) {
      const isBusy = error instanceof postgres.PostgresError && error.code === OBJECT_IN_USE;
      if (!isBusy || retries === RETRIES_MAX) throw error;
      await delay(100);
    }
  }
}
