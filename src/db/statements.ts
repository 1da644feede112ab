/**
 * What postgres.js keeps in a statement: whether its connection is at it, what fails it, and what cancels it. Its `cancel` drops
 * the promise of the last, whose failure would end the process; and it must not be used before the statement's turn: what waits
 * for a connection would take that with it, and what waits behind another would be given the other's rows.
 */
type Statement = {
  active: boolean;
  reject(error: unknown): void;
  canceller: ((statement: Statement) => Promise<void>) | null;
};

/** With the time that a statement waits for a connection: long, because a crowd that writes to one row takes turns. */
const DEADLINE_MS = 10_000;
const CHECK_MS = 50;

/** Fails the statement when it has waited for too long; then nobody waits for it, whether or not its turn comes. */
export function boundStatement<T extends PromiseLike<unknown>>(statement: T): T {
  const timer = setTimeout(() => (statement as unknown as Statement).reject(waitedTooLong()), DEADLINE_MS);
  const stop = () => clearTimeout(timer);
  statement.then(stop, stop);
  return statement;
}

/** Begins with `begin` when it is its turn, and not at all when that takes too long: what is begun later throws. */
export async function beginInTime<T>(begin: (requireTime: () => void) => Promise<T>): Promise<T> {
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(waitedTooLong());
    }, DEADLINE_MS);
  });
  const requireTime = () => {
    clearTimeout(timer);
    if (isLate) throw waitedTooLong();
  };
  const work = begin(requireTime).finally(() => clearTimeout(timer));
  return Promise.race([work, late]);
}

/**
 * Waits for the statement, and cancels it in PostgreSQL when it runs for 50 ms after the signal: then it fails with 57014. A
 * cancellation names a connection and would hit whatever runs there when it arrives; so what ends soon is left to.
 */
export async function endWith<T>(statement: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    let wasActive = false;
    timer = setInterval(() => {
      const { active } = statement as unknown as Statement;
      if (active && wasActive) {
        clearInterval(timer);
        cancel(statement as unknown as Statement);
      }
      wasActive = active;
    }, CHECK_MS);
  };
  signal.addEventListener('abort', end);
  try {
    return await statement;
  } finally {
    signal.removeEventListener('abort', end);
    clearInterval(timer);
  }
}

function cancel(statement: Statement): void {
  const { canceller } = statement;
  statement.canceller = null;
  canceller?.(statement).catch(() => {});
}

function waitedTooLong(): Error {
  return Object.assign(new Error('a statement has waited too long for a connection'), { code: 'ETIMEDOUT' });
}
