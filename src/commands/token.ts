import { parseArgs } from 'node:util';
import { createTokens } from '../auth/tokens.ts';
import { loadConfig } from '../config.ts';
import type { Role } from '../domain/players/viewer.ts';
import { isId } from '../domain/id.ts';
import { idOf } from '../schema/globalId.ts';
import { CommandError, runCommand } from './runCommand.ts';

const USAGE = 'npm run -s token -- --role admin | --role server | --player <id>';

/** Prints a bearer token, and nothing else, that a server with the same configuration accepts for 24 hours. */
await runCommand({
  usage: USAGE,
  run: async (args) => {
    const { values } = parseArgs({ args, options: { role: { type: 'string' }, player: { type: 'string' } } });
    const { subject, role } = bearerOf(values);
    const { authSecrets, authIssuer, authAudience } = loadConfig();
    const tokens = createTokens({ secrets: authSecrets, issuer: authIssuer, audience: authAudience });
    const { token } = await tokens.sign(subject, [role]);
    process.stdout.write(`${token}\n`);
    return 0;
  },
});

function bearerOf({ role, player }: { role?: string | undefined; player?: string | undefined }): {
  subject: string;
  role: Role;
} {
  if ((role === undefined) === (player === undefined)) {
    throw new CommandError(`Say whom the token is for, by one of --role and --player. Usage: ${USAGE}`);
  }
  if (player !== undefined) return { subject: playerIdOf(player), role: 'player' };
  if (role === 'admin' || role === 'server') return { subject: role, role };
  if (role === 'player')
    throw new CommandError('For a player, pass --player with the id that GraphQL shows, or the UUID.');
  throw new CommandError(`--role must be admin or server, not "${role}".`);
}

function playerIdOf(text: string): string {
  const uuid = text.toLowerCase();
  const id = isId(uuid) ? uuid : idOf('Player', text);
  if (id !== null) return id;
  throw new CommandError(`--player must be the id of a player as GraphQL shows it, or the UUID, not "${text}".`);
}
