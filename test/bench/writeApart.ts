import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Writes the parts one after the other, each long enough after the last to be heard apart from it. */
export async function writeApart(socket: Socket, parts: string[]): Promise<void> {
  for (const part of parts) {
    socket.write(part);
    await delay(5);
  }
}
