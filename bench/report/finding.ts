import { median } from '../load/statistics.ts';

/** What one measurement found: it becomes a table, a file of figures and a chart. */
export type Finding = Comparison | Growth;

type Heading = {
  /** Names the files. */
  name: string;
  title: string;
  /** What was done, for whoever reads the figures without the code. */
  about: string;
  /** What the figures count: `requests/s`, `ms`. */
  unit: string;
};

/** Ours beside yardsticks, in one or more circumstances. */
export type Comparison = Heading & {
  kind: 'comparison';
  better: 'less' | 'more';
  /** Whether the bars of each group have a scale of their own, because the groups count different things. */
  hasOwnScales?: boolean;
  groups: Group[];
};

/** What a cost becomes as something grows. */
export type Growth = Heading & { kind: 'growth'; of: string; sizes: number[]; lines: Line[] };

/** The first row is ours. */
export type Group = { name: string; rows: Row[]; aim: Aim | null };

export type Row = {
  name: string;
  /** The median of the rounds. */
  value: number;
  rounds: number[];
  /** Ours divided by this one, in rounds that followed each other. Null for ours. */
  ours: Spread | null;
  /** Further figures by their names, as `p99 ms`. */
  more: Record<string, number>;
};

/** One value for each size, the median of its rounds. */
export type Line = { name: string; values: number[]; rounds: number[][] };

export type Spread = { median: number; least: number; most: number };

export type Aim = { text: string; isMet: boolean };

export type Subject = { name: string; rounds: number[]; more?: Record<string, number> };

/** The rows of a group; the subjects were measured in turn, ours first. */
export function rowsOf(subjects: [Subject, ...Subject[]]): Row[] {
  const [ours] = subjects;
  return subjects.map((subject) => ({
    name: subject.name,
    value: median(subject.rounds),
    rounds: subject.rounds,
    ours: subject === ours ? null : spreadOf(ratios(ours.rounds, subject.rounds)),
    more: subject.more ?? {},
  }));
}

/** The row of that name. Throws when there is none. */
export function rowOf(rows: Row[], name: string): Row {
  const row = rows.find((one) => one.name === name);
  if (!row) throw new Error(`there is no row ${name}`);
  return row;
}

function ratios(ours: number[], others: number[]): number[] {
  return ours.flatMap((value, at) => {
    const other = others[at];
    return other === undefined ? [] : [value / other];
  });
}

function spreadOf(values: number[]): Spread {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}
