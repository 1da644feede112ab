import { loadStorage } from '../config.ts';
import { ConfigError } from '../environment.ts';
import { EmbeddedError } from '../db/embedded/embeddedError.ts';
import { FolderInUseError } from '../db/lockFolder.ts';
import { codeOf, isOutageCode } from '../log.ts';

type SystemError = Error & { code?: string; syscall?: string; path?: string; port?: number };

/** Why something did not start, for people: what is wrong and what would help, without a password, a statement or a stack. */
export function sayFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof FolderInUseError || error instanceof EmbeddedError) {
    return error.message;
  }
  const cause = innermost(error);
  return sayPort(cause) ?? sayFile(cause) ?? sayDatabase(codeOf(error)) ?? `Unexpected error: ${textOf(cause)}`;
}

/** The database's address, without user and password. */
export function nameDatabase(): string {
  const { databaseUrl, dataDir } = loadStorage();
  if (databaseUrl === null) return `The embedded database in ${dataDir}`;
  const { host, pathname } = new URL(databaseUrl);
  return `postgres://${host}${pathname}`;
}

function sayPort({ code, syscall, port }: SystemError): string | null {
  if (code === 'EADDRINUSE') {
    return `The port${port ? ` ${port}` : ''} is taken. Stop the other server, or set PORT to another one.`;
  }
  if (syscall === 'listen') return `The server may not listen at HOST and PORT (${code}). Set them to others.`;
  return null;
}

function sayFile({ code, path }: SystemError): string | null {
  return code && path ? `${path} cannot be used (${code}). Give this user access to it, or set DATA_DIR.` : null;
}

function sayDatabase(code: string | undefined): string | null {
  const says = adviceOn(code ?? '');
  return says && `${nameDatabase()} ${says}`;
}

/** See "PostgreSQL Error Codes" in PostgreSQL's documentation, appendix A. */
function adviceOn(code: string): string | null {
  const letIn = 'does not let us in';
  if (code === '3D000') return `does not exist (${code}). Create it, or correct DATABASE_URL.`;
  if (code.startsWith('28')) return `${letIn} (${code}): user or password is refused. Correct DATABASE_URL.`;
  if (code === '53300')
    return `${letIn} (${code}): it has too many connections. End some, or raise its max_connections.`;
  if (code === '57P03') return `${letIn} (${code}): it is starting or stopping. Try again shortly.`;
  if (isOutageCode(code)) return `${letIn} (${code}). Start it, or correct DATABASE_URL.`;
  if (code === '42P01' || code === '42703') return `lacks tables (${code}). Run: npm run migrate`;
  if (/^(42501|3F000)$/.test(code)) return `${letIn} (${code}): the user may not make tables there.`;
  return /^[0-9A-Z]{5}$/.test(code) ? `refused what was asked of it (${code}).` : null;
}

function innermost(error: unknown): SystemError {
  const outer = error instanceof Error ? error : new Error(String(error));
  return outer.cause instanceof Error ? innermost(outer.cause) : outer;
}

function textOf({ name, message }: Error): string {
  const [line = ''] = message.split('\n');
  return name === 'Error' ? line : `${name}: ${line}`;
}
