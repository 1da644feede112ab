import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { inject } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import type { Role } from '../../src/domain/players/viewer.ts';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { cloneDatabase } from './database.ts';
import { STATUS_ACCEPT } from './http.ts';

export const AUTH_SECRET = 'a-secret-for-tests-0123456789-abcdefghij';

export type TestApp = App & {
  env: Record<string, string>;
  /** What the server logged, one parsed line each. */
  logged: Record<string, unknown>[];
  tokenFor(subject: string, ...roles: Role[]): Promise<string>;
};

/** Has a server rank in Redis where the suite is run for that: see vitest.config.ts. */
export const ranksEnv = (): Record<string, string> =>
  process.env['TEST_RANKS'] === 'redis' ? { REDIS_URL: inject('redisUrl') } : {};

/** A server in this process, on a database of its own: the tests' PostgreSQL, or with `embedded` one in its folder. */
export async function startTestApp(
  options: { embedded?: boolean; env?: Record<string, string> } = {},
): Promise<TestApp> {
  const env: Record<string, string> = {
    PORT: '0',
    DATA_DIR: mkdtempSync(join(tmpdir(), 'laurel-test-')),
    DEMO: 'false',
    ...(options.embedded ? {} : { DATABASE_URL: await cloneDatabase(), ...ranksEnv() }),
    AUTH_SECRET,
    RATE_LIMITS: 'off',
    ...options.env,
  };
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => logged.push(JSON.parse(line) as Record<string, unknown>) });
  const app = await startApp(loadConfig(env), log);
  const tokenFor = async (subject: string, ...roles: Role[]) => (await app.core.tokens.sign(subject, roles)).token;
  return { ...app, env, logged, tokenFor };
}

export type Answer<Data> = {
  status: number;
  data: Data;
  errors: { message: string; path?: (string | number)[]; extensions: { code: string; requestId?: string } }[];
};

/** Sends a typed document over HTTP. */
export async function send<Data, Variables>(
  url: string,
  document: TypedDocumentString<Data, Variables>,
  ...[variables, token]: Variables extends Record<string, never>
    ? [variables?: Variables, token?: string | undefined]
    : [variables: Variables, token?: string | undefined]
): Promise<Answer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      ...STATUS_ACCEPT,
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const body = (await response.json()) as Partial<Answer<Data>>;
  const errors = body.errors ?? [];
  // A test that expects errors reads `errors`; one that does not is told of them where it touches `data`.
  const data = body.data ?? refuseRead(errors);
  return { status: response.status, data: data as Data, errors };
}

function refuseRead(errors: unknown): object {
  return new Proxy(
    {},
    {
      get: () => {
        throw new Error(`the answer has no data: ${JSON.stringify(errors)}`);
      },
    },
  );
}

/** An unguessable device id, another one at each call. */
export const newDeviceId = () => `device-${randomUUID()}`;
