import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO } from '../../src/domain/demo/demo.ts';
import { send, startTestApp, type TestApp } from '../setup/app.ts';
import { Board } from '../setup/documents.ts';
import { freePort } from '../setup/serverProcess.ts';
import { runScript } from './runScript.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { DEMO: 'true' } });
});
afterAll(() => app.stop());

const simulate = (...args: string[]) => runScript('simulate.ts', args);

async function revisions(): Promise<number[]> {
  const answers = await Promise.all(
    DEMO.boards.map(({ slug }) => send(app.url, Board, { game: DEMO.game.slug, slug })),
  );
  return answers.map(({ data }) => data.leaderboard?.standings.revision ?? 0);
}

test('a simulation loses no score and changes every board of the demo game', async () => {
  const before = await revisions();
  const { code, stdout, stderr } = await simulate('--players', '5', '--seconds', '2', '--rate', '30', '--url', app.url);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^60 submitted, .* 0 requests failed, 0 scores lost;/m);
  const after = await revisions();
  expect(after.every((revision, index) => revision > (before[index] ?? 0))).toBe(true);
});

test('a request that failed is sent again with the same key, so its score is neither lost nor counted twice', async () => {
  const flaky = await startFlakyProxy();
  const { code, stdout } = await simulate('--players', '2', '--seconds', '1', '--rate', '20', '--url', flaky.url);
  flaky.stop();
  expect(code).toBe(0);
  const [, failed] = /^20 submitted, .* (\d+) requests failed, 0 scores lost;/m.exec(stdout) ?? [];
  expect(Number(failed)).toBe(flaky.swallowed());
  expect(flaky.keysAccepted()).toBe(flaky.keysSeen());
});

test('a server that is not there is one line and exit code 1', async () => {
  const { code, stderr } = await simulate('--url', `http://127.0.0.1:${await freePort()}`);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^No Laurel answers at http:.*ECONNREFUSED.*npm start.*\n$/);
});

test.for([
  [['--rate', '0'], /^--rate must be a whole number from 1 to 2000, not "0"\.\n$/],
  [['--players', 'many'], /^--players must be a whole number .*\n$/],
  [['--url', 'here'], /^--url must be the address of a server.*\n$/],
  [['--speed', '1'], /^Unknown option '--speed'\. Usage: npm run simulate.*\n$/],
] as const)('%j is refused in one line', async ([args, wanted]) => {
  const { code, stderr } = await simulate(...args);
  expect(code).toBe(1);
  expect(stderr).toMatch(wanted);
});

/** Passes requests on, but keeps the answer to each third submission to itself: the score is stored, the client not told. */
async function startFlakyProxy() {
  const seen = new Set<string>();
  const accepted = new Set<string>();
  let submissions = 0;
  let swallowed = 0;
  const pass = async (body: string): Promise<{ status: number; text: string }> => {
    const { authorization, ...request } = JSON.parse(body) as { authorization?: string };
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: JSON.stringify(request),
    });
    const text = await response.text();
    const key = /"idempotencyKey":"([^"]+)"/.exec(body)?.[1];
    if (key === undefined) return { status: response.status, text };
    seen.add(key);
    if (text.includes('"replayed":false')) accepted.add(key);
    submissions += 1;
    if (submissions % 3 !== 0) return { status: response.status, text };
    swallowed += 1;
    return { status: 503, text: '{"errors":[{"message":"swallowed"}]}' };
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { authorization } = request.headers;
      void pass(JSON.stringify({ ...(JSON.parse(body) as object), authorization })).then(({ status, text }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(text),
      );
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    swallowed: () => swallowed,
    keysSeen: () => seen.size,
    keysAccepted: () => accepted.size,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
