/**
 * How many streams may be open at once: of one player, of one client address without a token, of one client address in
 * all, its players included, of one instance.
 */
export type StreamLimits = { player: number; address: number; addressTotal: number; instance: number };

/** Whole schools and mobile networks share an address; a twelfth of an instance is for each of them. */
const DEFAULTS: StreamLimits = { player: 5, address: 10, addressTotal: 1_000, instance: 12_000 };
const LIMIT_MAX = 1_000_000;

/** Reads limits like `player=5,address=10`; one that is not named keeps its default. Null when they make no sense. */
export function parseStreamLimits(text: string): StreamLimits | null {
  const limits = new Map<string, number>(Object.entries(DEFAULTS));
  const named = new Set<string>();
  for (const part of text.split(',').flatMap((one) => one.trim() || [])) {
    const [, name = '', digits = ''] = /^(\w+)=(\d{1,7})$/.exec(part) ?? [];
    const isMalformed = !limits.has(name) || named.has(name) || Number(digits) > LIMIT_MAX;
    if (isMalformed) return null;
    named.add(name);
    limits.set(name, Number(digits));
  }
  return Object.fromEntries(limits) as StreamLimits;
}
