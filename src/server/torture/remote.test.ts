/** Short forms of `BOUGH_STREAMS_URL=reference npm run torture -- kills` and `races`: the engine goes on while servers come and go. */
import { expect, test, vi } from 'vitest';
import { killRounds } from './kills.ts';
import { race } from './races.ts';

vi.setConfig({ testTimeout: 240_000 });

const seed = Number(process.env.BOUGH_TORTURE_SEED ?? Date.now() % 1_000_000);

test('killed in front of an engine that goes on, nothing acknowledged or read is lost or doubled', async () => {
  // What a server says of a line that its own death cut is expected, and not looked at.
  const { violations, messages, interrupted } = await killRounds({
    rounds: 1,
    seed,
    flying: 10,
    remote: true,
    quiet: true,
  });
  expect(violations, `seed ${seed}`).toEqual([]);
  expect(messages).toBeGreaterThan(10);
  expect(interrupted).toBeGreaterThan(5);
});

test('of those who send at one tip of an engine elsewhere, each keeps the text, and one the place', async () => {
  const { violations, sent } = await race({ races: 8, seed, remote: true });
  expect(violations, `seed ${seed}`).toEqual([]);
  expect(sent).toBeGreaterThan(16);
});
