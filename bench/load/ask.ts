import type { Question } from './question.ts';

/** Sends one question and returns the answer as it came. Throws when it holds errors, or after ten seconds. */
export async function ask(url: string, { body, token }: Question): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body,
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (!response.ok || text.includes('"errors"')) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text;
}
