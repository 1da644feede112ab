import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gather } from '../../bench/load/crowd.ts';
import { writeApart } from './writeApart.ts';

/** A server whose streams begin with revision 1 and then carry what `send` is given. */
async function streaming() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
    socket.setNoDelay(true).resume().write('HTTP/1.1 200 OK\r\n\r\ndata: {"revision":1}\n\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const send = (...parts: string[]) => {
    for (const socket of sockets) void writeApart(socket, parts);
  };
  const url = new URL(`http://127.0.0.1:${port}/?query=live`);
  const close = () => new Promise((resolve) => server.close(resolve));
  return { url, send, sockets, close };
}

test('a change has been heard by all when the last has heard of it, before or after it is asked for', async () => {
  const { url, send, sockets, close } = await streaming();
  const crowd = await gather(url, 250);
  expect(crowd.revision()).toBe(1);

  send('data: {"revision":5,"moves":[]}\n\n');
  await expect.poll(() => crowd.revision()).toBe(5);
  const heardAt = await crowd.heardByAll(5);
  expect(heardAt).toBeLessThanOrEqual(performance.now());

  let isHeard = false;
  const later = crowd.heardByAll(6).then(() => (isHeard = true));
  const [late, ...others] = sockets;
  for (const socket of others) socket.write('data: {"revision":6}\n\n');
  await expect.poll(() => crowd.revision()).toBe(6);
  await turn();
  expect(isHeard).toBe(false);
  late?.write('data: {"revision":7}\n\n');
  await later;

  crowd.leave();
  await expect.poll(() => sockets.size).toBe(0);
  await close();
});

test.for([
  ['in its name', ['data: {"rev', 'ision":12345}\n\n']],
  ['in its number', ['data: {"revision":123', '45}\n\n']],
  ['after its number', ['data: {"revision":12345', '}\n\n']],
  ['never, but two come at once', ['data: {"revision":7}\n\ndata: {"revision":12345}\n\n']],
] as const)('a revision is read as a whole when it is cut %s', async ([, parts]) => {
  const { url, send, close } = await streaming();
  const crowd = await gather(url, 2);
  send(...parts);
  await crowd.heardByAll(12_345);
  expect(crowd.revision()).toBe(12_345);
  crowd.leave();
  await close();
});
