import type { ServerResponse } from 'node:http';

/** Whether its client has not taken what was written, by way of the response or straight into the connection. */
export function isUnread({ writableNeedDrain, socket }: Pick<ServerResponse, 'socket' | 'writableNeedDrain'>): boolean {
  return writableNeedDrain || socket?.writableNeedDrain === true;
}
