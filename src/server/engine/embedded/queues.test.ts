import { expect, test } from 'vitest';
import { range } from '../contract/harness.ts';
import { Queues } from './queues.ts';

const turn = (): Promise<void> => new Promise(setImmediate);

test('work under one name runs alone and in order, whatever becomes of it', async () => {
  const queues = new Queues();
  const log: string[] = [];
  const results = await Promise.allSettled(
    range(5).map((n) =>
      queues.run(['a'], async () => {
        log.push(`+${n}`);
        await turn();
        log.push(`-${n}`);
        if (n === 2) throw new Error('no');
        return n;
      }),
    ),
  );
  expect(log).toEqual(range(5).flatMap((n) => [`+${n}`, `-${n}`]));
  expect(results.map((one) => one.status === 'fulfilled')).toEqual([true, true, false, true, true]);
});

test('work under two names in either order never waits in a circle', async () => {
  const queues = new Queues();
  const running = new Set<string>();
  await Promise.all(
    range(60).map((n) => {
      const names = [`${n % 3}`, `${(n * 7 + 1) % 3}`];
      return queues.run(n % 2 === 0 ? names : names.reverse(), async () => {
        for (const name of new Set(names)) {
          expect(running.has(name)).toBe(false);
          running.add(name);
        }
        await turn();
        for (const name of names) running.delete(name);
      });
    }),
  );
  await queues.idle();
  expect(['0', '1', '2'].map((name) => queues.busy(name))).toEqual([false, false, false]);
});

test('names that have nothing to do wait for nobody', async () => {
  const queues = new Queues();
  let release = (): void => {};
  const held = queues.run(['a'], () => new Promise<void>((resolve) => (release = resolve)));
  expect(await queues.run(['b'], async () => 'b')).toBe('b');
  expect(queues.busy('a')).toBe(true);
  release();
  await held;
});
