import { sql } from 'drizzle-orm';
import { type Ended, TOKEN_LIFETIME_MS } from '../../domain/players/viewer.ts';
import type { Queryable } from '../open.ts';

/** Longer than a statement and the commit after it may take: what was ended before a reading is seen by the next. */
const OVERLAP_S = 10;

/** Notes that a token was made for a player. False when the player is not there any more: the token must not be given. */
export async function insertSession(
  database: Queryable,
  { id, playerId, expiresAt }: { id: string; playerId: string; expiresAt: Date },
): Promise<boolean> {
  // The lock waits for a deletion of the player that is under way, and for nothing else.
  const rows = await database.rows(sql`
    insert into sessions (id, player_id, expires_at)
    select ${id}::uuid, p.id, ${expiresAt.toISOString()}::timestamptz
    from players p where p.id = ${playerId}::uuid and p.deleted_at is null for key share
    returning id`);
  return rows.length > 0;
}

/** Revokes one session of a player, or all of them with null. Returns those that were good until now. */
export async function revokeSessions(
  database: Queryable,
  { playerId, sessionId }: { playerId: string; sessionId: string | null },
): Promise<Ended[]> {
  return database.rows<Ended>(sql`
    update sessions set revoked_at = clock_timestamp()
    where player_id = ${playerId}::uuid and (${sessionId}::text is null or id::text = ${sessionId}::text)
      and revoked_at is null and expires_at > clock_timestamp()
    returning id, expires_at as until`);
}

/**
 * Sessions revoked and players deleted since a moment of the database's clock, some of them again; with null, all whose
 * tokens may still be about. `readAt` is the moment to ask from the next time.
 */
export async function readEnded(database: Queryable, since: Date | null): Promise<{ readAt: Date; ended: Ended[] }> {
  const lifetime = sql`make_interval(secs => ${TOKEN_LIFETIME_MS / 1_000}::int)`;
  // The statement's own moment, because an index can be searched by it and not by one that moves on.
  const from = sql`coalesce(${since?.toISOString() ?? null}::timestamptz, statement_timestamp() - ${lifetime})
    - make_interval(secs => ${OVERLAP_S}::int)`;
  const rows = await database.rows<{ id: string | null; until: Date }>(sql`
    select null::uuid as id, statement_timestamp() as until
    union all select id, expires_at from sessions where revoked_at > ${from}
    union all select id, deleted_at + ${lifetime} from players where deleted_at > ${from}`);
  const readAt = rows.find(({ id }) => id === null)?.until;
  if (!readAt) throw new Error('the database told no time');
  return { readAt, ended: rows.flatMap(({ id, until }) => (id === null ? [] : { id, until })) };
}
