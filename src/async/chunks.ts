export const CHUNK = 5_000;
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Every row of a list that is read in parts of CHUNK, each after the last row of the one before. */
export async function* chunks<Row>(read: (last: Row | null) => Promise<Row[]>): AsyncGenerator<Row> {
  let last: Row | null = null;
  for (;;) {
    const rows: Row[] = await read(last);
    yield* rows;
    last = rows.at(-1) ?? last;
    if (rows.length < CHUNK) return;
  }
}
