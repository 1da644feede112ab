import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type TcpProxy = {
  /** The address of what is behind, by way of the proxy. */
  url: string;
  /** Ends all connections and refuses new ones, like a server that is down. */
  cut(): Promise<void>;
  /** Passes nothing on and says nothing, like a network that loses all packets. */
  stall(): void;
  /** Lets connections through again, at the same address. */
  restore(): Promise<void>;
  close(): Promise<void>;
};

/** Stands between a client and the server at `url`, so that a test can take the connection away. */
export async function startTcpProxy(url: string): Promise<TcpProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isStalled = false;

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => {
        if (!isStalled) to.write(chunk);
      });
      from.on('error', () => to.destroy());
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const cut = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };

  await listen(0);
  const { port } = server.address() as AddressInfo;
  const proxied = new URL(url);
  proxied.hostname = '127.0.0.1';
  proxied.port = String(port);
  return {
    url: proxied.href,
    cut,
    stall: () => {
      isStalled = true;
    },
    restore: async () => {
      isStalled = false;
      if (!server.listening) await listen(port);
    },
    close: cut,
  };
}
