import { z } from 'zod';
import type { Context } from '../../context.ts';
import { insertOwnEventType, listOwnEventTypes } from '../../db/events/ownEventTypes.ts';
import { findGame } from '../../db/leaderboards/games.ts';
import { ConflictError, NotFoundError, ValidationError } from '../../domain/errors.ts';
import { findEventType } from '../../domain/events/eventTypes.ts';
import { compileEventType, type OwnEventType } from '../../domain/events/ownEventType.ts';
import { parseInput } from '../parseInput.ts';

const SCHEMA_BYTES_MAX = 8 * 1024;
const ALIASES_MAX = 20;

const nameRule = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, 'use up to 64 lower-case letters, digits and underscores, like `lap_finished`');

const rules = z.object({
  name: nameRule,
  aliases: z.array(nameRule).max(ALIASES_MAX, `use ${ALIASES_MAX} at most`).nullish(),
  schema: z
    .record(z.string(), z.unknown(), 'must be an object: a JSON Schema')
    .refine(({ type }) => type === 'object', 'must be a JSON Schema of an object: `"type": "object"`')
    .refine(
      (schema) => Buffer.byteLength(JSON.stringify(schema)) <= SCHEMA_BYTES_MAX,
      `use ${SCHEMA_BYTES_MAX} bytes of JSON at most`,
    ),
});

export type CreateEventTypeInput = {
  game: string;
  name: string;
  aliases?: string[] | null | undefined;
  schema?: unknown;
};

/** Declares a type of event of a game. Throws ValidationError, NotFoundError or ConflictError. */
export async function createEventType(input: CreateEventTypeInput, ctx: Context): Promise<OwnEventType> {
  const { name, schema, aliases: given } = parseInput(rules, input);
  const aliases = given ?? [];
  requireSchema({ name, aliases, schema });
  const known = [name, ...aliases].find((one) => findEventType(one) !== null);
  if (known !== undefined) throw new ConflictError(`Laurel has a type "${known}" itself.`);
  const game = await findGame(ctx.database, input.game);
  if (!game) throw new NotFoundError(`There is no game with the slug "${input.game}".`);
  const created = await insertOwnEventType(ctx.database, { gameId: game.id, name, aliases, schema });
  if (!created) throw new ConflictError('The game has a type with one of these names already.');
  return created;
}

function requireSchema(type: Parameters<typeof compileEventType>[0]): void {
  try {
    compileEventType(type);
  } catch (error) {
    throw new ValidationError('input.schema', error instanceof Error ? error.message : 'is no JSON Schema');
  }
}

/** The types that each game has declared, in the order of the ids. */
export async function eventTypes(gameIds: string[], ctx: Context): Promise<OwnEventType[][]> {
  const types = await listOwnEventTypes(ctx.database, gameIds);
  return gameIds.map((gameId) => types.filter((type) => type.gameId === gameId));
}
