import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Tournament } from '../../src/domain/tournaments/tournament.ts';
import type { BoardStore } from '../setup/boards.ts';
import { enterWithScores, makeTournament, passEnd } from '../setup/tournaments.ts';

const SCRIPT = fileURLToPath(new URL('settleHalfway.ts', import.meta.url));

/** A tournament of 60 players with ties that a process of its own has half settled; `kill` ends that process as kill -9 does. */
export async function startHalfway(store: BoardStore): Promise<{ tournament: Tournament; kill(): Promise<void> }> {
  const { database, databaseUrl } = store;
  const tournament = await makeTournament(database, await store.newBoard());
  const players = await store.newPlayers(60);
  await enterWithScores(
    database,
    tournament,
    players.map((playerId, index) => ({ playerId, score: index % 7 })),
  );
  await passEnd(database, tournament);
  const child = spawn(process.execPath, [SCRIPT, databaseUrl, tournament.id], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { tournament, kill };
}
