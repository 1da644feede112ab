import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  type GraphQLSchema,
  isListType,
  isObjectType,
  isInterfaceType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  validate,
  type ValidationRule,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { badInput, RequestError } from '../../domain/errors.ts';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../domain/leaderboards/standingsPage.ts';
import { requireText } from '../../domain/exactValues.ts';
import { costSaid } from '../../schema/cost.ts';
import { nestingOf } from '../exactJson.ts';

/** GraphiQL's introspection query, the longest that tools send, has about 400. */
const TOKENS_MAX = 2_000;
const NESTING_MAX = 40;
const DEPTH_MAX = 16;
/** A name is repeated for each row of the answer. */
const ALIAS_LENGTH_MAX = 64;
const ALIASES_MAX = 50;
/** 100 standings with a dozen fields each cost about 1 500. */
const COST_MAX = 10_000;
/** What a list without a page size is taken to hold. */
const LIST_SIZE = 10;
/** More would be work without an end, and tells nobody more. */
const ERRORS_MAX = 5;
const MUTATION_COST = 20;
/** A page from rank 1 000 000 costs 6 667: it is allowed, and nothing as deep beside it. */
const RANKS_A_POINT = 150;
/** Below the end of a board nothing more is walked over, so that one page alone may begin anywhere. */
const DEPTH_COST_MAX = 9_000;

/**
 * Keeps any one request within bounds: tokens before parsing; depth, aliases and text after it; and before execution the
 * cost, which is the product of the page sizes along each path, with the values that the variables have.
 */
export function useQueryLimits(): Plugin {
  const checked = new WeakSet<DocumentNode>();
  return {
    onParse({ params, setParseFn }) {
      const nesting = nestingOf(typeof params.source === 'string' ? params.source : params.source.body);
      if (nesting > NESTING_MAX) throw tooComplex(`It is nested ${nesting} levels deep; ${NESTING_MAX} are allowed.`);
      setParseFn((source, options) => parse(source, { ...options, maxTokens: TOKENS_MAX }));
    },
    onValidate({ params: { documentAST }, setValidationFn }) {
      setValidationFn((schema: GraphQLSchema, document: DocumentNode, rules?: readonly ValidationRule[]) =>
        validate(schema, document, rules, { maxErrors: ERRORS_MAX }),
      );
      if (checked.has(documentAST)) return;
      requireShallow(documentAST);
      checked.add(documentAST);
    },
    onExecutionResult({ result, setResult }) {
      // Of a document with variables that do not fit, there are more.
      if (!result || Array.isArray(result) || !('errors' in result) || result.data !== undefined) return;
      if ((result.errors?.length ?? 0) > ERRORS_MAX) {
        setResult({ ...result, errors: result.errors?.slice(0, ERRORS_MAX) ?? [] });
      }
    },
    onExecute: ({ args }) => requireCheap(args),
    onSubscribe: ({ args }) => requireCheap(args),
  };
}

function requireShallow(document: DocumentNode): void {
  let aliases = 0;
  visit(document, {
    Field: (field) => {
      if (field.alias) aliases += 1;
      if ((field.alias?.value.length ?? 0) > ALIAS_LENGTH_MAX) {
        throw tooComplex(`An alias is longer than ${ALIAS_LENGTH_MAX} characters.`);
      }
      // Whatever has a `then` is taken for a promise.
      if (field.alias?.value === 'then') throw badInput('An alias must not be `then`. Choose another name.');
    },
    StringValue: ({ value }) => requireText(value),
  });
  if (aliases > ALIASES_MAX) throw tooComplex(`It has ${aliases} aliases; ${ALIASES_MAX} are allowed.`);
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet);
  }
  const known = new Map<string, number>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const depth = depthOf(definition.selectionSet, fragments, known);
    if (depth > DEPTH_MAX) throw tooComplex(`It is ${depth} levels deep; ${DEPTH_MAX} are allowed.`);
  }
}

/** Each fragment is measured once. One that spreads itself counts as flat: validation refuses it right after. */
function depthOf(set: SelectionSetNode, fragments: Map<string, SelectionSetNode>, known: Map<string, number>): number {
  const depths = set.selections.map((selection): number => {
    if (selection.kind === Kind.FIELD) {
      return selection.selectionSet ? 1 + depthOf(selection.selectionSet, fragments, known) : 1;
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) return depthOf(selection.selectionSet, fragments, known);
    const name = selection.name.value;
    const fragment = fragments.get(name);
    const measured = known.get(name);
    if (!fragment || measured !== undefined) return measured ?? 0;
    known.set(name, 0);
    const depth = depthOf(fragment, fragments, known);
    known.set(name, depth);
    return depth;
  });
  return Math.max(0, ...depths);
}

type Operation = {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | null | undefined;
  variableValues?: unknown;
};

function requireCheap({ schema, document, operationName, variableValues }: Operation): void {
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION && (!operationName || definition.name?.value === operationName),
  );
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return;
  const variables = { ...defaultsOf(operation), ...(variableValues as Record<string, unknown> | undefined) };
  const cost = createCostMeter(schema, document, variables)(operation.selectionSet, root);
  if (cost > COST_MAX) {
    throw tooComplex(`It costs ${cost} and ${COST_MAX} is allowed. Ask for smaller pages or fewer nested lists.`);
  }
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}

/** Measures selections. A fragment is measured once, however often it is spread. */
function createCostMeter(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>) {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const known = new Map<string, number>();

  const ofField = (field: FieldNode, type: GraphQLNamedType): number => {
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined;
    if (!definition) return 1;
    const own =
      type === schema.getMutationType()
        ? MUTATION_COST
        : (costSaid(definition).cost ?? 1) + argumentsCost(field, definition, variables);
    const inner = field.selectionSet ? ofSet(field.selectionSet, getNamedType(definition.type)) : 0;
    const size = sizeOf({ field, parent: type, variables }, definition);
    return type === schema.getMutationType() ? size * (own + inner) : own + size * inner;
  };

  const ofSet = (set: SelectionSetNode, type: GraphQLNamedType): number => {
    let cost = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        cost += ofField(selection, type);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition && schema.getType(selection.typeCondition.name.value);
        cost += ofSet(selection.selectionSet, condition ?? type);
      } else {
        const name = selection.name.value;
        const fragment = fragments.get(name);
        const on = fragment && schema.getType(fragment.typeCondition.name.value);
        if (fragment && on && !known.has(name)) known.set(name, ofSet(fragment.selectionSet, on));
        cost += known.get(name) ?? 0;
      }
    }
    return cost;
  };
  return ofSet;
}

/** Whether the length of a list has been counted above: at the field of its connection, or where it is said so. */
function isSizedAbove(definition: GraphQLField<unknown, unknown>, parent: GraphQLNamedType): boolean {
  const isOfConnection = definition.name === 'edges' && parent.name.endsWith('Connection');
  return isOfConnection || costSaid(definition).isSizedAbove === true;
}

/** PostgreSQL walks over what stands before a page, and to each of the players that are looked up. */
function argumentsCost(
  field: FieldNode,
  { args }: GraphQLField<unknown, unknown>,
  variables: Record<string, unknown>,
): number {
  const costs = args.map((argument) => {
    const given = argumentOf(field, argument.name, variables);
    const { isWalkedOver, cost = 0 } = costSaid(argument);
    if (typeof given !== 'number') return 0;
    return isWalkedOver ? Math.min(Math.ceil(Math.max(0, given) / RANKS_A_POINT), DEPTH_COST_MAX) : given * cost;
  });
  return costs.reduce((sum, cost) => sum + cost, 0);
}

/** The number that an argument has, or how many it lists. */
function argumentOf(field: FieldNode, name: string, variables: Record<string, unknown>): unknown {
  const value = field.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  if (value?.kind === Kind.LIST) return value.values.length;
  if (value?.kind !== Kind.VARIABLE) return undefined;
  const variable = variables[value.name.value];
  return Array.isArray(variable) ? variable.length : variable;
}

function sizeOf(
  { field, parent, variables }: { field: FieldNode; parent: GraphQLNamedType; variables: Record<string, unknown> },
  definition: GraphQLField<unknown, unknown>,
): number {
  const { args, type } = definition;
  const isPaged = args.some((argument) => costSaid(argument).sizes === 'page');
  const sizes = args
    .filter((argument) => costSaid(argument).sizes !== undefined)
    .map(({ name }) => argumentOf(field, name, variables))
    .filter((size) => typeof size === 'number');
  if (sizes.length > 0) return Math.min(Math.max(1, ...sizes), PAGE_SIZE_MAX);
  if (isPaged) return PAGE_SIZE_DEFAULT;
  if (isSizedAbove(definition, parent)) return 1;
  return isListType(getNullableType(type)) ? LIST_SIZE : 1;
}

function tooComplex(why: string): RequestError {
  return new RequestError('QUERY_TOO_COMPLEX', `The query is too complex. ${why}`);
}
