/** How answers come that are no stream. */
export const JSON_TYPES = ['application/json', 'application/graphql-response+json'];
export const EVENT_STREAM = 'text/event-stream';

export function accepts({ headers }: Request, offered: string[]): boolean {
  const ranges = (headers.get('accept') ?? '*/*').split(',').map((range) => range.split(';', 1)[0]?.trim() ?? '');
  return offered.some((type) =>
    ranges.some((range) => range === '*/*' || range === type || range === `${type.split('/', 1)[0]}/*`),
  );
}

export const acceptsJson = (request: Request) => accepts(request, JSON_TYPES);
