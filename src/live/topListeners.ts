import { asSnapshot, type BoardChange } from '../domain/leaderboards/boardChange.ts';
import type { StandingsPage } from '../domain/leaderboards/standingsPage.ts';
import { createSlot, type Slot } from '../async/slot.ts';
import type { BoardHistory } from './boardHistory.ts';
import { changesTo } from './changesTo.ts';
import { createListeners } from './listeners.ts';

type TopListener = {
  top: number;
  stream: Slot<BoardChange>;
  isNew: boolean;
  /** The revision that a new listener holds. */
  after: number | null;
  /** Which read was under way when the listener came; 0 for none. */
  cameDuring: number;
};

/** Those who listen to the first rows of a board, and the page that they have been sent. */
export type TopListeners = {
  count(): number;
  /** The most rows that anybody wants. */
  rowsWanted(): number;
  /** Of the page that was offered last; null before the first, and when nobody listens. */
  periodKey(): string | null;
  add(listener: Pick<TopListener, 'after' | 'cameDuring' | 'top'>): TopListener;
  /** The first message of a new listener, from the page that was offered last. False when that page does not serve it. */
  offerKnown(listener: TopListener): boolean;
  /** The next message of all whom the first `rowsRead` rows serve; `read` is the number of the read that they come from. */
  offer(next: StandingsPage, from: { rowsRead: number; read: number }): void;
  close(): void;
};

/** Adds the pages that are offered to `history`. `onEmpty` is called when the last listener has left. */
export function createTopListeners({ history, onEmpty }: { history: BoardHistory; onEmpty: () => void }): TopListeners {
  let known: { page: StandingsPage; rowsRead: number } | null = null;
  const listeners = createListeners<TopListener>(() => {
    // Nobody keeps it up to date from here on.
    known = null;
    onEmpty();
  });

  const offerFirst = (listener: TopListener, changes: ReturnType<typeof changesTo>) => {
    const { after, top } = listener;
    listener.stream.offer(changes(after === null ? null : history.find(after, top), top));
    listener.isNew = false;
  };

  return {
    count: () => listeners.all.size,
    rowsWanted: () => Math.max(...[...listeners.all].map(({ top }) => top)),
    periodKey: () => known?.page.periodKey ?? null,
    add: (listener) =>
      listeners.add((closed) => ({
        ...listener,
        isNew: true,
        stream: createSlot<BoardChange>({ merge: (_unread, newer) => asSnapshot(newer), closed }),
      })),
    offerKnown: (listener) => {
      if (!known || known.rowsRead < listener.top || isAhead(listener, known.page)) return false;
      offerFirst(listener, changesTo(known.page));
      return true;
    },
    offer: (next, { rowsRead, read }) => {
      const before = known?.page ?? null;
      known = { page: next, rowsRead };
      history.add(next);
      const isNews = isChanged(before, next);
      const changes = changesTo(next);
      for (const listener of listeners.all) {
        // Came during the read and wants more rows than it has, or holds a later state: the next read is due already.
        if (listener.top > rowsRead || (listener.cameDuring === read && isAhead(listener, next))) continue;
        if (listener.isNew) offerFirst(listener, changes);
        else if (isNews) listener.stream.offer(changes(before, listener.top));
      }
    },
    close: listeners.close,
  };
}

/** The revision of a period without a score is that of the others, which late and imported plays still change. */
function isChanged(before: StandingsPage | null, next: StandingsPage): boolean {
  if (next.periodKey !== before?.periodKey) return true;
  return next.revision !== before.revision && (next.size > 0 || before.size > 0);
}

/** Whether a listener has been sent a later state, by another process: then the page is out of date. */
function isAhead({ after }: TopListener, page: StandingsPage): boolean {
  return after !== null && after > page.revision;
}
