import { type ExecutionArgs, getOperationAST, OperationTypeNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';

/** The second run is answered from what was read together, and a third is hardly ever needed. */
const RUNS_MAX = 4;

/**
 * Executes a query again when its fields have seen two states of one board and period, which happens where they cannot
 * ask at the same moment and the board moved in between. See docs/decisions/0019-one-answer-one-state.md.
 */
export function useOneState(): Plugin<Context> {
  return {
    onExecute({ args: { document, operationName, contextValue }, executeFn, setExecuteFn }) {
      if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.QUERY) return;
      const { boardReads } = contextValue;
      setExecuteFn(async (args: ExecutionArgs) => {
        for (let run = 1; ; run += 1) {
          boardReads.begin();
          // With a context of its own, by which what has been loaded is remembered.
          const result: unknown = await executeFn({ ...args, contextValue: { ...contextValue } });
          if (run === RUNS_MAX || (await boardReads.agree())) return result;
        }
      });
    },
  };
}
