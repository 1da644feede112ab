import { expect } from 'vitest';
import { findLeaderboard } from '../../src/db/leaderboards/leaderboards.ts';
import { settleTournament } from '../../src/db/tournaments/settleTournament.ts';
import type { Tournament } from '../../src/domain/tournaments/tournament.ts';
import type { CreateTournamentInput } from '../generated/graphql.ts';
import { uuidOf } from './accountDocuments.ts';
import { send, type TestApp } from './app.ts';
import type { TestPlayer } from './documents.ts';
import { type Listening, listen } from './live.ts';
import { PrizeAwarded } from './liveDocuments.ts';
import { CreateTournament, JoinTournament } from './tournamentDocuments.ts';
import { enterWithScores, makeTournament, passEnd, tournamentInput } from './tournaments.ts';

/** What a notice takes. */
export const AT_ONCE = { timeout: 1_000, interval: 20 };
/** A lost notice is made up for every five seconds. */
export const BY_ITSELF = { timeout: 6_000, interval: 50 };

export async function createTournament(app: TestApp, given: Partial<CreateTournamentInput> = {}): Promise<string> {
  const admin = await app.tokenFor('admin', 'admin');
  const { data } = await send(app.url, CreateTournament, { input: tournamentInput(given) }, admin);
  if (data.createTournament.__typename !== 'Tournament') throw new Error(data.createTournament.message);
  return data.createTournament.id;
}

export async function join(app: TestApp, tournament: string, player: TestPlayer): Promise<void> {
  const { data } = await send(app.url, JoinTournament, { tournament }, player.token);
  expect(data.joinTournament.__typename).toBe('TournamentEntry');
}

/** A tournament of the board of `createBoard` that is over, in which the players stand in this order. */
export async function overWith(app: TestApp, players: TestPlayer[]): Promise<Tournament> {
  const { database } = app.core;
  const board = await findLeaderboard(database, 'g', 'scores');
  if (!board) throw new Error('the board is gone');
  const tournament = await makeTournament(database, board);
  const plays = players.map((player, index) => ({ playerId: uuidOf(player), score: 100 - index }));
  await enterWithScores(database, tournament, plays);
  await passEnd(database, tournament);
  return tournament;
}

/** Settles a tournament and tells of it, as one who settles by the clock does. */
export async function settle(app: TestApp, { id }: Pick<Tournament, 'id'>): Promise<void> {
  const settlement = await settleTournament(app.core.database, id);
  if (settlement.outcome !== 'SETTLED') throw new Error(settlement.outcome);
  app.core.tournamentNews.changed(id);
  app.core.tournamentNews.awarded(settlement.awardedTo);
}

/** Fails unless all clients have been let go, and nothing is watched for them. */
export async function expectNoneWatched(app: TestApp): Promise<void> {
  const open = () => ({ ...app.streams(), max: 0, watched: app.core.tournamentFeed.live() });
  await expect.poll(open, { timeout: 5_000 }).toEqual({ players: 0, anonymous: 0, trusted: 0, max: 0, watched: 0 });
}

type PrizeListening = Listening<{ prizeAwarded: { id: string; tournament: { id: string } } }> & {
  /** The tournaments whose prizes were told, in order. */
  tournaments(): string[];
};

/** Streams of prizes that have begun. Nothing is heard of that at first, so the server says. */
export async function listenForPrizes(app: TestApp, players: TestPlayer[]): Promise<PrizeListening[]> {
  const before = app.core.tournamentFeed.live();
  const listening = players.map(({ token }) => {
    const stream = listen(app.url, PrizeAwarded, {}, token);
    return { ...stream, tournaments: () => stream.heard.map(({ prizeAwarded }) => uuidOf(prizeAwarded.tournament)) };
  });
  await expect.poll(() => app.core.tournamentFeed.live(), AT_ONCE).toBe(before + players.length);
  return listening;
}
