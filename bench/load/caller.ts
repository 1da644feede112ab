import { connect } from 'node:net';

export type Caller = {
  /** Sends one request as it stands, once the answer to the one before has been heard. */
  send(bytes: Buffer): void;
  close(): void;
};

export type Hearer = {
  answered(status: number, body: Buffer): void;
  /** The connection has ended, or what came was no answer. Nothing is heard after it. */
  failed(reason: Error): void;
};

const HEAD_END = '\r\n\r\n';
const LENGTH = /\r\ncontent-length: *(\d+)/i;
/** Where the three digits stand in `HTTP/1.1 200 OK`. */
const STATUS = [9, 12] as const;

/**
 * One kept connection to a server of HTTP/1.1 that says the Content-Length of its answers. It does little more than the
 * socket itself, so that one thread can keep a server busy that answers bytes from memory.
 */
export async function openCaller({ hostname, port }: URL, { answered, failed }: Hearer): Promise<Caller> {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let rest: Buffer | null = null;
  let isOver = false;
  const fail = (reason: Error) => {
    if (isOver) return;
    isOver = true;
    socket.destroy();
    failed(reason);
  };
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.on('data', (chunk: Buffer) => {
    const bytes: Buffer = rest ? Buffer.concat([rest, chunk]) : chunk;
    const answer = readAnswer(bytes);
    if (answer instanceof Error) {
      fail(answer);
      return;
    }
    rest = answer ? null : bytes;
    if (answer) answered(answer.status, answer.body);
  });
  socket.on('error', fail).on('close', () => fail(new Error('the server closed a connection')));
  return {
    send: (bytes) => void socket.write(bytes),
    close: () => {
      isOver = true;
      socket.destroy();
    },
  };
}

/** Opens them all, or none: whatever was opened is closed again when one cannot be. */
export async function openAll<Opened extends { close(): void }>(
  count: number,
  open: () => Promise<Opened>,
): Promise<Opened[]> {
  const settled = await Promise.allSettled(Array.from({ length: count }, open));
  const opened = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const refused = settled.find((one) => one.status === 'rejected');
  if (!refused) return opened;
  for (const { close } of opened) close();
  throw refused.reason;
}

/** Null while the answer is not whole. */
function readAnswer(bytes: Buffer): { status: number; body: Buffer } | Error | null {
  const headLength = bytes.indexOf(HEAD_END);
  if (headLength < 0) return null;
  const head = bytes.toString('latin1', 0, headLength);
  const [, length] = LENGTH.exec(head) ?? [];
  if (length === undefined) return new Error(`an answer without Content-Length: ${head}`);
  const from = headLength + HEAD_END.length;
  const to = from + Number(length);
  if (bytes.length < to) return null;
  if (bytes.length > to) return new Error('more than one answer to one request');
  return { status: Number(head.slice(...STATUS)), body: bytes.subarray(from, to) };
}
