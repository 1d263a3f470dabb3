/** The short forms of `npm run torture`. Seeds are new in every run and printed with what they broke. */
import { expect, test, vi } from 'vitest';
import { cutReply } from './cuts.ts';
import { diskRounds } from './disk.ts';
import { killRounds } from './kills.ts';
import { race } from './races.ts';
import { QUICK } from './ways-to-cut.ts';

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

test('cut off in every way while a reply is written, the page shows its log byte for byte', async () => {
  const { violations, back, length } = await cutReply({ cuts: QUICK.length, seed });
  expect(violations, `seed ${seed}`).toEqual([]);
  expect([...back.keys()].sort()).toEqual([...QUICK].sort());
  expect(length).toBeGreaterThan(1_000);
});

test('a full disk, a read-only one and torn logs lose nothing, and it goes on when they are over', async () => {
  // What is said on standard error of a disk that is full is expected, and not looked at.
  const { violations, messages } = await diskRounds({ rounds: 1, seed, quiet: true });
  expect(violations, `seed ${seed}`).toEqual([]);
  expect(messages).toBeGreaterThan(10);
});
