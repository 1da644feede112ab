import type { Plugin } from 'graphql-yoga';

/** Adds the origin to what an answer to a preflight depends on: Yoga names only the headers that the page asks for. */
export function useVaryByOrigin(): Plugin {
  return {
    onResponse({ response }) {
      response.headers.append('Vary', 'Origin');
    },
  };
}
