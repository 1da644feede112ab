import { setTimeout as delay } from 'node:timers/promises';
import { alternate } from './alternate.ts';
import type { Bench } from './bench.ts';
import { type Crowd, gather } from './crowd.ts';
import { post } from './post.ts';
import { printTable, shortNumber } from './printTable.ts';
import { GAME, seedBoard, seedPlayers, seedScores } from './seed.ts';
import type { Server } from './serverProcess.ts';
import { median, percentile } from './statistics.ts';

const STREAMS = 5_000;
const MANY_STREAMS = 10_000;
const CHANGES = 20;
/** Longer than a change takes on its way to all. */
const INTERVAL_MS = 400;
const SLUG = 'fanout';

const LIVE = `subscription { leaderboardChanged(game: "${GAME}", slug: "${SLUG}", top: 10) {
  revision snapshot standings { rank score player { nickname } } moves { kind fromRank toRank player { nickname } }
} }`;
const SUBMIT = 'mutation ($input: SubmitScoreInput!) { submitScore(input: $input) { ... on Submission { id } } }';

/** Makes one change, and says which revision it caused. */
type Change = (crowd: Crowd) => Promise<number>;
type Measured = { crowd: Crowd; bytesPerStream: number };

/** One change to thousands of streams: from sending the mutation until the last of them has heard of it. */
export async function fanout(bench: Bench): Promise<void> {
  const ours = await bench.start('src/main.ts');
  const change = await seedChanges(bench, ours.url);
  const stream = new URL(`${ours.url}/graphql?query=${encodeURIComponent(LIVE)}`);
  const event = (await captureEvent(stream, change)).replace(/"revision":\d+/, '"revision":%REVISION%');
  const raw = await bench.start('bench/rawStreams.ts', { EVENT: event });
  const rawChange: Change = async () =>
    (JSON.parse(await post(raw.url, { body: '{}' })) as { revision: number }).revision;

  const laurel = { name: 'Laurel', change, ...(await gatherAt(ours, stream)) };
  const sockets = {
    name: 'raw sockets, the same bytes',
    change: rawChange,
    ...(await gatherAt(raw, new URL(raw.url))),
  };
  const times = await alternate([laurel, sockets].map(subjectOf), bench.rounds);
  sockets.crowd.leave();
  laurel.crowd.deafen(STREAMS / 10);
  const [withDeaf = []] = await alternate([subjectOf(laurel)], bench.rounds);
  laurel.crowd.leave();
  const many = { ...laurel, crowd: await gather(stream, MANY_STREAMS) };
  const [ofMany = []] = await alternate([subjectOf(many)], bench.rounds);
  many.crowd.leave();

  const [oursMs = [], rawMs = []] = times;
  const ratioTo = (own: number[][], other: number[][]) =>
    `${median(own.map((round, at) => median(round) / median(other[at] ?? []))).toFixed(2)} x`;
  const row = (name: string, rounds: number[][], more: string[]): [string, ...string[]] => {
    const [p50 = '', p99 = ''] = [0.5, 0.99].map((share) => shortNumber(percentile(rounds.flat(), share)));
    return [name, p50, p99, ...more];
  };
  const kib = ({ bytesPerStream }: Measured) => shortNumber(bytesPerStream / 1_024);
  printTable(
    `One change to ${STREAMS} streams, ${bench.rounds} rounds of ${CHANGES} changes, ${event.length} bytes an event`,
    ['p50 ms', 'p99 ms', 'takes', 'KiB a stream'],
    [
      row(laurel.name, oursMs, [`${ratioTo(oursMs, rawMs)} raw`, kib(laurel)]),
      row(sockets.name, rawMs, ['', kib(sockets)]),
      row('Laurel, one in ten does not read', withDeaf, [`${ratioTo(withDeaf, oursMs)} all`, '']),
      row(`Laurel, ${MANY_STREAMS} streams`, ofMany, ['', '']),
    ],
  );
}

const subjectOf = ({ name, crowd, change }: { name: string; crowd: Crowd; change: Change }) => ({
  name,
  measure: ({ warmUp }: { warmUp: boolean }) => timeChanges(crowd, change, warmUp ? 5 : CHANGES),
});

async function gatherAt(server: Server, stream: URL): Promise<Measured> {
  const before = await server.rssBytes();
  const crowd = await gather(stream, STREAMS);
  return { crowd, bytesPerStream: ((await server.rssBytes()) - before) / STREAMS };
}

async function timeChanges(crowd: Crowd, change: Change, count: number): Promise<number[]> {
  const timesMs: number[] = [];
  for (let made = 0; made < count; made += 1) {
    const startedAt = performance.now();
    const revision = await change(crowd);
    timesMs.push((await crowd.heardByAll(revision)) - startedAt);
    await delay(Math.max(0, startedAt + INTERVAL_MS - performance.now()));
  }
  return timesMs;
}

/** Each score is the best so far, so that all ten rows move. */
async function seedChanges({ database, tokens }: Bench, url: string): Promise<Change> {
  const playerIds = await seedPlayers(database, 100);
  await seedScores(database, await seedBoard(database, SLUG, ['ALL_TIME']), playerIds);
  const bearers = await Promise.all(playerIds.slice(0, 20).map((id) => tokens.sign(id, ['player'])));
  let count = 0;
  return async (crowd) => {
    count += 1;
    const held = crowd.revision();
    const input = { game: GAME, leaderboard: SLUG, score: 1_000_000 + count, idempotencyKey: `fanout ${count}` };
    const token = bearers[count % bearers.length]?.token ?? '';
    const body = JSON.stringify({ query: SUBMIT, variables: { input } });
    const answer = JSON.parse(await post(url, { body, token })) as { data: { submitScore: { id: string } } };
    const [, seq] = Buffer.from(answer.data.submitScore.id, 'base64').toString().split(':');
    // As src/db/saveSubmissions.ts numbers the revisions of a period.
    return Math.max(held + 1, Number(seq));
  };
}

/** The bytes of one event of a change, as a stream carries them. */
async function captureEvent(stream: URL, change: Change): Promise<string> {
  const crowd = await gather(stream, 1);
  const response = await fetch(stream, { headers: { accept: 'text/event-stream' } });
  const decoder = new TextDecoder();
  let text = '';
  let changed = false;
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (!changed && text.includes('"snapshot":true')) {
      changed = true;
      await crowd.heardByAll(await change(crowd));
    }
    const [event] = /event: next\ndata: .*"snapshot":false.*\n(id: .*\n)?\n/.exec(text) ?? [];
    if (event) {
      crowd.leave();
      return event;
    }
  }
  throw new Error('the stream ended without an event');
}
