import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DEMO } from '../domain/demo/demo.ts';
import { CommandError, runCommand, wholeNumber } from './runCommand.ts';
import { type Client, createClient, type RequestFailure } from './simulation/client.ts';
import { playOnce, signInPlayers } from './simulation/players.ts';
import { createTally, TALLY_HEADING } from './simulation/tally.ts';

const USAGE = 'npm run simulate -- [--players 50] [--seconds 30] [--rate 20] [--url http://127.0.0.1:4000]';
/** After the last play, for answers and retries that are still to come. */
const FINISH_DEADLINE_MS = 10_000;
/** A server that does not keep up is not buried under requests. */
const IN_FLIGHT_MAX = 256;

/**
 * A crowd plays the demo game through the public API: `rate` scores a second in all. Exits with 1 when a score was lost.
 * Ctrl-C ends it early, with the summary; a second one at once.
 */
await runCommand({
  usage: USAGE,
  run: async (args) => {
    const { url, players: count, seconds, rate } = optionsOf(args);
    const ended = new AbortController();
    const stopping = new AbortController();
    process.once('SIGINT', () => {
      stopping.abort();
      process.once('SIGINT', () => process.exit(1));
    });
    const client = createClient(url, ended.signal);
    const tally = createTally();
    const options = { client, tally, signal: ended.signal };
    await requireDemo(client, url);
    console.log(`${count} players sign in at ${url}, then play ${rate} times a second for ${seconds} s.`);
    const players = await signInPlayers(count, randomUUID(), { ...options, signal: stopping.signal });

    console.log(TALLY_HEADING);
    const lines = setInterval(() => console.log(tally.nextLine()), 1_000);
    const playing = new Set<Promise<void>>();
    for await (const _ of ticks({ rate, seconds, signal: stopping.signal })) {
      while (playing.size >= IN_FLIGHT_MAX) await Promise.race(playing);
      const play = playOnce(players, options).finally(() => playing.delete(play));
      playing.add(play);
    }
    const late = setTimeout(() => ended.abort(), FINISH_DEADLINE_MS);
    await Promise.all(playing);
    clearTimeout(late);
    clearInterval(lines);
    console.log(tally.nextLine());
    console.log(tally.summary());
    return tally.total.lost === 0 ? 0 : 1;
  },
});

function optionsOf(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      players: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '30' },
      rate: { type: 'string', default: '20' },
      url: { type: 'string', default: 'http://127.0.0.1:4000' },
    },
  });
  if (!URL.canParse(values.url) || !/^https?:/.test(values.url)) {
    throw new CommandError(`--url must be the address of a server, like http://127.0.0.1:4000, not "${values.url}".`);
  }
  return {
    players: wholeNumber('--players', values.players, { min: 1, max: 10_000 }),
    seconds: wholeNumber('--seconds', values.seconds, { min: 1, max: 3_600 }),
    rate: wholeNumber('--rate', values.rate, { min: 1, max: 2_000 }),
    url: new URL('/graphql', values.url).href,
  };
}

async function requireDemo(client: Client, url: string): Promise<void> {
  const query = 'query Demo($game: String!, $slug: String!) { leaderboard(game: $game, slug: $slug) { id } }';
  for (const { slug } of DEMO.boards) {
    const { leaderboard } = await client
      .send<{ leaderboard: object | null }>(query, { game: DEMO.game.slug, slug })
      .catch((error: RequestFailure) => {
        throw new CommandError(
          `No Laurel answers at ${url} (${error.message}). Start one with npm start, or pass --url.`,
        );
      });
    if (!leaderboard) throw new CommandError(`The server at ${url} has no demo game. Start it with DEMO=true.`);
  }
}

/** `rate` times a second for so many seconds, in step with the clock: a late tick is made up for. */
async function* ticks({ rate, seconds, signal }: { rate: number; seconds: number; signal: AbortSignal }) {
  const startedAt = performance.now();
  for (let tick = 0; tick < rate * seconds && !signal.aborted; tick += 1) {
    const pauseMs = startedAt + (tick * 1_000) / rate - performance.now();
    if (pauseMs > 0) await delay(pauseMs, undefined, { signal }).catch(() => {});
    if (!signal.aborted) yield tick;
  }
}
