import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type Balancer = {
  url: string;
  close(): Promise<void>;
};

/** Stands before the instances at `urls`: each connection goes to the next of them that takes it. */
export async function startBalancer(urls: string[]): Promise<Balancer> {
  const clients = new Set<Socket>();
  let turn = 0;
  const server = createServer({ pauseOnConnect: true }, (client) => {
    clients.add(client);
    client.once('close', () => clients.delete(client));
    turn = (turn + 1) % urls.length;
    void join(client, [...urls.slice(turn), ...urls.slice(0, turn)]);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const client of clients) client.destroy();
      await closed;
    },
  };
}

async function join(client: Socket, urls: string[]): Promise<void> {
  client.on('error', () => {});
  for (const url of urls) {
    const upstream = await connected(url);
    if (!upstream) continue;
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.once('close', () => to.destroySoon());
      from.pipe(to);
    }
    return;
  }
  client.destroy();
}

/** Null where nobody listens. */
async function connected(url: string): Promise<Socket | null> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const isTaken = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  return isTaken ? socket.on('error', () => {}) : null;
}
