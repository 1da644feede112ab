import { type SQL, sql } from 'drizzle-orm';

const PREFIX = 'submission ';

/** What a submission is called as the source of an attempt. */
export function sourceOf(seq: number): string {
  return `${PREFIX}${seq}`;
}

/** In SQL, the log number of the submission that a source names; null where it names none. */
export function seqOf(source: SQL): SQL {
  return sql`substring(${source} from ${`^${PREFIX}(\\d+)$`}::text)::int8`;
}
