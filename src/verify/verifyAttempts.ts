import type { Queryable } from '../db/open.ts';
import {
  type AuditedEntry,
  type AuditedTournament,
  type CountedPlay,
  readAuditedEntries,
  readCountedPlays,
} from '../db/verify/tournamentAudit.ts';
import type { AttemptEntry } from '../domain/submissions/attemptCounter.ts';
import { applyScore } from '../domain/leaderboards/standingOrder.ts';
import { CHUNK, chunks, FIRST_ID } from '../async/chunks.ts';
import { createCompare, type Difference } from './difference.ts';

/** Recomputes every entry of a tournament from the submissions that counted there, in the order of the log. */
export async function verifyAttempts(
  snapshot: Queryable,
  tournament: AuditedTournament,
  differences: Difference[],
): Promise<void> {
  const tournamentId = tournament.id;
  const compare = createCompare({ in: `tournament ${tournamentId}`, what: 'entry' }, differences);
  const expected = recompute(tournament, await readPlays(snapshot, tournamentId));
  const readEntries = (last: AuditedEntry | null) =>
    readAuditedEntries(snapshot, { tournamentId, playerId: last?.playerId ?? FIRST_ID, limit: CHUNK });
  for await (const { playerId, attempts, orderKey, reachedSeq } of chunks(readEntries)) {
    const value = orderKey === null || reachedSeq === null ? null : { orderKey, reachedSeq };
    // Whoever has only joined has made no attempt.
    compare(playerId, textOf({ attempts, value }), textOf(expected.get(playerId) ?? { attempts: 0, value: null }));
    expected.delete(playerId);
  }
  for (const [playerId, entry] of expected) compare(playerId, null, textOf(entry));
}

async function readPlays(snapshot: Queryable, tournamentId: string): Promise<CountedPlay[]> {
  const read = (last: CountedPlay | null) =>
    readCountedPlays(snapshot, { tournamentId, source: last?.source ?? '', limit: CHUNK });
  return (await Array.fromAsync(chunks(read))).toSorted((a, b) => a.seq - b.seq);
}

function recompute({ board }: AuditedTournament, plays: CountedPlay[]): Map<string, AttemptEntry> {
  const entries = new Map<string, AttemptEntry>();
  for (const { playerId, seq, score } of plays) {
    const entry = entries.get(playerId);
    const value = applyScore(entry?.value ?? null, { score, seq }, board);
    entries.set(playerId, { attempts: (entry?.attempts ?? 0) + 1, value });
  }
  return entries;
}

function textOf({ attempts, value }: AttemptEntry): string {
  return `${attempts} attempts, ${value ? `${value.orderKey} at ${value.reachedSeq}` : 'no score'}`;
}
