import type { Sessions } from './auth/sessions.ts';
import type { Tokens } from './auth/tokens.ts';
import type { Database } from './db/open.ts';
import type { Viewer } from './domain/viewer.ts';
import type { BoardNames } from './leaderboards/boardNames.ts';
import type { DeletePlayer } from './leaderboards/deletePlayer.ts';
import type { Feed } from './leaderboards/feed.ts';
import type { StandingsReader } from './leaderboards/read.ts';
import type { Submitter } from './leaderboards/submit.ts';

/** What the process has open, shared by all requests. */
export type Core = {
  database: Database;
  tokens: Tokens;
  sessions: Sessions;
  boards: BoardNames;
  reader: StandingsReader;
  submitter: Submitter;
  deletePlayer: DeletePlayer;
  feed: Feed;
};

/** What one request sees. */
export type Context = Core & {
  viewer: Viewer | null;
  requestId: string;
  /** Calls `release` when the connection is closed, at once when it is already. */
  onClosed(release: () => void): void;
};
