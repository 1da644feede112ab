import type { ServerResponse } from 'node:http';
import { answerJson } from './answerJson.ts';

/** What `/readyz` looks at. `ping` rejects when the part cannot serve. */
export type HealthParts = {
  database: () => Promise<unknown>;
  /** Redis may be away without harm to requests, so it is told but does not decide. Null where there is none. */
  redis: (() => boolean) | null;
  /** Kafka as well: without it events are refused, and all else goes on. */
  kafka: (() => boolean) | null;
  streams: () => number;
};

export type Health = {
  answer(path: '/healthz' | '/readyz', response: ServerResponse): Promise<void>;
  /** From now on `/readyz` says no, so that a balancer looks elsewhere. */
  stopping(): void;
};

const PING_DEADLINE_MS = 1_000;

/** `/healthz`: the process lives. `/readyz`: it can serve, or 503. */
export function createHealth(parts: HealthParts): Health {
  let isStopping = false;
  return {
    stopping: () => {
      isStopping = true;
    },
    answer: async (path, response) => {
      if (path === '/healthz') return answerJson(response, 200, { status: 'ok', streams: parts.streams() });
      const database = await answersInTime(parts.database);
      const isReady = database && !isStopping;
      answerJson(response, isReady ? 200 : 503, {
        status: isStopping ? 'stopping' : isReady ? 'ready' : 'not ready',
        database: database ? 'up' : 'down',
        redis: describePart(parts.redis),
        kafka: describePart(parts.kafka),
      });
    },
  };
}

function describePart(isUp: (() => boolean) | null): string {
  return isUp === null ? 'not used' : isUp() ? 'up' : 'down';
}

async function answersInTime(ping: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PING_DEADLINE_MS);
  });
  const answer = ping().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
