import { assertScalarType } from 'graphql';
import { expect, test } from 'vitest';
import { createTokens } from '../../src/auth/tokens.ts';
import { flawOfName } from '../../src/domain/flawOfName.ts';
import { flawOfSchedule } from '../../src/domain/tournaments/schedule.ts';
import { flawOfWebhookUrl } from '../../src/domain/webhooks/webhookUrl.ts';
import { createClientAddress } from '../../src/http/clientAddress.ts';
import { nestingOf, parseExactJson } from '../../src/http/exactJson.ts';
import { accepts } from '../../src/http/mediaTypes.ts';
import { requestIdOf } from '../../src/http/requestScope.ts';
import { parseCursor } from '../../src/resolvers/leaderboards/standingCursor.ts';
import { parsePageCursor, parseRankCursor } from '../../src/resolvers/pageCursor.ts';
import { slugRule } from '../../src/resolvers/parseInput.ts';
import { idOf } from '../../src/schema/globalId.ts';
import { schema } from '../../src/schema/index.ts';

/** Twice the length may take twice the time, and as much again for a machine that is busy; a square would take sixteen times. */
const FACTOR_MAX = 8;
const LENGTH = 400_000;

test.each<[what: string, text: (length: number) => string]>([
  ['an open quote and escaped quotes', (length) => `"${'\\"'.repeat(length / 2)}`],
  ['quotes alone', (length) => '"'.repeat(length)],
  ['block quotes that are escaped', (length) => `"""${'\\"""'.repeat(length / 4)}`],
  ['backslashes behind a quote', (length) => `"${'\\'.repeat(length)}`],
  ['comments', (length) => '#'.repeat(length)],
  ['a number with zeros inside', (length) => `1${'0'.repeat(length)}1.5`],
  ['a string of digits', (length) => `"${'1'.repeat(length)}"`],
])('%s of four times the length takes at most in proportion', (_what, text) => {
  const [short, long] = [text(LENGTH), text(LENGTH * 4)];
  expect(fastest(() => read(long))).toBeLessThan(fastest(() => read(short)) * FACTOR_MAX + 20);
});

test.each([
  ['{"a": [1, {"b": "}}}]]]"}]}', 3],
  ['query { a(b: """ { \\""" { """) { c } } # {{{', 2],
  ['{ a(b: "\\"{{") }', 2],
  ['"" [[]]', 2],
  ['"no end\n[[[]]]', 3],
  ['""" no end [[[', 0],
])('brackets in %s lie %i deep', (text, depth) => expect(nestingOf(text)).toBe(depth));

const scalar = (name: string) => assertScalarType(schema.getType(name));
const tokens = createTokens({ secrets: ['a-secret-of-32-bytes-0123456789-abcdef'], issuer: 'i', audience: 'a' });
const addressOf = createClientAddress(['127.0.0.1', '1.0.0.0/8', '::/0']);

const READERS: Record<string, (text: string) => unknown> = {
  'a cursor of a board': parseCursor,
  'a cursor of a list': parsePageCursor,
  'a cursor of ranks': parseRankCursor,
  'an id': (text) => idOf('Player', text),
  'a moment': (text) => scalar('DateTime').parseValue(text),
  'a number in a string': (text) => scalar('SafeInt').parseValue(text),
  'a bearer token': (text) => tokens.verify(text),
  'a name': flawOfName,
  'a slug': (text) => slugRule.safeParse(text),
  'a cron text': (cron) => flawOfSchedule({ cron, timeZone: 'UTC' }),
  'a time zone': (timeZone) => flawOfSchedule({ cron: '0 0 * * 1', timeZone }),
  'the URL of a webhook': (text) => flawOfWebhookUrl(`https://${text}`, { allowsPrivate: false }),
  'X-Forwarded-For': (text) =>
    addressOf({ socket: { remoteAddress: '127.0.0.1' }, headers: { 'x-forwarded-for': text } }),
  Accept: (text) => accepts(new Request('http://x', { headers: { accept: text } }), ['text/event-stream']),
  'X-Request-Id': requestIdOf,
};
/** What makes a reader that goes back begin anew: runs, separators, and almost what is wanted. */
const PARTS = ['a', '0', 'A=', '-', 'a-', 'a.', '1.1.1.1, ', ':', ' ', '0,', '*/1 ', 'e1', 'Й', '/', '%41', '[::1], '];

test.each(Object.entries(READERS))('%s of four times the length is read in proportion', async (_what, reader) => {
  for (const part of PARTS) {
    const [short, long] = [part.repeat(LENGTH / 8 / part.length), part.repeat(LENGTH / 2 / part.length)];
    const took = await fastestOf(reader, short);
    expect(await fastestOf(reader, long)).toBeLessThan(took * FACTOR_MAX + 20);
  }
});

async function fastestOf(reader: (text: string) => unknown, text: string): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const start = performance.now();
    try {
      await reader(text);
    } catch {
      // Refused; how long that takes is what counts.
    }
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

function read(text: string): void {
  nestingOf(text);
  try {
    parseExactJson(text);
  } catch {
    // Refused; how long that takes is what counts.
  }
}

/** Of three runs: what disturbs a run makes it longer, never shorter. */
function fastest(work: () => void): number {
  return Math.min(...[1, 2, 3].map(() => timed(work)));
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
