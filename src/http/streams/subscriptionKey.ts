import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

const namesOf = new WeakMap<DocumentNode, string[]>();

/**
 * The same for subscriptions whose events are executed alike: with the same document, operation, and values of those
 * variables that are more than an argument of the subscription itself. What `afterRevision` and the like ask for is in the
 * events already, so whoever resumes shares with whoever was there.
 */
export function subscriptionKey({ schema, document, operationName, variableValues }: ExecutionArgs): string {
  const names = namesOf.get(document) ?? namesInEvents(schema, document);
  namesOf.set(document, names);
  const values = names
    .filter((name) => variableValues?.[name] !== undefined)
    .map((name) => [name, variableValues?.[name]]);
  return JSON.stringify([document.loc?.source.body ?? print(document), operationName, values]);
}

/** The variables that an execution of the document looks at for each event. */
function namesInEvents(schema: GraphQLSchema, document: DocumentNode): string[] {
  const names = new Set<string>();
  const types = new TypeInfo(schema);
  const isOfSubscription = () => types.getParentType() === schema.getSubscriptionType() && !types.getDirective();
  const visitor = visitWithTypeInfo(types, {
    VariableDefinition: () => false,
    Argument: () => (isOfSubscription() ? false : undefined),
    Variable: ({ name }) => void names.add(name.value),
  });
  visit(document, visitor);
  return [...names].toSorted();
}
