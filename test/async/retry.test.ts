import { expect, test } from 'vitest';
import { retry } from '../../src/async/retry.ts';

const passing = new Error('passing');
const isPassing = (error: unknown) => error === passing;

function failing(times: number, error: Error) {
  let calls = 0;
  const work = async () => {
    calls += 1;
    if (calls <= times) throw error;
    return calls;
  };
  return { work, calls: () => calls };
}

test('what passes is done again until it succeeds, after a pause by the number of the attempt', async () => {
  const pauses: number[] = [];
  const pauseMs = (attempt: number) => pauses.push(attempt) && 1;
  expect(await retry(failing(3, passing).work, { isPassing, pauseMs })).toBe(4);
  expect(pauses).toEqual([1, 2, 3]);
});

test('after so many attempts, or at the deadline, the last failure is thrown', async () => {
  const { work, calls } = failing(9, passing);
  await expect(retry(work, { isPassing, attempts: 3 })).rejects.toBe(passing);
  expect(calls()).toBe(3);
  await expect(retry(work, { isPassing, deadlineMs: -1 })).rejects.toBe(passing);
  expect(calls()).toBe(4);
});

test('what does not pass is thrown at once', async () => {
  const { work, calls } = failing(1, new Error('for good'));
  await expect(retry(work, { isPassing })).rejects.toThrow('for good');
  expect(calls()).toBe(1);
});

test('a failure that is thrown and not rejected counts alike', async () => {
  let calls = 0;
  const work = () => {
    calls += 1;
    if (calls === 1) throw passing;
    return calls;
  };
  expect(await retry(work, { isPassing })).toBe(2);
});
