import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { buildSchema } from 'graphql';
import type { Role } from '../../src/domain/players/viewer.ts';
import { bearer, expectNoInternals, post } from '../setup/http.ts';
import { type Asker, type FuzzRequest, requestsOf } from './documents.ts';
import { addToDemo, readPool } from './pool.ts';

export type FuzzOptions = {
  url: string;
  /** Signs a token that the server takes. */
  tokenFor(subject: string, ...roles: Role[]): Promise<string>;
  runs: number;
  seed: number;
  answerMsMax: number;
  growthBytesMax: number;
  /** Has the server collect its garbage, which it does not hurry with. */
  collectGarbage(): void;
  /** Called after every thousandth request. */
  progress?: (done: number) => void;
};

export type FuzzReport = {
  /** What was wrong, with the smallest request that shows it. Null: nothing. */
  finding: string | null;
  /** How many requests were answered with data and without an error. */
  answered: number;
  slowestMs: number;
  growthBytes: number;
};

const SCHEMA = new URL('../../schema.graphql', import.meta.url);
/** Until memory that is only needed once, for compiled code and connections, has been taken. */
const WARM_UP = 200;
const SAMPLE_EVERY = 100;
/** A stream is left as soon as it has had the time for its first event. */
const STREAM_MS = 30;
const SLOW_TRIES = 3;

/**
 * Sends generated documents, one after the other, and stops at the first that is answered with 5xx, with something
 * internal, or late also when it is asked again; or when the server has grown too much.
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { url, runs, seed, answerMsMax, growthBytesMax } = options;
  const tokens = await signInAll(options);
  const schema = buildSchema(readFileSync(SCHEMA, 'utf8'));
  await addToDemo(url, { admin: bearer(tokens.admin), player: bearer(tokens.player) });
  const pool = await readPool(url, bearer(tokens.admin));
  const report: FuzzReport = { finding: null, answered: 0, slowestMs: 0, growthBytes: 0 };
  let done = 0;
  let startBytes = 0;

  const property = fc.asyncProperty(requestsOf(schema, pool), async (request) => {
    const answer = await ask(url, request, tokens);
    if (answer.status === 401) Object.assign(tokens, await signInAll(options));
    if (answer.isData) report.answered += 1;
    const ms = answer.ms > answerMsMax ? await fastestOf(url, request, tokens) : answer.ms;
    report.slowestMs = Math.max(report.slowestMs, ms);
    if (ms > answerMsMax) throw new Error(`answered after ${Math.round(ms)} ms`);
    requireSound(answer);
    done += 1;
    if (done % 1_000 === 0) options.progress?.(done);
    if (done % SAMPLE_EVERY > 0 || done < WARM_UP) return;
    options.collectGarbage();
    const bytes = await residentBytes(url);
    startBytes ||= bytes;
    report.growthBytes = Math.max(report.growthBytes, bytes - startBytes);
  });
  const checked = await fc.check(property, { numRuns: runs, seed });
  if (checked.failed) report.finding = describe(checked);
  else if (report.growthBytes > growthBytesMax) report.finding = `the server grew by ${report.growthBytes} bytes`;
  return report;
}

type Tokens = Record<Exclude<Asker, 'nobody'>, string>;

async function signInAll({ url, tokenFor, seed }: FuzzOptions): Promise<Tokens> {
  const input = `{ deviceId: "fuzz-${seed}-0123456789abcdef", nickname: "Fuzz" }`;
  const query = `mutation { signInWithDevice(input: ${input}) { ... on SignedIn { token } } }`;
  const { text } = await post(url, { query });
  const { data } = JSON.parse(text) as { data: { signInWithDevice: { token: string } } };
  return {
    player: data.signInWithDevice.token,
    server: await tokenFor('fuzz', 'server'),
    admin: await tokenFor('fuzz', 'admin'),
  };
}

type FuzzAnswer = { status: number; text: string; isData: boolean; ms: number };

async function ask(url: string, { query, variables, asker }: FuzzRequest, tokens: Tokens): Promise<FuzzAnswer> {
  const isStream = query.startsWith('subscription');
  const startedAt = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: isStream ? 'text/event-stream' : 'application/graphql-response+json',
      ...(asker === 'nobody' ? {} : bearer(tokens[asker])),
    },
    body: JSON.stringify({ query, variables }),
  });
  const begunMs = performance.now() - startedAt;
  const text = isStream ? await beginningOf(response) : await response.text();
  const ms = isStream ? begunMs : performance.now() - startedAt;
  const isData = response.status === 200 && text.includes('"data":{') && !text.includes('"errors":[');
  return { status: response.status, text, isData, ms };
}

/** What comes of a stream within a moment. */
async function beginningOf({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  if (!reader) return '';
  const timer = setTimeout(() => void reader.cancel(), STREAM_MS);
  const { value } = await reader.read();
  clearTimeout(timer);
  await reader.cancel();
  return Buffer.from((value as Uint8Array | undefined) ?? []).toString();
}

/** The machine has others to serve: only what is slow each time is slow. */
async function fastestOf(url: string, request: FuzzRequest, tokens: Tokens): Promise<number> {
  const times: number[] = [];
  for (let tries = 0; tries < SLOW_TRIES; tries += 1) times.push((await ask(url, request, tokens)).ms);
  return Math.min(...times);
}

function requireSound({ status, text }: FuzzAnswer): void {
  if (status >= 500 || /"code":"(INTERNAL|UNAVAILABLE)"/.test(text))
    throw new Error(`${status}: ${text.slice(0, 2_000)}`);
  expectNoInternals(text);
}

async function residentBytes(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]);
}

function describe({ seed, counterexample, errorInstance }: fc.RunDetails<[FuzzRequest]>): string {
  const [request] = counterexample ?? [];
  const what = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return `seed ${seed}, asked by ${request?.asker}: ${what}\n${request?.query}\n${JSON.stringify(request?.variables)}`;
}
