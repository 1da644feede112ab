import { sql } from 'drizzle-orm';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';

/** A record that is no event, with what is wrong with it. */
export type RejectedRecord = {
  partition: number;
  offset: bigint;
  key: string | null;
  value: Uint8Array | null;
  reason: string;
};

/** A dead letter on its way to Kafka's topic of them. `value` is what came, or the event in JSON. */
export type UnsentLetter = { key: Uint8Array; value: Uint8Array; reason: string; source: string };

const SEND_MAX = 100;

export async function insertRejected(tx: Queryable, topicId: string, rejected: RejectedRecord[]): Promise<void> {
  await tx.rows(sql`
    insert into rejected_records (topic_id, partition, record_offset, key, value, reason, rejected_at)
    select ${topicId}::uuid, x.partition, x."offset", decode(x.key, 'hex'), decode(x.value, 'hex'), x.reason, clock_timestamp()
    from ${recordset(
      { partition: 'int2', offset: 'int8', key: 'text', value: 'text', reason: 'text' },
      rejected.map(({ partition, offset, key, value, reason }) => ({
        partition,
        offset: Number(offset),
        key: key === null ? null : Buffer.from(key).toString('hex'),
        value: value === null ? null : Buffer.from(value).toString('hex'),
        reason,
      })),
    )} order by x.partition, x."offset" on conflict do nothing`);
}

/** Takes dead letters that were not sent, marks them as sent, and answers with them: send them before the transaction ends. */
export async function takeUnsentLetters(tx: Queryable): Promise<UnsentLetter[]> {
  const rejected = await tx.rows<UnsentLetter>(sql`
    with due as (
      select r.topic_id, r.partition, r.record_offset from rejected_records r where r.sent_at is null
      order by r.rejected_at limit ${SEND_MAX}::int for update skip locked
    )
    update rejected_records r set sent_at = clock_timestamp() from due
    where (r.topic_id, r.partition, r.record_offset) = (due.topic_id, due.partition, due.record_offset)
    returning coalesce(r.key, '') as key, coalesce(r.value, '') as value, r.reason,
      r.partition || '/' || r.record_offset as source`);
  const dead = await tx.rows<UnsentLetter>(sql`
    with due as (
      select f.id from event_failures f where f.dead_at is not null
        and not exists (select 1 from sent_dead_letters s where s.failure_id = f.id)
      order by f.dead_at, f.id limit ${SEND_MAX}::int for update of f skip locked
    ), sent as (
      insert into sent_dead_letters (failure_id) select due.id from due on conflict do nothing returning failure_id
    )
    select convert_to(f.player_id::text, 'UTF8') as key, convert_to(f.event::text, 'UTF8') as value, coalesce(f.reason, '') as reason,
      f.projection as source
    from event_failures f where f.id in (select sent.failure_id from sent)`);
  return [...rejected, ...dead];
}
