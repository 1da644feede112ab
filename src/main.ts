import { setFlagsFromString } from 'node:v8';
import { type Logger, pino } from 'pino';
import { type App, startApp } from './app.ts';
import { sayFailure } from './commands/sayFailure.ts';
import { type Config, loadConfig } from './config.ts';
import { describeError } from './log.ts';
import { DEMO } from './domain/demo/demo.ts';

/** Longer than the app's own deadline: only a stop that hangs meets it. */
const STOP_DEADLINE_MS = 15_000;
/** How far the heap may grow beyond what lives, in percent, on the small machine that embedded mode is for: left to V8, to threefold. */
const EMBEDDED_HEAP_GROWTH = 50;

async function main(): Promise<void> {
  const config = loadConfig();
  if (config.isEmbedded) setFlagsFromString(`--heap-growing-percent=${EMBEDDED_HEAP_GROWTH}`);
  const log = pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  const starting = startApp(config, log);
  stopOnSignals(starting, log);
  const app = await starting;
  log.info({ url: app.url, mode: config.isEmbedded ? 'embedded' : 'server' }, 'listening');
  if (config.isEmbedded) process.stdout.write(welcome(app.url, config));
}

/** Also while it starts, which is then finished first: cut short, it would leave a PostgreSQL behind that nobody stops. */
function stopOnSignals(starting: Promise<App>, log: Logger): void {
  let isStopping = false;
  const stop = (signal: string) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    const stopped = starting.then(
      (app) => app.stop().then(() => process.exit(0)),
      () => {
        // A start that failed is told where it was begun.
      },
    );
    stopped.catch((error: unknown) => {
      log.fatal({ error: describeError(error) }, 'could not stop cleanly');
      process.exit(1);
    });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Says that who started it has gone, which may come after another signal and is no reason to hurry.
  process.on('SIGHUP', (signal) => {
    if (!isStopping) stop(signal);
  });
}

function welcome(url: string, { dataDir, isDemo }: Config): string {
  const first = isDemo
    ? `
  Try     open ${url}/graphql in a browser and press play in each tab
          npm run simulate               a crowd plays the demo game; watch the last tab move
          curl -s ${url}/graphql -H 'content-type: application/json' -d '{"query":
            "{ leaderboard(game: \\"${DEMO.game.slug}\\", slug: \\"high-scores\\") { standings(first: 3) { edges { node { rank score player { nickname } } } } } }"}'
`
    : '';
  return `
  Laurel is running, with nothing else needed.

  GraphQL and GraphiQL   ${url}/graphql
  Health                 ${url}/healthz  ${url}/readyz
  Data                   ${dataDir} (survives restarts; delete the folder to start over)
${first}
  Stop with Ctrl-C. For a PostgreSQL of your own and Redis, set DATABASE_URL, REDIS_URL and AUTH_SECRET: see README.md.

`;
}

main().catch((error: unknown) => {
  console.error(`Laurel did not start.\n${sayFailure(error)}`);
  process.exit(1);
});
