import { z } from 'zod';
import { deviceHash } from '../../auth/deviceHash.ts';
import type { Context } from '../../context.ts';
import { findOrInsertPlayer } from '../../db/players/players.ts';
import { insertSession } from '../../db/players/sessions.ts';
import { nicknameOf, type Player } from '../../domain/players/player.ts';
import { nameRule, parseInput } from '../parseInput.ts';

export type SignedIn = { token: string; expiresAt: Date; player: Player };

const rules = z.object({
  deviceId: z.string().min(16, 'use 16 characters at least').max(255, 'use 255 characters at most'),
  nickname: nameRule(32).nullish(),
});

/** Signs a player in by device id, creating the player on first sight. Each call makes a session. May be retried. */
export async function signInWithDevice(
  input: { deviceId: string; nickname?: string | null | undefined },
  ctx: Context,
): Promise<SignedIn> {
  const { deviceId, nickname } = parseInput(rules, input);
  const hash = deviceHash(deviceId);
  const player = await findOrInsertPlayer(ctx.database, {
    deviceHash: hash,
    nickname: nickname ?? nicknameOf(hash),
  });
  const { id, token, expiresAt } = await ctx.tokens.sign(player.id, ['player']);
  const isThere = await insertSession(ctx.database, { id, playerId: player.id, expiresAt });
  // Deleted in between: the device is nobody's now, so this time a new player is made.
  return isThere ? { token, expiresAt, player } : signInWithDevice(input, ctx);
}
