import { z } from 'zod';

/** The environment does not make a configuration. The message names the variable, never its value. */
export class ConfigError extends Error {}

/** Texts, separated by commas. */
export const list = z
  .string()
  .transform((value) => value.split(',').flatMap((item) => item.trim() || []))
  .pipe(z.array(z.string()));
