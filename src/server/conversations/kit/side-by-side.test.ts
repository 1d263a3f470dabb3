import { expect, test } from 'vitest';
import { sideBySide } from './side-by-side.ts';

test('as many at a time as allowed, answers in order', async () => {
  let [running, most] = [0, 0];
  const answers = await sideBySide(3, [5, 1, 4, 2, 3], async (n) => {
    running += 1;
    most = Math.max(most, running);
    for (let turn = 0; turn < n; turn += 1) await Promise.resolve();
    running -= 1;
    return n * 10;
  });
  expect(answers).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(3);
});

test('the first failure is told once what runs has ended; the rest is not begun', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = sideBySide(2, [1, 2, 3, 4], async (n) => {
    begun.push(n);
    await Promise.resolve();
    if (n === 1) throw new Error('no');
    await Promise.resolve();
    ended.push(n);
  });
  await expect(work).rejects.toThrow('no');
  expect([begun, ended]).toEqual([[1, 2], [2]]);
});
