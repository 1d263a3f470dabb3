/** The short forms of `npm run torture`. Seeds are new in every run and printed with what they broke. */
import { expect, test, vi } from 'vitest';
import { diskRounds } from './disk.ts';
import { killRounds } from './kills.ts';
import { race } from './races.ts';

vi.setConfig({ testTimeout: 240_000 });

const seed = Number(process.env.BOUGH_TORTURE_SEED ?? Date.now() % 1_000_000);

test('killed with twenty replies in flight, nothing acknowledged or read is lost or doubled', async () => {
  const { violations, messages, interrupted } = await killRounds({ rounds: 1, seed });
  expect(violations, `seed ${seed}`).toEqual([]);
  expect(messages).toBeGreaterThan(20);
  expect(interrupted).toBeGreaterThan(10);
});

test('of those who send at one tip at once, each keeps the text, and one the place', async () => {
  const { violations, sent } = await race({ races: 20, seed });
  expect(violations, `seed ${seed}`).toEqual([]);
  expect(sent).toBeGreaterThan(40);
});

test('a full disk, a read-only one and torn logs lose nothing, and it goes on when they are over', async () => {
  // What is said on standard error of a disk that is full is expected, and not looked at.
  const { violations, messages } = await diskRounds({ rounds: 1, seed, quiet: true });
  expect(violations, `seed ${seed}`).toEqual([]);
  expect(messages).toBeGreaterThan(10);
});
