import { expect } from 'vitest';
import { send } from './app.ts';
import { createBoard, signIn, SubmitScores, type TestPlayer } from './documents.ts';
import { tokenFor } from './tokens.ts';

export type Crowd = {
  slug: string;
  players: TestPlayer[];
  /** Gives every player another score, in one batch. The order changes from batch to batch. */
  submit(): Promise<void>;
};

/** Nearly as large as metadata may be. */
const LARGE = { replay: 'x'.repeat(900) };

/** A board of the game `g` on the server at `url`, and players who may stand on it. */
export async function gatherCrowd(url: string, slug: string, size: number): Promise<Crowd> {
  await createBoard({ url, tokenFor }, { slug, operator: 'LATEST' });
  const names = Array.from({ length: size }, (_, index) => `A player of many letters, no. ${index}`);
  const players = await Promise.all(names.map((name) => signIn({ url }, name)));
  const server = await tokenFor('server', 'server');
  let batches = 0;
  return {
    slug,
    players,
    submit: async () => {
      batches += 1;
      const input = players.map(({ id }, index) => ({
        player: id,
        game: 'g',
        leaderboard: slug,
        score: 1_000_000_000 + ((index * 37 + batches * 11) % 101) * 1_000 + batches,
        idempotencyKey: `batch-${batches}`,
        metadata: LARGE,
      }));
      const { data } = await send(url, SubmitScores, { input }, server);
      expect(new Set(data.submitScores.map(({ __typename }) => __typename))).toEqual(new Set(['Submission']));
    },
  };
}
