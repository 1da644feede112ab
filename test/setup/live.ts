import { createClient } from 'graphql-sse';
import { expect } from 'vitest';
import type { LeaderboardChangedSubscription, TypedDocumentString } from '../generated/graphql.ts';
import { send } from './app.ts';
import { SubmitScore, type TestPlayer } from './documents.ts';

export type Change = LeaderboardChangedSubscription['leaderboardChanged'];
/** What of a change leads from state to state. */
export type Told = Pick<Change, 'moves' | 'revision' | 'snapshot' | 'standings'>;

export type Listening<Data> = {
  /** What was heard so far. */
  heard: Data[];
  /** Why the stream ended, null while it is open: `complete`, or what went wrong. */
  ended(): unknown;
  leave(): void;
};

/** What a client of graphql-sse that may not come back says of a stream that ended without `complete`. */
export const CUT_OFF = 'Connection closed while having active streams';

/** Listens as a frontend does, with the client of graphql-sse: one connection for this subscription. */
export function listen<Data, Variables extends Record<string, unknown>>(
  url: string,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  token?: string,
): Listening<Data> {
  const client = createClient({
    url: `${url}/graphql`,
    retryAttempts: 0,
    ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
  });
  const heard: Data[] = [];
  let end: unknown = null;
  const leave = client.subscribe<Data>(
    { query: document.toString(), variables },
    {
      next: ({ data, errors }) => {
        if (data) heard.push(data);
        if (errors) end = errors;
      },
      error: (error) => {
        end = error;
      },
      complete: () => {
        end ??= 'complete';
      },
    },
  );
  return { heard, ended: () => end, leave };
}

/** The event that comes after the first `count`. */
export async function nextAfter<Data>({ heard, ended }: Listening<Data>, count: number): Promise<Data> {
  await expect.poll(() => heard.length > count || ended(), { timeout: 5_000, interval: 10 }).toBe(true);
  return heard[count] as Data;
}

export async function streamsOf(url: string): Promise<number> {
  const response = await fetch(`${url}/healthz`);
  return ((await response.json()) as { streams: number }).streams;
}

export async function expectNoStreams(url: string): Promise<void> {
  await expect.poll(() => streamsOf(url), { timeout: 5_000 }).toBe(0);
}

let submitted = 0;

/** Submits a score to a board of the game `g` and fails unless it is accepted. */
export async function submitTo(url: string, leaderboard: string, player: TestPlayer, score: number): Promise<void> {
  submitted += 1;
  const input = { game: 'g', leaderboard, score, idempotencyKey: `live-${submitted}` };
  const { data } = await send(url, SubmitScore, { input }, player.token);
  expect(data.submitScore.__typename).toBe('Submission');
}

type Position = { rank: number; score: number };

/** Fails unless the moves of each event lead from the event before to its standings, and revisions only rise. */
export function expectToFollow(changes: Told[]): void {
  for (const [index, change] of changes.entries()) {
    const before = changes[index - 1];
    if (!before) continue;
    expect(change.revision).toBeGreaterThan(before.revision);
    expectToLead(before, change);
  }
}

/** Like `expectToFollow` for the first event after a reconnection, which may also confirm that nothing has changed. */
export function expectToResume(held: Told, first: Told): void {
  expect(first.revision).toBeGreaterThanOrEqual(held.revision);
  if (first.revision === held.revision) expect(first.standings).toEqual(held.standings);
  expectToLead(held, first);
}

function expectToLead(before: Told, change: Told): void {
  if (change.snapshot) expect(change.moves).toEqual([]);
  else expect(Object.fromEntries(applyMoves(before, change))).toEqual(Object.fromEntries(positionsOf(change)));
}

function applyMoves(before: Told, { moves }: Told): Map<string, Position> {
  const positions = positionsOf(before);
  for (const { kind, player, fromRank, fromScore, toRank, toScore } of moves) {
    const from = positions.get(player.id);
    expect({ kind, rank: fromRank, score: fromScore }).toEqual({
      kind: kindOf(from, toRank, toScore),
      rank: from?.rank ?? null,
      score: from?.score ?? null,
    });
    if (toRank === null || toScore === null) positions.delete(player.id);
    else positions.set(player.id, { rank: toRank, score: toScore });
  }
  return positions;
}

function kindOf(from: Position | undefined, toRank: number | null, toScore: number | null): string {
  if (!from) return 'ENTERED';
  if (toRank === null) return 'LEFT';
  if (toRank !== from.rank) return toRank < from.rank ? 'UP' : 'DOWN';
  return toScore === from.score ? 'none' : 'SCORED';
}

function positionsOf({ standings }: Told): Map<string, Position> {
  return new Map(standings.map(({ player, rank, score }) => [player.id, { rank, score }]));
}
