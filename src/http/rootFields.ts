import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';

export type Operation = {
  document: DocumentNode;
  operationName?: string | null | undefined;
  variableValues?: unknown;
};

export type RootFields = {
  kind: OperationDefinitionNode['operation'];
  /** Each is executed once: selections that answer under one name are one field. */
  fields: { name: string; argument(name: string): unknown }[];
};

/**
 * The root fields that executing the operation will execute, found through fragments and without those that @skip and
 * @include leave out. Null when the document has no such operation: then nothing is executed.
 */
export function rootFieldsOf({ document, operationName, variableValues }: Operation): RootFields | null {
  const operation = getOperationAST(document, operationName);
  if (!operation) return null;
  const valueOf = createValueReader(operation, (variableValues ?? {}) as Record<string, unknown>);
  const fields = collectFields(operation.selectionSet, fragmentsOf(document), valueOf);
  return {
    kind: operation.operation,
    fields: fields.map(({ name, arguments: given = [] }) => ({
      name: name.value,
      argument: (wanted) => {
        const argument = given.find((candidate) => candidate.name.value === wanted);
        return argument && valueOf(argument.value);
      },
    })),
  };
}

type ValueReader = (node: ValueNode) => unknown;

/** Values as they were sent or written, before any coercion. */
function createValueReader(
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Record<string, unknown>,
): ValueReader {
  return (node) => {
    if (node.kind !== Kind.VARIABLE) return valueFromASTUntyped(node, given);
    const name = node.name.value;
    const definition = variableDefinitions.find(({ variable }) => variable.name.value === name);
    const fallback = given[name] === undefined ? definition?.defaultValue : undefined;
    return fallback ? valueFromASTUntyped(fallback) : given[name];
  };
}

function fragmentsOf({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function collectFields(
  root: SelectionSetNode,
  fragments: Map<string, FragmentDefinitionNode>,
  valueOf: ValueReader,
): FieldNode[] {
  const found = new Map<string, FieldNode>();
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (isLeftOut(selection.directives, valueOf)) continue;
      if (selection.kind === Kind.FIELD) {
        found.set((selection.alias ?? selection.name).value, selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment) collect(fragment.selectionSet);
      }
    }
  };
  collect(root);
  return [...found.values()];
}

function isLeftOut(directives: readonly DirectiveNode[] = [], valueOf: ValueReader): boolean {
  return directives.some(({ name, arguments: [condition] = [] }) => {
    const value = condition && valueOf(condition.value);
    return (name.value === 'skip' && value === true) || (name.value === 'include' && value === false);
  });
}
