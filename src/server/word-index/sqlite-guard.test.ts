import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { ClosingStore, SqliteGuard } from './sqlite-guard.ts';

const done = () => 'done';

test('lets work be done, and answers as it does', () => {
  const guard = new SqliteGuard();
  guard.goOn();
  expect(guard.within(done)).toBe('done');
  expect(() =>
    guard.within(() => {
      throw new Error('disk');
    }),
  ).toThrow('disk');
});

test('told to break off, a thread may still close', () => {
  const guard = new SqliteGuard();
  const thread = new SqliteGuard(guard.shared);
  guard.breakOff();
  expect(thread.goOn).toThrow(ClosingStore);
  expect(() => thread.within(done)).toThrow(ClosingStore);
  let closed = false;
  thread.closing(() => {
    closed = true;
  });
  expect(closed).toBe(true);
});

test('told to come out, a thread does nothing there any more, and nobody waits for one that is out', () => {
  const guard = new SqliteGuard();
  const thread = new SqliteGuard(guard.shared);
  guard.comeOut(60_000);
  expect(() => thread.within(done)).toThrow(ClosingStore);
  expect(() => thread.closing(() => {})).toThrow(ClosingStore);
});

test('a thread that is within is waited for', async () => {
  const guard = new SqliteGuard();
  const flags = new Int32Array(guard.shared);
  // It is in when it says so, and comes out once it was told.
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     const flags = new Int32Array(workerData);
     Atomics.store(flags, 1, 1);
     parentPort.postMessage('in');
     while (Atomics.load(flags, 0) === 0);
     Atomics.store(flags, 1, 0);
     Atomics.notify(flags, 1);`,
    { eval: true, workerData: guard.shared },
  );
  await new Promise((resolve) => worker.once('message', resolve));
  guard.comeOut(60_000);
  expect(Atomics.load(flags, 1)).toBe(0);
  await worker.terminate();
});
