import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { rootFieldsOf } from '../../src/http/rootFields.ts';

const namesOf = (query: string, variableValues?: object, operationName?: string) =>
  rootFieldsOf({ document: parse(query), variableValues, operationName })?.fields.map(({ name }) => name);

test.for([
  ['one field', '{ a }', ['a']],
  ['aliases', '{ a b: a c: a }', ['a', 'a', 'a']],
  ['one answer asked for twice', '{ a { x } a { y } }', ['a']],
  ['a fragment', '{ ...F } fragment F on Query { a b }', ['a', 'b']],
  ['a fragment in a fragment', '{ ...F } fragment F on Query { a ...G } fragment G on Query { b }', ['a', 'b']],
  ['a fragment spread twice', '{ ...F ...F } fragment F on Query { a }', ['a']],
  ['a fragment that spreads itself', '{ ...F } fragment F on Query { a ...F }', ['a']],
  ['an inline fragment', '{ ... { a } ... on Query { b } }', ['a', 'b']],
  ['fields below the root', '{ a { b c { d } } }', ['a']],
  ['@skip', '{ a @skip(if: true) b @skip(if: false) }', ['b']],
  ['@include', '{ a @include(if: true) b @include(if: false) }', ['a']],
  ['@skip on a fragment', '{ ...F @skip(if: true) b } fragment F on Query { a }', ['b']],
  ['a fragment that is skipped once', '{ ...F @skip(if: true) ...F } fragment F on Query { a }', ['a']],
] as const)('%s: %s executes %j', ([_what, query, expected]) => {
  expect(namesOf(query)).toEqual(expected);
});

test('@skip and @include are read from variables and their defaults, and a field stays where they say nothing', () => {
  const query = 'query ($no: Boolean = false, $given: Boolean!) { a @include(if: $no) b @skip(if: $given) }';
  expect(namesOf(query, { given: true })).toEqual([]);
  expect(namesOf(query, { given: false, no: true })).toEqual(['a', 'b']);
  expect(namesOf(query)).toEqual(['b']);
});

test('of several operations the one is meant that is executed, and none where it cannot be told', () => {
  const query = 'query A { a } query B { b c }';
  expect(namesOf(query, {}, 'B')).toEqual(['b', 'c']);
  expect(namesOf(query)).toBeUndefined();
  expect(namesOf(query, {}, 'C')).toBeUndefined();
});

test.for([
  ['written out', 'mutation { f(input: [{ x: 1 }, { x: 2 }]) }', {}],
  ['sent', 'mutation ($input: [I!]!) { f(input: $input) }', { input: [{ x: 1 }, { x: 2 }] }],
  ['sent in parts', 'mutation ($one: I!, $other: I!) { f(input: [$one, $other]) }', { one: { x: 1 }, other: { x: 2 } }],
  ['left at its default', 'mutation ($input: [I!]! = [{ x: 1 }, { x: 2 }]) { f(input: $input) }', {}],
] as const)('an argument that is %s has its value', ([_how, query, variableValues]) => {
  const [field] = rootFieldsOf({ document: parse(query), variableValues })?.fields ?? [];
  expect(field?.argument('input')).toEqual([{ x: 1 }, { x: 2 }]);
  expect(field?.argument('other')).toBeUndefined();
});
