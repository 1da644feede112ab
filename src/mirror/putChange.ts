import type { PeriodChange } from '../domain/leaderboards/periodChange.ts';
import type { Copies } from '../redis/copies.ts';
import type { CopyKeeper } from './copyKeeper.ts';

/** Sends a change to its copy, in this turn, and notes what the answer says of the copy. Rejects while Redis is away. */
export async function putChange(
  { copies, keeper }: { copies: Copies; keeper: Pick<CopyKeeper, 'doubt' | 'used'> },
  change: PeriodChange,
): Promise<void> {
  const outcome = await copies.put(change);
  if (outcome === 'gap') keeper.doubt(change, 'behind');
  else if (outcome === 'missing' || outcome === 'broken') keeper.doubt(change, 'unusable');
  else keeper.used(change);
}
