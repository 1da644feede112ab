import { type DocumentNode, GraphQLError, Kind, visit } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { RequestError } from '../../domain/errors.ts';
import { hasRole } from '../../domain/players/viewer.ts';

/** What a refusal adds of the schema, at most five names. Bounded, because documents are quoted in messages. */
const HINTS = / Did you mean [^?]{1,400}\?/g;

/** Shows the schema to admins only, and nobody hints of it: who is an admin is read after validation. In embedded mode, where developers explore, this plugin is left out. */
export function useAdminIntrospection(): Plugin<Context> {
  const asks = new WeakMap<DocumentNode, boolean>();
  return {
    onExecute({ args: { document, contextValue } }) {
      const isAsking = asks.get(document) ?? asksForSchema(document);
      asks.set(document, isAsking);
      if (isAsking && !hasRole(contextValue.viewer, 'admin')) {
        throw new RequestError('FORBIDDEN', 'Introspection is for admins. The schema is published as schema.graphql.');
      }
    },
    onExecutionResult({ result, setResult }) {
      if (!result || Array.isArray(result) || !('errors' in result)) return;
      if (result.errors) setResult({ ...result, errors: result.errors.map(removeHints) });
    },
  };
}

function removeHints(error: GraphQLError): GraphQLError {
  const message = error.message.replaceAll(HINTS, '');
  return message === error.message ? error : new GraphQLError(message, error);
}

function asksForSchema(document: DocumentNode): boolean {
  let isAsking = false;
  visit(document, {
    [Kind.FIELD]: ({ name }) => {
      if (name.value === '__schema' || name.value === '__type') isAsking = true;
    },
  });
  return isAsking;
}
