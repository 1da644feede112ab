import { readFileSync } from 'node:fs';
import {
  buildSchema,
  DangerousChangeType,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../src/schema/index.ts';

type Described = { name: string; description?: string | null | undefined };

/** Everything of ours in the schema, by its path. */
function elements(): [path: string, element: Described][] {
  const ours = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return ours.flatMap((type) => [[type.name, type] as [string, Described], ...membersOf(type)]);
}

function membersOf(type: GraphQLNamedType): [path: string, element: Described][] {
  if (isEnumType(type)) return type.getValues().map((value) => [`${type.name}.${value.name}`, value]);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field]);
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => [
    [`${type.name}.${field.name}`, field] as [string, Described],
    ...field.args.map((arg): [string, Described] => [`${type.name}.${field.name}(${arg.name})`, arg]),
  ]);
}

test('every element of the schema is described', () => {
  const all = elements();
  expect(all.length).toBeGreaterThan(150);
  expect(all.filter(([, { description }]) => !description?.trim()).map(([path]) => path)).toEqual([]);
});

test('descriptions are sentences', () => {
  const broken = elements().filter(([, { description }]) => description && !/[.!?…`]$/.test(description.trim()));
  expect(broken.map(([path, { description }]) => `${path}: ${description}`)).toEqual([]);
});

test('every field that reads a page says what it costs', () => {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
  const paged = types
    .filter((type) => type !== schema.getSubscriptionType())
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ path: `${type.name}.${field.name}`, field })))
    .filter(({ field }) => field.args.some(({ name }) => ['first', 'last', 'top', 'player'].includes(name)))
    .filter(({ path }) => path !== 'Query.player');
  expect(paged.length).toBeGreaterThan(8);
  expect(paged.filter(({ field }) => !('cost' in field.extensions)).map(({ path }) => path)).toEqual([]);
});

test('the schema keeps what the contract promises', () => {
  const contract = buildSchema(readFileSync(new URL('contract.graphql', import.meta.url), 'utf8'));
  expect(findBreakingChanges(contract, schema).map(({ description }) => description)).toEqual([]);
  const defaults = findDangerousChanges(contract, schema).filter(
    ({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
  );
  expect(defaults.map(({ description }) => description)).toEqual([]);
});
