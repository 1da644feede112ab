import { codeOf, isOutageCode } from '../log.ts';

const CANCELLED = '57014';
/** A lock or a statement that took too long, a deadlock, a serialisation failure. */
const BUSY = /^(55P03|57014|40P01|40001)$/;

/** True when the statement was cancelled, by a deadline or by a request: nothing of it was done. */
export function isCancelled(error: unknown): boolean {
  return codeOf(error) === CANCELLED;
}

/** True when the database cannot be reached or does not serve: trying again at once does not help. */
export function isOutage(error: unknown): boolean {
  return isOutageCode(codeOf(error));
}

/** True when somebody else was in the way: trying again at once may succeed. */
export function isBusy(error: unknown): boolean {
  return BUSY.test(codeOf(error) ?? '');
}

/** True when trying again may succeed, at once or later. */
export function isTransient(error: unknown): boolean {
  return isOutage(error) || isBusy(error);
}
