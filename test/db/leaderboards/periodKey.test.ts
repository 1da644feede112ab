import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { PERIOD_KEY_FORMATS } from '../../../src/db/leaderboards/periodKey.ts';
import { periodAt } from '../../../src/domain/leaderboards/period.ts';
import { openBoardStore } from '../../setup/boards.ts';

test('the database and the domain give every moment the same period key', async () => {
  const { database } = await openBoardStore();
  const moments = fc.sample(
    fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    2_000,
  );
  for (const cadence of ['DAILY', 'WEEKLY', 'MONTHLY'] as const) {
    const rows = await database.rows<{ key: string }>(sql`
      select to_char(value::timestamptz at time zone 'UTC', ${PERIOD_KEY_FORMATS[cadence]}::text) as key
      from json_array_elements_text(${JSON.stringify(moments)}::text::json) with ordinality as t (value, n) order by n`);
    expect(rows.map(({ key }) => key)).toEqual(moments.map((moment) => periodAt(cadence, moment).key));
  }
  await database.close();
});
