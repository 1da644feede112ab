import { sql } from 'drizzle-orm';
import type { OwnEventType } from '../../domain/events/ownEventType.ts';
import type { Database, Queryable } from '../open.ts';
import { idsIn, recordset } from '../recordset.ts';

const columns = sql`t.id, t.game_id as "gameId", t.name, t.aliases, t.schema, t.created_at as "createdAt"`;

/** Null when one of its names is taken. */
export async function insertOwnEventType(
  database: Database,
  { gameId, name, aliases, schema }: Omit<OwnEventType, 'createdAt' | 'id'>,
): Promise<OwnEventType | null> {
  const names = [...new Set([name, ...aliases])].map((text) => ({ text }));
  return database.transaction(async (tx) => {
    // One at a time in a game, so that what is found free stays free.
    await tx.rows(sql`select 1 from games where id = ${gameId}::uuid for no key update`);
    const taken = await tx.rows(sql`
      select 1 from event_type_names n join ${recordset({ text: 'text' }, names)} on x.text = n.name
      where n.game_id = ${gameId}::uuid`);
    if (taken.length > 0) return null;
    const [created] = await tx.rows<OwnEventType>(sql`
      insert into event_types as t (game_id, name, aliases, schema)
      values (${gameId}::uuid, ${name}, ${JSON.stringify(aliases)}::text::jsonb, ${JSON.stringify(schema)}::text::jsonb)
      returning ${columns}`);
    await tx.rows(sql`
      insert into event_type_names (game_id, name, type_id)
      select ${gameId}::uuid, x.text, ${created?.id ?? null}::uuid from ${recordset({ text: 'text' }, names)}`);
    return created ?? null;
  });
}

/** A name that may be one of a game's own types. */
export type OwnTypeName = { gameId: string; name: string };

/** The types that these names are, each with the name that was looked for. */
export async function findOwnEventTypes(
  database: Queryable,
  names: OwnTypeName[],
): Promise<(OwnEventType & { asked: string })[]> {
  return database.rows<OwnEventType & { asked: string }>(sql`
    select n.name as asked, ${columns} from ${recordset({ gameId: 'uuid', name: 'text' }, names)}
    join event_type_names n on n.game_id = x."gameId" and n.name = x.name join event_types t on t.id = n.type_id`);
}

/** The types of games, by name. */
export async function listOwnEventTypes(database: Queryable, gameIds: string[]): Promise<OwnEventType[]> {
  return database.rows<OwnEventType>(sql`
    select ${columns} from event_types t where t.game_id = ${idsIn(gameIds)} order by t.name`);
}
