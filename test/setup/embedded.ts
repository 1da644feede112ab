import { onTestFinished } from 'vitest';
import { type ServerUnderTest, spawnServer } from './serverUnderTest.ts';

/** A server with a database of its own, killed with the test. A PostgreSQL of the machine's own is not touched. */
export async function spawnEmbedded(dataDir: string, env: Record<string, string> = {}): Promise<ServerUnderTest> {
  const server = await spawnServer({ PGHOST: '127.0.0.1', PGPORT: '1', DATA_DIR: dataDir, ...env });
  onTestFinished(async () => {
    await server.end('SIGKILL');
  });
  return server;
}
