import { setTimeout as delay } from 'node:timers/promises';
import { ask } from '../load/ask.ts';
import { type Crowd, gather } from '../load/crowd.ts';
import { GAME, type Player, SCORE_MAX } from '../stores/seed.ts';

/** Makes one change of what the crowd watches, and says which revision it caused. */
export type Change = (crowd: Crowd) => Promise<number>;

const LIVE = `subscription ($slug: String!) { leaderboardChanged(game: "${GAME}", slug: $slug, top: 10) {
  revision snapshot standings { rank score player { nickname } } moves { kind fromRank toRank player { nickname } }
} }`;
const SUBMIT = 'mutation ($input: SubmitScoreInput!) { submitScore(input: $input) { ... on Submission { id } } }';
/** Longer than the shortest time between two events of one board, so that each change is an event of its own. */
const INTERVAL_MS = 150;
const CAPTURE_DEADLINE_MS = 10_000;

/** The stream of one board's top ten. */
export function streamOf(url: string, slug: string): URL {
  const variables = JSON.stringify({ slug });
  return new URL(`${url}/graphql?${new URLSearchParams({ query: LIVE, variables }).toString()}`);
}

/** Above all that have been submitted by any of these. */
let bestScore = SCORE_MAX;

/** Each change is the best score so far on any board, so that all ten rows move. */
export function firstPlaces({ url, slug, players }: { url: string; slug: string; players: Player[] }): Change {
  const run = crypto.randomUUID();
  let count = 0;
  return async (crowd) => {
    count += 1;
    const held = crowd.revision();
    bestScore += 1;
    const input = { game: GAME, leaderboard: slug, score: bestScore, idempotencyKey: `${run} ${count}` };
    const token = players[count % players.length]?.token ?? '';
    const body = JSON.stringify({ query: SUBMIT, variables: { input } });
    const answer = JSON.parse(await ask(url, { body, token })) as { data: { submitScore: { id: string } } };
    const [, seq] = Buffer.from(answer.data.submitScore.id, 'base64').toString().split(':');
    // As src/db/submissions/saveSubmissions.ts numbers the revisions of a period.
    return Math.max(held + 1, Number(seq));
  };
}

/**
 * From the moment of asking for a change until the last has heard of it, in ms, for so many changes in a row, or for as
 * many as fit into the time, but one at least. With several crowds each watches a board of its own, and all boards change at once.
 */
export async function timeChanges(
  watched: { crowd: Crowd; change: Change }[],
  { count, seconds }: { count: number; seconds: number },
): Promise<number[]> {
  const timesMs: number[] = [];
  const untilMs = performance.now() + seconds * 1_000;
  do {
    const startedAt = performance.now();
    const heardAtMs = watched.map(async ({ crowd, change }) => crowd.heardByAll(await change(crowd)));
    timesMs.push(Math.max(...(await Promise.all(heardAtMs))) - startedAt);
    await delay(Math.max(0, startedAt + INTERVAL_MS - performance.now()));
  } while (timesMs.length < count && performance.now() < untilMs);
  return timesMs;
}

/** The bytes of one event of a change, as a stream carries them, with %REVISION% for the revision. */
export async function captureEvent(stream: URL, change: Change): Promise<string> {
  const crowd = await gather(stream, 1);
  const abort = AbortSignal.timeout(CAPTURE_DEADLINE_MS);
  try {
    const response = await fetch(stream, { headers: { accept: 'text/event-stream' }, signal: abort });
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
      if (event) return event.replace(/"revision":\d+/, '"revision":%REVISION%');
    }
    throw new Error('the stream ended without an event');
  } finally {
    crowd.leave();
  }
}
