import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { chromium, type Page } from 'playwright-core';
import { startApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';

/**
 * `npm run test:browser -- --chromium /usr/bin/chromium`: presses play in each of GraphiQL's tabs, as a newcomer does, and
 * watches a score arrive in the last. `--picture docs/live-board.png` keeps what is seen then.
 */
const WAIT_MS = 5_000;
const ATTEMPTS = 3;
const TABS = [
  { name: 'TopTen', shows: '"totalCount": 12' },
  { name: 'SignIn', shows: '"token"' },
  { name: 'Submit', shows: '"outcome": "IMPROVED"' },
  { name: 'Live', shows: '"snapshot": true' },
];

const { values } = parseArgs({
  options: { chromium: { type: 'string', default: 'chromium' }, picture: { type: 'string' } },
});
const folder = mkdtempSync(join(tmpdir(), 'laurel-browser-'));
const app = await startApp(loadConfig({ PORT: '0', DATA_DIR: folder }), pino({ level: 'silent' }));
const browser = await chromium.launch({
  executablePath: values.chromium,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 760 } });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('requestfailed', (request) => problems.push(`not loaded: ${new URL(request.url()).origin}`));
  await page.goto(`${app.url}/graphql`);
  for (const [index, { name, shows }] of TABS.entries()) {
    await page.locator('.graphiql-tab-button').nth(index).click();
    await page.locator('.graphiql-tab-active', { hasText: name }).waitFor({ timeout: WAIT_MS });
    await play(page, shows);
    console.log(`${name}: shows ${shows}`);
  }
  await scoreAs('Grace', 9_400);
  await waitForResult(page, '"nickname": "Grace"');
  console.log('Live: shows a score arrive');
  if (values.picture) await page.screenshot({ path: values.picture });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  console.log(`${TABS.length + 1} passed, 0 failed`);
} finally {
  await browser.close();
  await app.stop();
}

/** Signs a new player in and submits a score, past the page. */
async function scoreAs(nickname: string, score: number): Promise<void> {
  const call = async (query: string, token?: string) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as { data: { signInWithDevice: { token: string } } };
  };
  const input = `{ deviceId: "device-of-${nickname}-0123456789", nickname: "${nickname}" }`;
  const signedIn = await call(`mutation { signInWithDevice(input: ${input}) { ... on SignedIn { token } } }`);
  const { token } = signedIn.data.signInWithDevice;
  const submission = `{ game: "skyline", leaderboard: "high-scores", score: ${score}, idempotencyKey: "picture" }`;
  await call(`mutation { submitScore(input: ${submission}) { __typename } }`, token);
}

/** GraphiQL learns a moment after a change of tabs which operation is there; whoever clicks sooner has to click again. */
async function play(page: Page, shows: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await page.locator('.graphiql-execute-button').click();
    try {
      await waitForResult(page, shows);
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** Lines of the editor are elements of their own, with hard blanks. */
async function waitForResult(page: Page, shows: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('.result-window .view-line')]
        .map((line) => line.textContent.replaceAll('\u00a0', ' '))
        .join('\n')
        .includes(wanted),
    shows,
    { timeout: WAIT_MS },
  );
}
