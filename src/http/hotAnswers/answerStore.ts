import type { Ingredients } from '../plugins/sharedAnswers.ts';

/**
 * An answer as it goes over the wire, without what is each request's own: names and values of the head in turn, and the
 * bytes of the body as Latin-1, which Node sends with the head in one write.
 */
export type Answer = { head: string[]; text: string };

/** A question that has been answered before. `answer` is right while the version of what it was made of is `version`. */
export type HotQuestion = {
  ingredients: Ingredients;
  version: string | null;
  answer: Answer | null;
  /** The answer that is being worked out, and the number of the last question that had come before it was begun. */
  flight: { since: number; answer: Promise<Answer | null> } | null;
};

export type AnswerStore = {
  find(key: string): HotQuestion | undefined;
  add(key: string, ingredients: Ingredients): void;
  store(key: string, answer: Answer, version: string): void;
};

const QUESTIONS_MAX = 2_000;
const BYTES_MAX = 32_000_000;

/** The questions that were asked last, within bounds of number and bytes. */
export function createAnswerStore({ questionsMax = QUESTIONS_MAX, bytesMax = BYTES_MAX } = {}): AnswerStore {
  const questions = new Map<string, HotQuestion>();
  let bytes = 0;

  const bound = () => {
    for (const [key, question] of questions) {
      if (questions.size <= questionsMax && bytes <= bytesMax) return;
      questions.delete(key);
      bytes -= sizeOf(key, question);
    }
  };
  return {
    find: (key) => {
      const question = questions.get(key);
      if (!question) return undefined;
      // The latest asked stands last.
      questions.delete(key);
      questions.set(key, question);
      return question;
    },
    add: (key, ingredients) => {
      if (questions.has(key)) return;
      const question: HotQuestion = { ingredients, version: null, answer: null, flight: null };
      questions.set(key, question);
      bytes += sizeOf(key, question);
      bound();
    },
    store: (key, answer, version) => {
      const question = questions.get(key);
      if (!question) return;
      bytes -= sizeOf(key, question);
      Object.assign(question, { answer, version });
      bytes += sizeOf(key, question);
      bound();
    },
  };
}

function sizeOf(key: string, { answer }: HotQuestion): number {
  return 2 * key.length + (answer?.text.length ?? 0);
}
