import type { Bench } from '../bench.ts';

export type Subject<Result> = {
  name: string;
  /** One round; `warmUp` ones are short and thrown away. */
  measure(options: { warmUp: boolean }): Promise<Result>;
};

/**
 * Measures all subjects in turn, A B A B, so that whatever slows the machine down meanwhile slows each of them down.
 * Each warms up first, but in a quick run. Returns the rounds of each subject, in the order of the subjects.
 */
export async function alternate<Result>(
  subjects: Subject<Result>[],
  { effort, noteOthers }: Pick<Bench, 'effort' | 'noteOthers'>,
): Promise<Result[][]> {
  if (!effort.isQuick) for (const subject of subjects) await subject.measure({ warmUp: true });
  const results: Result[][] = subjects.map(() => []);
  for (let round = 0; round < effort.rounds; round += 1) {
    await noteOthers();
    for (const [index, subject] of subjects.entries()) {
      results[index]?.push(await subject.measure({ warmUp: false }));
    }
  }
  return results;
}
