import { sql } from 'drizzle-orm';
import type { Queryable } from '../open.ts';
import { idsIn, recordset } from '../recordset.ts';

/** Where an event lies in a topic. */
export type RecordAddress = { eventId: string; partition: number; offset: bigint };

/**
 * Of these records those that are their events: the first that anybody has met with its id. What it answers is true for ever,
 * so it needs no transaction, and is committed before it is relied on.
 */
export async function claimRecords<Address extends RecordAddress>(
  database: Queryable,
  topicId: string,
  records: Address[],
): Promise<Address[]> {
  const known = await findRecords(database, records);
  const unknown = records.filter(({ eventId }) => !known.has(eventId));
  if (unknown.length > 0) {
    await insertRecords(database, topicId, unknown);
    for (const [id, address] of await findRecords(database, unknown)) known.set(id, address);
  }
  return records.filter(
    ({ eventId, partition, offset }) => known.get(eventId) === addressOf(topicId, partition, offset),
  );
}

/** Of these events those that are in the log, or on their way into it. */
export async function findLoggedEvents(database: Queryable, ids: string[]): Promise<Set<string>> {
  const rows = await database.rows<{ id: string }>(sql`
    select k.id from event_keys k where k.id = ${idsIn(ids)}
    union select r.event_id from event_records r where r.event_id = ${idsIn(ids)}`);
  return new Set(rows.map(({ id }) => id));
}

/** Forgets records that Kafka has removed, some at a time. Their ids are still known to the log. Answers with how many. */
export async function deleteRecords(database: Queryable, { olderThanMs }: { olderThanMs: number }): Promise<number> {
  const rows = await database.rows(sql`
    delete from event_records where event_id in (
      select r.event_id from event_records r
      where r.met_at < clock_timestamp() - ${olderThanMs}::int8 * interval '1 millisecond'
      order by r.met_at limit ${CHUNK}::int
    ) returning event_id`);
  return rows.length;
}

const CHUNK = 2_000;

async function findRecords(database: Queryable, records: RecordAddress[]): Promise<Map<string, string>> {
  type Row = { eventId: string; topicId: string; partition: number; offset: number };
  const rows = await database.rows<Row>(sql`
    select r.event_id as "eventId", r.topic_id as "topicId", r.partition, r.record_offset as offset
    from event_records r where r.event_id = ${idsIn(records.map(({ eventId }) => eventId))}`);
  return new Map(rows.map((row) => [row.eventId, addressOf(row.topicId, row.partition, row.offset)]));
}

/** Of several with one id the first is inserted: they are in the order of their partition. */
async function insertRecords(database: Queryable, topicId: string, records: RecordAddress[]): Promise<void> {
  await database.rows(sql`
    insert into event_records (event_id, topic_id, partition, record_offset, met_at)
    select x."eventId", ${topicId}::uuid, x.partition, x."offset", clock_timestamp()
    from ${recordset(
      { eventId: 'uuid', partition: 'int2', offset: 'int8' },
      records.map(({ eventId, partition, offset }) => ({ eventId, partition, offset: Number(offset) })),
    )} order by x."eventId", x.partition, x."offset" on conflict do nothing`);
}

function addressOf(topicId: string, partition: number, offset: bigint | number): string {
  return `${topicId} ${partition} ${offset}`;
}
