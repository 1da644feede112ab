import { sql } from 'drizzle-orm';
import type { Submission } from '../../domain/submissions/submission.ts';
import type { Queryable } from '../open.ts';
import { type SubmissionRow, submissionColumns, submissionOf } from './submissionRow.ts';

/** One row of the log by its number. */
export async function findSubmission(database: Queryable, seq: number): Promise<Submission | null> {
  const [row] = await database.rows<SubmissionRow>(
    sql`select ${submissionColumns} from submissions s where s.seq = ${seq}::int8`,
  );
  return row ? submissionOf(row) : null;
}
