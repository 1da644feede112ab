import { type DocumentNode, Kind, visit } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { RequestError } from '../../domain/errors.ts';
import { hasRole } from '../../domain/players/viewer.ts';

/** Shows the schema to admins only. In embedded mode, where developers explore, this plugin is left out. */
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
  };
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
