/** The part of autocannon that is used here; the package has no types of its own. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  type Request = { body: string; headers: Record<string, string> };
  type Options = {
    url: string;
    method: 'POST';
    connections: number;
    /** Seconds. */
    duration: number;
    /** Milliseconds between samples; the end is found at one. */
    sampleInt: number;
    requests: { setupRequest(request: Request): Request }[];
    verifyBody(body: string): boolean;
  };
  type Result = { duration: number; errors: number; timeouts: number; mismatches: number; non2xx: number };

  export default function autocannon(
    options: Options,
    done: (error: Error | null, result: Result) => void,
  ): EventEmitter<{ response: [client: unknown, status: number, bytes: number, responseMs: number] }>;
}
