import type { Plugin } from 'graphql-yoga';
import { STREAM_HEADERS } from '../eventStream.ts';
import { isLostBy, waitInstead } from '../returningStream.ts';

/** Lets a browser's EventSource that is refused for the moment come back later, instead of ending it for good. */
export function useReturningStreams(): Plugin {
  return {
    onResponse({ request, response, setResponse, fetchAPI }) {
      const asked = { method: request.method, headers: Object.fromEntries(request.headers) };
      if (!isLostBy(response.status, asked)) return;
      const { 'content-length': _, ...headers } = Object.fromEntries(response.headers);
      setResponse(
        new fetchAPI.Response(waitInstead(response.status), {
          status: 200,
          headers: { ...headers, ...STREAM_HEADERS },
        }),
      );
    },
  };
}
