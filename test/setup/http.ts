import { connect } from 'node:net';
import { expect } from 'vitest';

export type HttpAnswer = {
  status: number;
  headers: Headers;
  text: string;
};

type GraphQLBody = {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: Record<string, unknown> }[];
};

const JSON_TYPE = { 'content-type': 'application/json' };
/** With `application/json` an answer to a wrong document would be 200. */
export const STATUS_ACCEPT = { accept: 'application/graphql-response+json, */*;q=0.1' };

/** What no answer may show: where the server's code is, or what it asks the database. */
const INTERNALS = /node_modules|\.[jt]s:\d+|\n\s+at |\b(select|insert|update|delete)\b[^"]*\b(from|into|set|where)\b/i;

/** Sends any request to `/graphql`, well-formed or not. */
export async function request(url: string, { path = '/graphql', ...init }: RequestInit & { path?: string }) {
  const headers = { ...STATUS_ACCEPT, ...(init.headers as Record<string, string> | undefined) };
  const response = await fetch(`${url}${path}`, { ...init, headers });
  return { status: response.status, headers: response.headers, text: await response.text() } satisfies HttpAnswer;
}

/** Sends text, bytes or a value as the JSON body of a POST. */
export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<HttpAnswer> {
  const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return request(url, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: bytes as BodyInit });
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export function bodyOf({ text }: HttpAnswer): GraphQLBody {
  return JSON.parse(text) as GraphQLBody;
}

/** A refusal that a program can read, and that shows nothing of the server's inside. */
export function expectRefusal(answer: HttpAnswer, status: number, code: string, message = /./): void {
  expect({ status: answer.status, code: codesOf(answer)[0], text: answer.text }).toMatchObject({ status, code });
  expect(answer.headers.get('content-type')).toMatch(/json/);
  const { data, errors } = bodyOf(answer);
  expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
  expect(errors?.[0]?.message).toMatch(message);
  expectNoInternals(answer.text);
}

export function expectNoInternals(text: string): void {
  expect(text).not.toMatch(INTERNALS);
}

function codesOf(answer: HttpAnswer): unknown[] {
  try {
    return bodyOf(answer).errors?.map(({ extensions }) => extensions?.['code']) ?? [];
  } catch {
    return [];
  }
}

/** Sends bytes as they are, HTTP or not, and returns all that comes back until the server closes the connection. */
export async function exchange(url: string, sent: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setEncoding('utf8');
  let received = '';
  socket.on('data', (chunk: string) => {
    received += chunk;
  });
  return new Promise((resolve) => {
    socket.once('close', () => resolve(received));
    // A reset after the answer is an ordinary end; without an answer, the empty text tells.
    socket.on('error', () => {});
    socket.write(sent);
  });
}
