/** What writes a line for whoever operates the server. Fields first; never a secret, a statement or its parameters among them. */
export type Log = Record<'error' | 'info' | 'warn', (fields: object, message: string) => void>;

/** Node's and postgres.js' codes of a connection that is not there, and PostgreSQL's classes 08, 53 and 57P. */
const OUTAGE =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|CONNECT_TIMEOUT|CONNECTION_\w+|08\w{3}|53\w{3}|57P\w{2})$/;
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** What may be logged of an error: never a statement or its parameters, which database errors have in their message. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  const database = describeDatabaseError(error);
  return database ? { kind: 'database', ...database, frames } : { kind: error.name, message: error.message, frames };
}

function describeDatabaseError(error: unknown): { code: string | undefined; constraint: unknown } | null {
  const code = codeOf(error);
  const isWrapped = chain(error).some((one) => one.name === 'DrizzleQueryError');
  if (!isWrapped && !(code !== undefined && (SQLSTATE.test(code) || OUTAGE.test(code)))) return null;
  return {
    code,
    constraint: chain(error)
      .map(constraintOf)
      .find((name) => name !== undefined),
  };
}

/** Drizzle wraps the driver's error; the innermost code is the driver's. */
export function codeOf(error: unknown): string | undefined {
  return chain(error)
    .map((one) => ('code' in one && typeof one.code === 'string' ? one.code : undefined))
    .findLast((code) => code !== undefined);
}

/** postgres.js and pg-boss' driver name it differently. */
function constraintOf(error: Error): unknown {
  return 'constraint_name' in error ? error.constraint_name : 'constraint' in error ? error.constraint : undefined;
}

function chain(error: unknown): Error[] {
  return error instanceof Error ? [error, ...chain(error.cause)] : [];
}

/** True for the code of a database that cannot be reached or does not serve. */
export function isOutageCode(code: string | undefined): boolean {
  return OUTAGE.test(code ?? '');
}
