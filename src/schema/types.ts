import type { Context } from '../context.ts';
import type { JsonValue } from '../domain/jsonValue.ts';

/** What the builder knows of our types. */
export type SchemaTypes = {
  Context: Context;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  AuthScopes: { player: boolean; server: boolean; admin: boolean };
  Scalars: {
    ID: { Input: string; Output: string | number | bigint };
    DateTime: { Input: Date; Output: Date };
    SafeInt: { Input: number; Output: number };
    JSON: { Input: unknown; Output: JsonValue };
  };
};
