/** The embedded PostgreSQL cannot be used. The message is for people and says what would help. */
export class EmbeddedError extends Error {}
