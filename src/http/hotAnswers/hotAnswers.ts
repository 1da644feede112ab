import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Viewer } from '../../domain/players/viewer.ts';
import type { VersionLooks } from '../../mirror/versionLooks.ts';
import type { Verdict } from '../../redis/rateLimits.ts';
import type { Ingredients } from '../plugins/sharedAnswers.ts';
import type { RootFields } from '../rootFields.ts';
import { type Answer, createAnswerStore, type HotQuestion } from './answerStore.ts';
import { captureAnswer } from './captureAnswer.ts';
import { requestIdOf } from '../requestScope.ts';
import { attachBody, readBody } from '../requestBody.ts';
import { keyOf } from './questionKey.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

export type HotAnswers = {
  /**
   * Answers a request that was asked before, or hands it on to `answerAnew`, which answers everything. Neither has looked at
   * its body before; `answerAnew` finds it in `request.body`.
   */
  answer(request: IncomingMessage, response: ServerResponse, answerAnew: Handler): Promise<void>;
  /** How many answers were sent as they had been worked out for another request. */
  shared(): number;
  /** What the answer to a request was made of. */
  note(request: IncomingMessage, ingredients: Ingredients): void;
};

type Exchange = { request: IncomingMessage; response: ServerResponse; answerAnew: () => unknown };
/** `number` counts questions in the order of their coming. */
type Asked = { key: string; number: number; question: HotQuestion };

/** How often a question waits for another's answer that turns out to be too old for it. */
const TRIES = 3;

/**
 * Answers what many ask alike from memory, as bytes, and never with anything older than the question: each question
 * shares a look at the version of what the answer was made of, which begins after it. When that has moved on, one of those who
 * wait has the answer worked out anew, and the others are sent the same bytes.
 *
 * Only answers that are the same for everybody are remembered (`useSharedAnswers`); tokens and limits hold as ever. Everything
 * else, and everything that goes wrong on the way, is answered by the handler behind it.
 */
export function createHotAnswers(options: {
  looks: VersionLooks;
  /** Null for a token that is not valid: then the ordinary handler says so. */
  viewerOf: (request: IncomingMessage) => Promise<{ viewer: Viewer | null } | null>;
  /** Counts the request. Null where nothing is limited. */
  count: ((root: RootFields, viewer: Viewer | null, request: IncomingMessage) => Promise<Verdict | null>) | null;
  writeRateLimit: (response: ServerResponse, verdict: Verdict) => void;
}): HotAnswers {
  const { looks, viewerOf, count, writeRateLimit } = options;
  const store = createAnswerStore();
  const noted = new WeakMap<IncomingMessage, Ingredients>();
  let questions = 0;
  let shared = 0;

  /** False when the request is over a limit, which is then for the ordinary handler to say. */
  const isAllowed = async (question: HotQuestion, request: IncomingMessage, response: ServerResponse) => {
    const known = await viewerOf(request);
    if (!known) return false;
    const verdict = count && (await count(question.ingredients.root, known.viewer, request));
    if (verdict?.allowed === false) return false;
    if (verdict) writeRateLimit(response, verdict);
    return true;
  };

  const lookAt = async ({ ingredients }: HotQuestion): Promise<string | null> => {
    try {
      return await looks.versionOf(ingredients.seen.pages);
    } catch {
      // An outage is for the ordinary handler to tell.
      return null;
    }
  };

  /** The answer when it is everybody's and without errors, as it was found to be before. */
  const captureShared = async (request: IncomingMessage, response: ServerResponse) => {
    const answer = await captureAnswer(response);
    return noted.has(request) ? answer : null;
  };

  /** Has the answer worked out for this request, and remembers it if nothing moved meanwhile. */
  const lead = ({ key, question }: Asked, version: string, { request, response, answerAnew }: Exchange) => {
    const answer = captureShared(request, response);
    const flight = { since: questions, answer };
    question.flight = flight;
    const remember = async () => {
      const worked = await answer;
      if (worked && (await lookAt(question)) === version) store.store(key, worked, version);
      if (question.flight === flight) question.flight = null;
    };
    void remember();
    answerAnew();
  };

  const answerFrom = async (asked: Asked, exchange: Exchange): Promise<void> => {
    const { number, question } = asked;
    const { request, response, answerAnew } = exchange;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const version = await lookAt(question);
      if (version === null) break;
      const isFresh = question.answer !== null && question.version === version;
      const { flight } = question;
      if (!isFresh && !flight) {
        lead(asked, version, exchange);
        return;
      }
      const answer = isFresh ? question.answer : await flight?.answer;
      // Begun before the question came, it may not know what was committed before that.
      if (!answer || (!isFresh && (flight?.since ?? 0) < number)) continue;
      if (!(await isAllowed(question, request, response))) break;
      shared += 1;
      send(request, response, answer);
      return;
    }
    answerAnew();
  };

  return {
    shared: () => shared,
    note: (request, ingredients) => void noted.set(request, ingredients),
    answer: async (request, response, answerAnew) => {
      const body = request.method === 'POST' ? await readBody(request) : null;
      if (request.method === 'POST' && body === null) return;
      const key = keyOf(request, body);
      const handOn = () => answerAnew(body ? attachBody(request, body) : request, response);
      questions += 1;
      const question = store.find(key);
      if (question) {
        await answerFrom({ key, number: questions, question }, { request, response, answerAnew: handOn });
        return;
      }
      response.once('finish', () => {
        const ingredients = noted.get(request);
        if (response.statusCode === 200 && ingredients && isRemembered(ingredients)) store.add(key, ingredients);
      });
      handOn();
    },
  };
}

/** Whether the versions of its periods tell all: each board that it names is one of which it shows a period. */
function isRemembered({ seen: { boards, pages } }: Ingredients): boolean {
  const shown = new Set(pages.map(({ leaderboardId }) => leaderboardId));
  return pages.length > 0 && boards.every((id) => shown.has(id));
}

function send(request: IncomingMessage, response: ServerResponse, { head, text }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(200, ['X-Request-Id', requestIdOf(request.headers['x-request-id']), ...head]);
  response.end(text, 'latin1');
}
