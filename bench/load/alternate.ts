export type Subject<Result> = {
  name: string;
  /** One round; `warmUp` ones are short and thrown away. */
  measure(options: { warmUp: boolean }): Promise<Result>;
};

/**
 * Measures all subjects in turn, A B A B, so that whatever slows the machine down meanwhile slows each of them down.
 * Returns the rounds of each subject, in the order of the subjects.
 */
export async function alternate<Result>(subjects: Subject<Result>[], rounds: number): Promise<Result[][]> {
  for (const subject of subjects) await subject.measure({ warmUp: true });
  const results: Result[][] = subjects.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      results[index]?.push(await subject.measure({ warmUp: false }));
    }
  }
  return results;
}
