import { type ExecutionArgs, type ExecutionResult, getOperationAST, OperationTypeNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { RequestError } from '../../domain/errors.ts';
import { refusalOf } from '../httpError.ts';

/** A crowd that writes to one row takes turns; and what is given up in a mutation may have been done. */
const DEADLINES_S: Record<OperationTypeNode, number> = { query: 5, mutation: 10, subscription: 5 };

const MESSAGES: Record<OperationTypeNode, string> = {
  query: 'The query took longer than 5 s. Ask for less, or try again shortly.',
  mutation:
    'The mutation took longer than 10 s, and what it asks for may still be done. Try again shortly; where it has an idempotency key, with the same one.',
  subscription: 'The subscription took longer than 5 s to begin. Try again shortly.',
};

/**
 * Answers with TIMED_OUT what takes too long, and ends it: what a query, or a subscription that begins, still asks of
 * the database is cancelled there, as it is when the client has gone. A mutation goes on to its own end, which its
 * statements' deadlines bound, since half of it may be done.
 */
export function useDeadline(): Plugin<Context> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const kind = kindOf(args);
      if (kind !== OperationTypeNode.MUTATION) readWhileWanted(args.contextValue);
      setExecuteFn((run: ExecutionArgs) =>
        withDeadline(
          () => executeFn(run) as Result,
          kind,
          kind === OperationTypeNode.MUTATION ? () => {} : args.contextValue.abandon,
        ),
      );
    },
    onSubscribe({ args, subscribeFn, setSubscribeFn }) {
      readWhileWanted(args.contextValue);
      setSubscribeFn((run: ExecutionArgs) => {
        const begun = subscribeFn(run) as Result;
        return withDeadline(
          () => begun,
          OperationTypeNode.SUBSCRIPTION,
          () => {
            args.contextValue.abandon();
            void Promise.resolve(begun).then(release, () => {});
          },
        );
      });
    },
  };
}

type Result = Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>>;

const kindOf = ({ document, operationName }: ExecutionArgs) =>
  getOperationAST(document, operationName)?.operation ?? OperationTypeNode.QUERY;

function readWhileWanted(context: Context): void {
  context.database = context.database.until(context.abandoned);
}

async function withDeadline(work: () => Result, kind: OperationTypeNode, late: () => void): Result {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<ExecutionResult>((resolve) => {
    timer = setTimeout(() => {
      resolve({ errors: [refusalOf(new RequestError('TIMED_OUT', MESSAGES[kind]))] });
      late();
    }, DEADLINES_S[kind] * 1_000);
  });
  try {
    return await Promise.race([work(), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** A stream that nobody waits for any more. */
async function release(result: Awaited<Result>): Promise<void> {
  if (Symbol.asyncIterator in result) await result.return?.();
}
