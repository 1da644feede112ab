import { type ExecutionArgs, getOperationAST, OperationTypeNode } from 'graphql';
import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import type { SeenBoards } from '../../mirror/boardReads.ts';
import { type RootFields, rootFieldsOf } from '../rootFields.ts';

/** What an answer was made of: boards alone, for everybody alike. */
export type Ingredients = { seen: SeenBoards; root: RootFields };

/** What of the context may be asked without making an answer one's own. What it leads to is noted by `boardReads`. */
const SHARED: ReadonlySet<string | symbol> = new Set(['abandoned', 'boardReads', 'ranksFrom']);

/**
 * Notes of each query whether its answer would be the same for everybody, and what it was made of. It is when nothing of the
 * context was asked but boards: so a field that asks for anything else, the viewer or the database, need not say so.
 */
export function useSharedAnswers(note: (request: IncomingMessage, ingredients: Ingredients) => void): Plugin<Context> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { document, operationName, contextValue } = args;
      if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.QUERY) return;
      const { req } = contextValue as unknown as { req: IncomingMessage };
      setExecuteFn(async (run: ExecutionArgs) => {
        let isShared = true;
        const watched = new Proxy(run.contextValue as Context, {
          get: (target, key) => {
            isShared &&= SHARED.has(key) || typeof key === 'symbol';
            return Reflect.get(target, key) as unknown;
          },
        });
        const result = (await executeFn({ ...run, contextValue: watched })) as { errors?: unknown };
        const root = isShared && result.errors === undefined ? rootFieldsOf(args) : null;
        if (root) note(req, { seen: contextValue.boardReads.seen(), root });
        return result;
      });
    },
  };
}
