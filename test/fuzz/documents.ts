import * as fc from 'fast-check';
import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  OperationTypeNode,
} from 'graphql';
import type { Pool } from './pool.ts';
import { chance, draw, type Draw, valueOf } from './values.ts';

/** Who asks: `PLAYER` and the roles of tokens, or nobody. */
export type Asker = 'admin' | 'nobody' | 'player' | 'server';

export type FuzzRequest = { query: string; variables: Record<string, unknown>; asker: Asker };

const DEPTH_MAX = 7;
const SELECTED_MAX = 5;
const FIELDS_MAX = 40;

type Writing = {
  g: Draw;
  schema: GraphQLSchema;
  pool: Pool;
  variables: { name: string; type: string; json: unknown }[];
  fragments: string[];
  fields: number;
  aliases: number;
};

/** Documents that a client could write: valid in form, with arguments and variables that mostly fit. */
export function requestsOf(schema: GraphQLSchema, pool: Pool): fc.Arbitrary<FuzzRequest> {
  return fc.gen().map((g) => {
    const writing: Writing = { g, schema, pool, variables: [], fragments: [], fields: 0, aliases: 0 };
    const share = g(fc.integer, { min: 0, max: 99 });
    const operation =
      share < 75 ? OperationTypeNode.QUERY : share < 97 ? OperationTypeNode.MUTATION : OperationTypeNode.SUBSCRIPTION;
    const root = schema.getRootType(operation);
    if (!root) throw new Error(`the schema has no ${operation}`);
    const names = Object.values(root.getFields());
    const roots = Array.from(
      { length: operation === OperationTypeNode.QUERY ? g(fc.integer, { min: 1, max: 3 }) : 1 },
      () => draw(g, names),
    );
    const selection = `{ ${roots.map((field) => fieldOf(writing, field, 1)).join(' ')} }`;
    const declared = writing.variables.map(({ name, type }) => `$${name}: ${type}`).join(', ');
    const head = `${operation} Fuzz${declared && `(${declared})`}`;
    return {
      query: [`${head} ${selection}`, ...writing.fragments].join('\n'),
      variables: Object.fromEntries(writing.variables.map(({ name, json }) => [name, json])),
      asker: chance(g, 85) ? askerOf(roots) : draw<Asker>(g, ['nobody', 'player', 'server', 'admin']),
    };
  });
}

/** Who may ask for all of the fields, as their descriptions say. */
function askerOf(fields: GraphQLField<unknown, unknown>[]): Asker {
  const words = fields.map(({ description }) => description).join(' ');
  if (words.includes('For admins')) return 'admin';
  return words.includes('game servers') ? 'server' : 'player';
}

function selectionOf(writing: Writing, type: GraphQLCompositeType, depth: number): string {
  const { g, schema } = writing;
  const parts: string[] = [];
  if (!isObjectType(type)) {
    parts.push('__typename');
    const members = schema.getPossibleTypes(type);
    const wanted = g(fc.integer, { min: 1, max: Math.min(3, members.length) });
    for (let count = 0; count < wanted; count += 1) {
      const member = draw(g, members);
      parts.push(`... on ${member.name} ${selectionOf(writing, member, depth)}`);
    }
  }
  if (!isUnionType(type)) {
    const all = Object.values(type.getFields());
    const fields = depth >= DEPTH_MAX || writing.fields > FIELDS_MAX ? all.filter(isLeaf) : all;
    const wanted = fields.length === 0 ? 0 : g(fc.integer, { min: 1, max: SELECTED_MAX });
    for (let count = 0; count < wanted; count += 1) parts.push(fieldOf(writing, draw(g, fields), depth));
    if (parts.length === 0 || chance(g, 5)) parts.push('__typename');
  }
  const selection = `{ ${parts.join(' ')} }`;
  if (!chance(g, 5)) return selection;
  const name = `F${writing.fragments.length}`;
  writing.fragments.push(`fragment ${name} on ${type.name} ${selection}`);
  return `{ ...${name} }`;
}

const isLeaf = (field: GraphQLField<unknown, unknown>) => !isCompositeType(getNamedType(field.type));

function fieldOf(writing: Writing, field: GraphQLField<unknown, unknown>, depth: number): string {
  const { g } = writing;
  writing.fields += 1;
  const given = field.args.filter((argument) => (isRequiredArgument(argument) ? !chance(g, 1) : chance(g, 45)));
  const values = given.map((argument) => {
    const { literal, json } = valueOf(g, { ...argument, pool: writing.pool });
    return `${argument.name}: ${chance(g, 50) ? literal : variableOf(writing, String(argument.type), json)}`;
  });
  const type = getNamedType(field.type);
  const inner = isCompositeType(type) ? ` ${selectionOf(writing, type, depth + 1)}` : '';
  const directive = chance(g, 3) ? ` @${draw(g, ['include', 'skip'])}(if: ${draw(g, ['true', 'false'])})` : '';
  // Two fields of one name with other arguments, or of other types, need other names.
  const alias = values.length > 0 || chance(g, 20) ? `a${(writing.aliases += 1)}: ` : '';
  return `${alias}${field.name}${values.length > 0 ? `(${values.join(', ')})` : ''}${directive}${inner}`;
}

function variableOf(writing: Writing, type: string, json: unknown): string {
  const name = `v${writing.variables.length}`;
  writing.variables.push({ name, type, json });
  return `$${name}`;
}
