import type { Context } from '../../context.ts';
import { readEntryRank, readTournamentEntries } from '../../db/tournaments/readTournamentEntries.ts';
import type { TournamentEntry } from '../../domain/tournaments/tournament.ts';

/** The viewer's entry in each of the tournaments, null where there is none and for whoever is no player. */
export async function loadMyEntries(tournamentIds: string[], ctx: Context): Promise<(TournamentEntry | null)[]> {
  const playerId = ctx.viewer?.playerId;
  if (!playerId) return tournamentIds.map(() => null);
  const entries = await readTournamentEntries(ctx.database, { playerId, tournamentIds });
  const byTournament = new Map(entries.map((entry) => [entry.tournamentId, entry]));
  return tournamentIds.map((id) => byTournament.get(id) ?? null);
}

/** The ordinal rank at this moment, null before the first accepted attempt. */
export async function entryRank(entry: TournamentEntry, ctx: Context): Promise<number | null> {
  return readEntryRank(ctx.database, entry);
}
