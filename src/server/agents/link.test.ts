import { afterEach, expect, test, vi } from 'vitest';
import { AgentError, inTime } from './link.ts';

const link = { says: (how: string) => `Goose ${how}. The last it printed: no` };

afterEach(() => void vi.useRealTimers());

test('an agent that does not answer in time is said to, with what it printed last', async () => {
  vi.useFakeTimers();
  const answer = inTime(link, new Promise<never>(() => {}), 60_000);
  const failed = expect(answer).rejects.toEqual(
    new AgentError('Goose did not answer within 60 seconds. The last it printed: no', null),
  );
  await vi.advanceTimersByTimeAsync(60_000);
  await failed;
});

test('one that answers is not waited for, and what it refuses is its own word', async () => {
  vi.useFakeTimers();
  await expect(inTime(link, Promise.resolve(1), 60_000)).resolves.toBe(1);
  await expect(inTime(link, Promise.reject(new AgentError('No', -32_000)), 60_000)).rejects.toThrow('No');
  expect(vi.getTimerCount()).toBe(0);
});
