import type { RedisClient, RedisConnection } from './connection.ts';

export type Script = (keys: string[], ...parameters: (number | string)[]) => Promise<unknown>;

type Command = (...parameters: (number | string)[]) => Promise<unknown>;

/** A Lua script as a function. It is sent by its hash, and whole to a Redis that does not know it yet. */
export function defineScript({ commands, run }: RedisConnection, name: string, lua: string, keys: number): Script {
  commands.defineCommand(name, { numberOfKeys: keys, lua });
  return (given, ...parameters) =>
    run(
      (redis) =>
        (redis as RedisClient & Record<string, Command>)[name]?.(...given, ...parameters) ?? throwUnknown(name),
    );
}

function throwUnknown(name: string): never {
  throw new Error(`the script ${name} was not defined`);
}
