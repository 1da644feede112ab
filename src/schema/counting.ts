import type { GraphQLField } from 'graphql';
import type { LimitName } from '../domain/limits/rateLimits.ts';

/** Under which limit a field counts, for those for whom it is not the usual one. */
type CountedAs = { player?: LimitName; server?: LimitName };

/** For a root field with a rate limit of its own: see `http/plugins/rateLimits`. */
export function countedAs(limits: CountedAs): { countedAs: CountedAs } {
  return { countedAs: limits };
}

/** What the declaration of a root field says about its rate limits. */
export function limitsSaid({ extensions }: GraphQLField<unknown, unknown>): CountedAs {
  const { countedAs: limits } = extensions as { countedAs?: CountedAs };
  return limits ?? {};
}
