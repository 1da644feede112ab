import { sayFailure } from './sayFailure.ts';

/** What was asked for cannot be done. The message is one line and says what would be right. */
export class CommandError extends Error {}

/**
 * Runs a command that the arguments of this process belong to. What `run` resolves to is the exit code; an error is told
 * on stderr, a known one in a line, and makes the code 1.
 */
export async function runCommand({ usage, run }: { usage: string; run: (args: string[]) => Promise<number> }) {
  try {
    process.exitCode = await run(process.argv.slice(2));
  } catch (error) {
    console.error(messageOf(error, usage));
    process.exitCode = 1;
  }
}

/** A whole number from an option, for people to mistype. */
export function wholeNumber(option: string, text: string, { min, max }: { min: number; max: number }): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new CommandError(`${option} must be a whole number from ${min} to ${max}, not "${text}".`);
}

function messageOf(error: unknown, usage: string): string {
  if (error instanceof CommandError) return error.message;
  if (isArgumentError(error)) {
    // Node adds a second sentence on arguments that begin with a hyphen, which none of ours does.
    const [what = ''] = error.message.split('. ', 1);
    return `${what.replace(/\.$/, '')}. Usage: ${usage}`;
  }
  return sayFailure(error);
}

function isArgumentError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
