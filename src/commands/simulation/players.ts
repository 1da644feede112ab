import { randomInt } from 'node:crypto';
import { CommandError } from '../runCommand.ts';
import type { Client } from './client.ts';
import { makePlay, nicknameOf, type Play } from './plays.ts';
import { persist } from './persist.ts';
import type { Tally } from './tally.ts';

type Player = { token: string; skill: number; lastPlay: Play | null };
type SignInData = { signInWithDevice: { token?: string; message?: string } };
type SubmitData = { submitScore: { outcome?: string; replayed?: boolean; message?: string } };
type Options = { client: Client; signal: AbortSignal; tally: Tally };

const SIGN_IN = `mutation SignIn($input: SignInWithDeviceInput!) {
  signInWithDevice(input: $input) { ... on SignedIn { token } ... on Error { message } }
}`;
const SUBMIT = `mutation Submit($input: SubmitScoreInput!) {
  submitScore(input: $input) { ... on Submission { outcome replayed } ... on Error { message } }
}`;
const SIGN_INS_AT_ONCE = 10;
/** One play in this many is sent again as it was: what a client does that has not heard the answer. */
const REPEAT_ONE_IN = 12;

/** Signs in `count` players with the devices of this run; fewer when `signal` says to stop. */
export async function signInPlayers(count: number, run: string, { client, signal, tally }: Options): Promise<Player[]> {
  const players: Player[] = [];
  const indexes = Array.from({ length: count }, (_, index) => index).values();
  const signInRest = async () => {
    for (const index of indexes) {
      if (signal.aborted) return;
      const input = { deviceId: `simulation-${run}-${index}`, nickname: nicknameOf(index) };
      const send = () => client.send<SignInData>(SIGN_IN, { input });
      const { signInWithDevice: result } = await persist(send, { signal, failed: tally.failed }).catch(
        (error: Error): SignInData => ({ signInWithDevice: { message: error.message } }),
      );
      if (result.token === undefined) throw new CommandError(`A player could not sign in: ${result.message}`);
      players.push({ token: result.token, skill: Math.random(), lastPlay: null });
    }
  };
  await Promise.all(Array.from({ length: SIGN_INS_AT_ONCE }, signInRest));
  return players;
}

/** Lets one of the players play, or repeat the last play, and sees the score through. Never rejects. */
export async function playOnce(players: Player[], { client, signal, tally }: Options): Promise<void> {
  const player = players[randomInt(players.length)];
  if (!player) return;
  const repeated = randomInt(REPEAT_ONE_IN) === 0 ? player.lastPlay : null;
  const input = repeated ?? makePlay(player.skill);
  let startedAt = 0;
  const send = () => {
    startedAt = performance.now();
    return client.send<SubmitData>(SUBMIT, { input }, player.token);
  };
  try {
    const { submitScore: answer } = await persist(send, { signal, failed: tally.failed });
    const { outcome, replayed = false, message } = answer;
    if (outcome === undefined) throw new Error(message);
    if (repeated && !replayed) throw new Error('a repeated score was counted twice');
    tally.answered({ outcome, replayed }, performance.now() - startedAt);
    player.lastPlay = input;
  } catch (error) {
    tally.lost();
    console.error(`A score on ${input.leaderboard} was lost: ${(error as Error).message}`);
  }
}
