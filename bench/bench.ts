import { createTokens, type Tokens } from '../src/auth/tokens.ts';
import { type Server, startServer } from './serverProcess.ts';
import { openStores, type Stores } from './stores.ts';

/** What the suites share. */
export type Bench = {
  database: Stores['database'];
  databaseUrl: string;
  redisUrl: string;
  tokens: Tokens;
  seconds: number;
  rounds: number;
  /** A Laurel, or another server of this folder, on the same stores. Stopped when its suite ends. */
  start(script: string, env?: Record<string, string>): Promise<Server>;
};

export type Suite = (bench: Bench) => Promise<void>;

const AUTH_SECRET = 'a-secret-for-benchmarks-0123456789-abcdefghij';

/** Runs the suites one after the other, and leaves nothing behind, also when it is interrupted. */
export async function runSuites(suites: Suite[], { seconds, rounds }: { seconds: number; rounds: number }) {
  const stores = await openStores();
  const servers = new Set<Server>();
  const stopServers = async () => {
    await Promise.all([...servers].map((server) => server.stop()));
    servers.clear();
  };
  const close = async () => {
    await stopServers();
    await stores.close();
  };
  process.once('SIGINT', () => void close().finally(() => process.exit(130)));
  const tokens = createTokens({ secrets: [AUTH_SECRET], issuer: 'laurel', audience: 'laurel' });
  const start: Bench['start'] = async (script, env = {}) => {
    const limits = { RATE_LIMITS: 'off', STREAM_LIMITS: 'address=100000,addressTotal=100000,instance=100000' };
    const shared = { DATABASE_URL: stores.databaseUrl, REDIS_URL: stores.redisUrl, AUTH_SECRET, ...limits };
    const server = await startServer(script, { ...shared, ...env });
    servers.add(server);
    return server;
  };
  try {
    for (const suite of suites) {
      await suite({ ...stores, tokens, seconds, rounds, start });
      await stopServers();
    }
  } finally {
    await close();
  }
}
