/** What is limited, and what its limit is told to count. */
export const COUNTED = {
  submit: 'score submissions',
  server: 'scores and requests of a game server',
  read: 'reads',
  playerRead: 'reads',
  mutate: 'mutations',
  events: 'requests with events',
  serverEvents: 'events of a game server',
} as const;

export type LimitName = keyof typeof COUNTED;
export type RateLimit = { count: number; windowMs: number };
export type RateLimits = Record<LimitName, RateLimit>;

const MINUTE_MS = 60_000;
/** Their product is exact in a double, which the sums of a sliding window need. */
const COUNT_MAX = 100_000_000;
const WINDOW_MAX_MS = 24 * 60 * MINUTE_MS;

const DEFAULTS: RateLimits = {
  submit: { count: 10, windowMs: MINUTE_MS },
  server: { count: 100_000, windowMs: MINUTE_MS },
  read: { count: 60, windowMs: MINUTE_MS },
  playerRead: { count: 600, windowMs: MINUTE_MS },
  mutate: { count: 60, windowMs: MINUTE_MS },
  events: { count: 100, windowMs: MINUTE_MS },
  serverEvents: { count: 10_000, windowMs: 1_000 },
};

/**
 * `on`, `off` (null), or limits that replace defaults, such as `submit=10/60,read=60/60`: so many in so many seconds.
 * Undefined when the text is none of these.
 */
export function parseRateLimits(text: string): RateLimits | null | undefined {
  if (text === 'off') return null;
  const limits = { ...DEFAULTS };
  if (text === 'on') return limits;
  for (const item of text.split(',')) {
    const [, name = '', count, seconds] = /^\s*(\w+)=(\d+)\/(\d+)\s*$/.exec(item) ?? [];
    const limit = { count: Number(count), windowMs: Number(seconds) * 1_000 };
    if (!isLimitName(name) || !isWithin(limit.count, COUNT_MAX) || !isWithin(limit.windowMs, WINDOW_MAX_MS)) return;
    limits[name] = limit;
  }
  return limits;
}

function isLimitName(name: string): name is LimitName {
  return Object.hasOwn(COUNTED, name);
}

function isWithin(value: number, max: number): boolean {
  return value >= 1 && value <= max;
}
