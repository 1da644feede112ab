import type { Context } from '../../context.ts';
import { badInput } from '../../domain/errors.ts';
import { type Cadence, isPeriodKey, periodAt } from '../../domain/leaderboards/period.ts';
import {
  type Cursor,
  PAGE_SIZE_DEFAULT,
  PAGE_SIZE_MAX,
  type StandingsPage,
  type StandingsRange,
} from '../../domain/leaderboards/standingsPage.ts';
import { readPage } from './readPage.ts';
import { parseCursor } from './standingCursor.ts';

export type RangeInput = {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  fromRank?: number | null | undefined;
  around?: string | null | undefined;
  players?: string[] | null | undefined;
};

export type StandingsInput = RangeInput & {
  leaderboardId: string;
  cadence: Cadence;
  cadences: Cadence[];
  at?: Date | null | undefined;
  dense: boolean;
};

/** One page of a board. Refuses combinations of arguments that have no one meaning, saying which go together. */
export async function standings(input: StandingsInput, ctx: Context): Promise<StandingsPage> {
  requireCadence(input);
  const { leaderboardId, cadence, dense } = input;
  const range = rangeOf(input, (text) => cursorOf(text, input));
  return readPage({ leaderboardId, cadence, at: input.at ?? null, range, dense }, ctx);
}

/** A board has standings only in the cadences that it was created with. */
export function requireCadence({ cadence, cadences }: { cadence: Cadence; cadences: Cadence[] }): void {
  if (!cadences.includes(cadence)) {
    throw badInput(`This leaderboard has no ${cadence} standings; it has ${cadences.join(', ')}.`);
  }
}

/** The page that the arguments name. `parse` reads a cursor, and refuses one that belongs elsewhere. */
export function rangeOf(input: RangeInput, parse: (text: string) => Cursor): StandingsRange {
  const starts = (['after', 'before', 'fromRank', 'around', 'players'] as const).filter((name) => input[name] != null);
  if (starts.length > 1) throw badInput(`Use one of ${starts.join(', ')}: each names another page.`);
  if (input.first != null && input.last != null) throw badInput('Use first or last, not both.');
  if (input.last != null && starts[0] && starts[0] !== 'before')
    throw badInput(`Use first with ${starts[0]}, not last.`);
  if (input.first != null && starts[0] === 'before') throw badInput('Use last with before, not first.');
  const limit = limitOf(input);
  if (input.players != null) {
    if (input.players.length > PAGE_SIZE_MAX) throw badInput(`Ask for at most ${PAGE_SIZE_MAX} players at once.`);
    return { kind: 'players', playerIds: [...new Set(input.players)] };
  }
  if (input.around != null) return { kind: 'around', playerId: input.around, limit };
  if (input.fromRank != null) {
    if (input.fromRank < 1) throw badInput('fromRank counts from 1.');
    return { kind: 'fromRank', rank: input.fromRank, limit };
  }
  if (input.before != null) return { kind: 'before', cursor: parse(input.before), limit };
  if (input.last != null) return { kind: 'before', cursor: null, limit };
  return { kind: 'after', cursor: input.after == null ? null : parse(input.after), limit };
}

function limitOf({ first, last }: RangeInput): number {
  const limit = first ?? last ?? PAGE_SIZE_DEFAULT;
  if (limit < 1 || limit > PAGE_SIZE_MAX) throw badInput(`A page has 1 to ${PAGE_SIZE_MAX} standings.`);
  return limit;
}

function cursorOf(text: string, { cadence, at }: StandingsInput): Cursor {
  const cursor = parseCursor(text);
  if (!isPeriodKey(cadence, cursor.periodKey)) throw badInput(`The cursor does not belong to ${cadence} standings.`);
  if (at && periodAt(cadence, at).key !== cursor.periodKey) throw badInput('The cursor belongs to another period.');
  return cursor;
}
