import { execute, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { Context } from '../../context.ts';
import type { Asker } from '../contextOf.ts';
import { withRequestId } from '../requestScope.ts';
import { eventOf } from './eventFrames.ts';
import { subscriptionKey } from './subscriptionKey.ts';
import { watchContext } from './watchContext.ts';

type Maybe<T> = Promise<T> | T;

export type SharedEvents = {
  /** Takes part in a subscription that others may have open already. Whoever has joined leaves once. */
  join(args: ExecutionArgs): Subscription;
  /** How many events were told, and how many executions that took. */
  counts(): { told: number; executed: number };
};

export type Subscription = {
  /** An event as it goes over the wire to this subscriber. */
  bytesOf(event: unknown, asker: Asker): Maybe<Buffer>;
  leave(): void;
};

type Options = {
  contextOf: (asker: Asker) => Context;
  maskError: (error: unknown) => Error;
  /** False: everybody has executions of their own. */
  isSharing?: boolean;
};

/**
 * Subscriptions with the same document and variables share one execution and one serialisation of each event, and are
 * told the same bytes, as long as nothing of their viewers is asked for on the way. What an event shows is made of the value
 * that the feed hands to all, so that value is what they share it by: a newcomer and a slow reader may each hold another
 * one than the rest.
 */
export function createSharedEvents(options: Options): SharedEvents {
  const open = new Map<string, Subscription & { members: number }>();
  const counts = { told: 0, executed: 0 };

  const create = (key: string, { schema, document, operationName, variableValues }: ExecutionArgs) => {
    const subscription = {
      members: 0,
      // Without what belongs to the request of whoever is first, who may leave before the others.
      bytesOf: createTelling({ schema, document, operationName, variableValues }, options, counts),
      leave: () => {
        subscription.members -= 1;
        if (subscription.members === 0) open.delete(key);
      },
    };
    open.set(key, subscription);
    return subscription;
  };
  return {
    join: (args) => {
      const key = subscriptionKey(args);
      const subscription = open.get(key) ?? create(key, args);
      subscription.members += 1;
      return subscription;
    },
    counts: () => ({ ...counts }),
  };
}

/** What was told of an event, and to whom else it may be told: see `watchContext`. */
type Told = { bytes: Buffer; isFor: 'all' | 'asker' | 'moment' };
type Sharing = {
  told: Maybe<Told>;
  /** While those are asking who heard of the event at the same moment. */
  isMoment: boolean;
};

function createTelling(
  args: ExecutionArgs,
  { contextOf, maskError, isSharing = true }: Options,
  counts: { told: number; executed: number },
): Subscription['bytesOf'] {
  const sharings = new WeakMap<object, Sharing>();
  let isPersonal = !isSharing;

  const tell = (event: unknown, asker: Asker): Maybe<Told> => {
    counts.executed += 1;
    const { context, isFor } = watchContext(contextOf(asker), { isShared: !isPersonal });
    const write = ({ errors, ...result }: ExecutionResult): Told => {
      const masked = errors ? { errors: errors.map(maskError), ...result } : result;
      const bytes = eventOf(masked as ExecutionResult, context.streamIds.next);
      // An outage is told to those who met it, not to those who come when it is over.
      return { bytes, isFor: errors && isFor() === 'all' ? 'moment' : isFor() };
    };
    return withRequestId(asker.requestId, () =>
      andThen(execute({ ...args, rootValue: event, contextValue: context }), write),
    );
  };

  const lead = (event: object, asker: Asker): Maybe<Buffer> => {
    const sharing: Sharing = { told: tell(event, asker), isMoment: true };
    sharings.set(event, sharing);
    const forget = ({ isFor }: Told) => {
      if (isFor !== 'all' && !sharing.isMoment && sharings.get(event) === sharing) sharings.delete(event);
    };
    setImmediate(() => {
      sharing.isMoment = false;
      if (!(sharing.told instanceof Promise)) forget(sharing.told);
    });
    if (sharing.told instanceof Promise) sharing.told.catch(() => sharings.delete(event));
    return andThen(sharing.told, (told) => {
      sharing.told = told;
      isPersonal ||= told.isFor === 'asker';
      forget(told);
      return told.bytes;
    });
  };

  const bytesOf: Subscription['bytesOf'] = (event, asker) => {
    if (isPersonal || typeof event !== 'object' || event === null) {
      return andThen(tell(event, asker), ({ bytes }) => bytes);
    }
    const sharing = sharings.get(event);
    if (!sharing) return lead(event, asker);
    const { isMoment } = sharing;
    return andThen(sharing.told, ({ bytes, isFor }) =>
      isFor === 'all' || (isFor === 'moment' && isMoment) ? bytes : bytesOf(event, asker),
    );
  };
  return (event, asker) => {
    counts.told += 1;
    return bytesOf(event, asker);
  };
}

function andThen<T, U>(value: Maybe<T>, then: (value: T) => Maybe<U>): Maybe<U> {
  return value instanceof Promise ? value.then(then) : then(value);
}
