import autocannon from 'autocannon';
import { median, percentile } from './statistics.ts';

/** What one subject did in one round, or in all: `perSecond` counts what the suite counts, requests or scores. */
export type Measured = { perSecond: number; p50Ms: number; p99Ms: number };

export type Load = {
  url: string;
  connections: number;
  seconds: number;
  /** Called for each request. */
  request(): { body: string; token?: string };
  /** Whether an answer is the one that the work leads to: a fast refusal is no result. */
  isRight(body: string): boolean;
};

/** Sends POSTs over so many connections, the next on each as soon as it is answered. Throws when an answer is wrong. */
export async function applyLoad({ url, connections, seconds, request, isRight }: Load): Promise<Measured> {
  const latenciesMs: number[] = [];
  let wrong = '';
  const result = await new Promise<{ duration: number; errors: number; mismatches: number; non2xx: number }>(
    (resolve, reject) => {
      const run = autocannon(
        {
          url: `${url}/graphql`,
          method: 'POST',
          connections,
          duration: seconds,
          sampleInt: 100,
          requests: [
            {
              setupRequest: (raw) => {
                const { body, token } = request();
                raw.body = body;
                raw.headers = { 'content-type': 'application/json' };
                if (token) raw.headers['authorization'] = `Bearer ${token}`;
                return raw;
              },
            },
          ],
          verifyBody: (body) => {
            if (isRight(body)) return true;
            wrong ||= body.slice(0, 500);
            return false;
          },
        },
        (error, value) => (error ? reject(error) : resolve(value)),
      );
      run.on('response', (_client, _status, _bytes, responseMs) => latenciesMs.push(responseMs));
    },
  );
  const { duration, errors, mismatches, non2xx } = result;
  if (errors + mismatches + non2xx > 0) {
    throw new Error(`${url}: ${errors} errors, ${non2xx} refusals, ${mismatches} wrong answers, the first: ${wrong}`);
  }
  return {
    perSecond: latenciesMs.length / duration,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
  };
}

/** The median round, figure by figure. */
export function medianOf(rounds: Measured[]): Measured {
  return {
    perSecond: median(rounds.map((round) => round.perSecond)),
    p50Ms: median(rounds.map((round) => round.p50Ms)),
    p99Ms: median(rounds.map((round) => round.p99Ms)),
  };
}
