import type { Context } from '../../context.ts';

/** What an execution may ask for and still be the same for everybody, whenever: it has nothing to do with anybody. */
const ABOUT_NOBODY: ReadonlySet<string | symbol> = new Set(['abandoned', 'ranksFrom', 'streamIds']);
/** What is the same for everybody who asks at the same moment. */
const ABOUT_ALL: ReadonlySet<string | symbol> = new Set(['boardReads', 'boards', 'database', 'deepReads', 'reader']);

/** Nobody whose leaving would end a read that others wait for. */
const NEVER = new AbortController().signal;

/**
 * A context that notes whom an execution is for: `all`, where it was made of the event alone; those of the same `moment`,
 * where something was read; else the `asker`. Where it may be shared, it does not end with its asker's connection.
 */
export function watchContext(
  context: Context,
  { isShared }: { isShared: boolean },
): { context: Context; isFor: () => 'all' | 'asker' | 'moment' } {
  if (!isShared) return { context, isFor: () => 'asker' };
  let isFor: 'all' | 'asker' | 'moment' = 'all';
  const shared: Context = { ...context, abandoned: () => NEVER };
  const watched = new Proxy(shared, {
    get: (target, key) => {
      if (ABOUT_ALL.has(key)) isFor = isFor === 'asker' ? 'asker' : 'moment';
      else if (typeof key !== 'symbol' && !ABOUT_NOBODY.has(key)) isFor = 'asker';
      return Reflect.get(target, key) as unknown;
    },
  });
  return { context: watched, isFor: () => isFor };
}
