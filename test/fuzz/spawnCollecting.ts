import { type ServerUnderTest, spawnServer } from '../setup/serverUnderTest.ts';

/** A server that collects its garbage when it is told to, so that what it holds can be measured. */
export async function spawnCollecting(
  env: Record<string, string>,
): Promise<ServerUnderTest & { collectGarbage(): void }> {
  const server = await spawnServer({ ...env, NODE_OPTIONS: '--expose-gc --import ./bench/servers/collectGarbage.ts' });
  return { ...server, collectGarbage: () => void process.kill(server.pid, 'SIGUSR2') };
}
