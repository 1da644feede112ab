import type { Sessions } from './auth/sessions.ts';
import type { Tokens } from './auth/tokens.ts';
import type { EventLog } from './db/events/eventLog.ts';
import type { Database } from './db/open.ts';
import type { StandingsPage } from './domain/leaderboards/standingsPage.ts';
import type { Viewer } from './domain/players/viewer.ts';
import type { Lane } from './async/lane.ts';
import type { BoardNames } from './leaderboards/boardNames.ts';
import type { DeletePlayer } from './leaderboards/deletePlayer.ts';
import type { GameNames } from './leaderboards/gameNames.ts';
import type { OwnTypes } from './leaderboards/ownTypes.ts';
import type { BoardFeed } from './live/boardFeed.ts';
import type { BoardReads } from './mirror/boardReads.ts';
import type { StandingsReader } from './mirror/standingsReader.ts';
import type { Mirroring } from './mirror/openStandings.ts';
import type { Submitter } from './leaderboards/submit.ts';
import type { TournamentFeed } from './live/tournamentFeed.ts';
import type { TournamentNews } from './live/tournamentNews.ts';

/** What the process has open, shared by all requests. */
export type Core = {
  database: Database;
  tokens: Tokens;
  sessions: Sessions;
  boards: BoardNames;
  reader: StandingsReader;
  /** Where deep pages of PostgreSQL take turns. */
  deepReads: Lane;
  submitter: Submitter;
  eventLog: Pick<EventLog, 'append'>;
  games: GameNames;
  ownTypes: OwnTypes;
  /** Null without Redis. */
  mirroring: Mirroring | null;
  deletePlayer: DeletePlayer;
  boardFeed: BoardFeed;
  tournamentFeed: TournamentFeed;
  tournamentNews: TournamentNews;
  /** Whether webhooks may go over plain HTTP and into private networks. */
  allowsPrivateWebhooks: boolean;
};

/** The ids of the events in a subscription's stream (Server-Sent Events, `id:` and `Last-Event-ID`). */
export type StreamIds = {
  /** The last event that the client has, from a browser's EventSource that reconnects by itself. Anything may stand here. */
  last: string | null;
  /** The id for the event that is being made: a stream makes one at a time. Null for none. */
  next: string | null;
};

/** What one request sees. */
export type Context = Core & {
  viewer: Viewer | null;
  streamIds: StreamIds;
  requestId: string;
  /** Where the request reads boards. */
  boardReads: BoardReads;
  /** Which stores have ranked standings for this request. */
  ranksFrom: Set<StandingsPage['source']>;
  /** Calls `release` when the connection is closed, at once when it is already. */
  onClosed(release: () => void): void;
  /** Aborted when the connection is closed. */
  closed: AbortSignal;
};
