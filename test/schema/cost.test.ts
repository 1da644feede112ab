import { getNamedType, getNullableType, type GraphQLArgument, isListType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { costSaid } from '../../src/schema/cost.ts';
import { limitsSaid } from '../../src/schema/counting.ts';
import { schema } from '../../src/schema/index.ts';

const fields = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('__'))
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));

/** `Type.field(argument)` of each argument that this holds of. */
const argumentsThat = (holds: (argument: GraphQLArgument) => boolean) =>
  fields.flatMap(({ type, field }) =>
    field.args.filter(holds).map((argument) => `${type.name}.${field.name}(${argument.name})`),
  );

test('each argument that says how many rows a field has says so to the limits', () => {
  const named = argumentsThat(({ name }) => ['first', 'last', 'top'].includes(name));
  expect(named.length).toBeGreaterThan(10);
  expect(argumentsThat((argument) => costSaid(argument).sizes === 'page')).toEqual(named);
});

test('each argument that lists says so to the limits, but for those of a few known values', () => {
  const lists = argumentsThat(({ type }) => isListType(getNullableType(type)) && !('getValues' in getNamedType(type)));
  expect(lists).toEqual([
    'Leaderboard.standings(players)',
    'Mutation.ingestEvents(events)',
    'Mutation.replayDeadLetters(ids)',
    'Mutation.submitScores(input)',
  ]);
  expect(argumentsThat((argument) => costSaid(argument).sizes === 'list')).toEqual(lists);
});

test('pages that begin deep in a list say so to the limits', () => {
  expect(argumentsThat((argument) => costSaid(argument).isWalkedOver === true)).toEqual([
    'Leaderboard.standings(fromRank)',
  ]);
});

test('only root fields have rate limits of their own', () => {
  const limited = fields.filter(({ field }) => Object.keys(limitsSaid(field)).length > 0);
  expect(limited.map(({ type, field }) => `${type.name}.${field.name}`)).toEqual([
    'Mutation.ingestEvents',
    'Mutation.submitScore',
  ]);
});
