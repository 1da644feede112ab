import type { Tokens } from './auth/tokens.ts';
import type { Database } from './db/open.ts';
import type { StandingsPage } from './domain/standingsPage.ts';
import type { Viewer } from './domain/viewer.ts';
import type { BoardNames } from './leaderboards/boardNames.ts';
import type { Feed } from './leaderboards/feed.ts';
import type { StandingsReader } from './leaderboards/read.ts';
import type { Mirroring } from './leaderboards/standingsStore.ts';
import type { Submitter } from './leaderboards/submit.ts';

/** What the process has open, shared by all requests. */
export type Core = {
  database: Database;
  tokens: Tokens;
  boards: BoardNames;
  reader: StandingsReader;
  submitter: Submitter;
  /** Null without Redis. */
  mirroring: Mirroring | null;
  feed: Feed;
};

/** What one request sees. */
export type Context = Core & {
  viewer: Viewer | null;
  requestId: string;
  /** Which stores have ranked standings for this request. */
  ranksFrom: Set<StandingsPage['source']>;
  /** Calls `release` when the connection is closed, at once when it is already. */
  onClosed(release: () => void): void;
};
