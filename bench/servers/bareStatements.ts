import { createServer } from 'node:http';
import postgres from 'postgres';
import { listen } from './listen.ts';

/**
 * A yardstick: for each request one statement, which commits a row of a log for each score, and the best score of each
 * player in three periods. No rules, names, ranks, groups or notices. Answers the bytes of ANSWER.
 */
const answer = Buffer.from(process.env['ANSWER'] ?? '');
const headers = { 'Content-Type': 'application/json', 'Content-Length': answer.byteLength };
/** As many connections as Laurel has. */
const sql = postgres(process.env['DATABASE_URL'] ?? '', { max: 10, onnotice: () => {} });
await sql.unsafe(`
  create table if not exists bare_log (player text, key text, score bigint not null, primary key (player, key));
  create table if not exists bare_entries (period text, player text, score bigint not null, primary key (period, player));
`);

type Input = { player?: string; score: number; idempotencyKey: string };

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { variables } = JSON.parse(Buffer.concat(chunks).toString()) as { variables: { input: Input | Input[] } };
    const inputs = [variables.input].flat();
    void save(inputs, request.headers.authorization ?? '').then(() => response.writeHead(200, headers).end(answer));
  });
});
listen(server);

/** `sender` stands for the player where none is named. In the order of the keys, so that none waits for another in a circle. */
async function save(inputs: Input[], sender: string): Promise<void> {
  const players = inputs.map(({ player }) => player ?? sender.slice(-43));
  const keys = inputs.map(({ idempotencyKey }) => idempotencyKey);
  const scores = inputs.map(({ score }) => score);
  await sql`
    with logged as (
      insert into bare_log (player, key, score)
      select * from unnest(${players}::text[], ${keys}::text[], ${scores}::bigint[])
    )
    insert into bare_entries (period, player, score)
    select period, player, score
    from unnest(array['ALL', 'DAY', 'WEEK']) period, unnest(${players}::text[], ${scores}::bigint[]) given (player, score)
    order by period, player
    on conflict (period, player) do update set score = excluded.score where bare_entries.score < excluded.score`;
}
