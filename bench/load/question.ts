/** One GraphQL request. The same object again is the same request, and is encoded once. */
export type Question = {
  body: string;
  token?: string;
  /** Asks for an answer that is worked out anew, not one from memory. */
  isAnew?: boolean;
};

const PATH = '/graphql';

/** Writes questions as the bytes of HTTP/1.1 that carry them to one server. */
export function createEncoder({ host }: URL): (question: Question) => Buffer {
  const known = new WeakMap<Question, Buffer>();
  return (question) => {
    const before = known.get(question);
    if (before) return before;
    const bytes = encode(question, host);
    known.set(question, bytes);
    return bytes;
  };
}

function encode({ body, token, isAnew }: Question, host: string): Buffer {
  const lines = [
    `POST ${PATH} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(token ? [`Authorization: Bearer ${token}`] : []),
    ...(isAnew ? ['Cache-Control: no-cache'] : []),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
