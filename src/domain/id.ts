const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** True for what may be an id in the database; anything else is nobody's id. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

/** The `id` that the API gives out for a thing of this GraphQL type, so that `node(id:)` finds it. */
export function globalIdOf(typename: string, id: string): string {
  return Buffer.from(`${typename}:${id}`).toString('base64');
}
