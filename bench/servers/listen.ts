import type { AddressInfo, Server } from 'node:net';

/** Listens on a free port, tells it in the way that `startServer` reads, and ends when told to. */
export function listen(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));
  });
  process.once('SIGTERM', () => process.exit(0));
}
