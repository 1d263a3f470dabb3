import { expect, it } from 'vitest';
import { type Outcome, playRound, type RoundOptions } from './round.ts';
import type { Faults } from './world.ts';
import { worseAppends } from './worse-appends.ts';

/** Long form: `npm run torture -- simulation`. */
const rounds = Number(process.env.BOUGH_SIM_ROUNDS ?? 400);
const firstSeed = Number(process.env.BOUGH_SIM_SEED ?? 1);

type Did = Outcome['did'];

/** Plays the rounds, all to hold; answers how much happened in one on average. */
async function play(count: number, options: RoundOptions): Promise<Did> {
  const total = {
    ...{ messages: 0, crashes: 0, forks: 0, copies: 0, wordless: 0, segments: 0, answers: 0 },
    ...{ summaries: 0, continued: 0, hidden: 0 },
  };
  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    const again = `BOUGH_SIM_SEED=${seed} BOUGH_SIM_ROUNDS=1`;
    const outcome = await playRound(seed, options).catch((error: unknown) => {
      throw new Error(again, { cause: error });
    });
    expect(outcome.violations, again).toEqual([]);
    for (const key of Object.keys(total) as (keyof Did)[]) total[key] += outcome.did[key] / count;
  }
  return total;
}

const timeout = 60_000 + rounds * 200;
/** Fewer rounds say nothing about averages. */
const many = rounds >= 100;

it(`holds over ${rounds} rounds of crashes and lost responses at three servers`, { timeout }, async () => {
  const did = await play(rounds, {});
  if (!many) return;
  expect(did.messages).toBeGreaterThan(5);
  expect(did.crashes).toBeGreaterThan(0.5);
  expect(did.forks).toBeGreaterThan(1);
  expect(did.copies).toBeGreaterThan(0.03);
  expect(did.wordless).toBeGreaterThan(0.5);
  expect(did.segments).toBeGreaterThan(2);
  expect(did.answers).toBeGreaterThan(0.05);
  expect(did.summaries).toBeGreaterThan(0.03);
  expect(did.continued).toBeGreaterThan(0.03);
  expect(did.hidden).toBeGreaterThan(0.05);
});

it('holds over a quarter as many at one that is alone: it ends what it left open when it starts', {
  timeout,
}, async () => {
  const did = await play(Math.ceil(rounds / 4), { alone: true });
  if (many) expect(did.crashes).toBeGreaterThan(0.1);
});

it('holds over a quarter as many at an engine that cuts its pages itself', { timeout }, async () => {
  await play(Math.ceil(rounds / 4), { coarse: true });
});

const MOST = 300;
/** That a sequence was forgotten shows ten times as often where nothing else goes wrong: in one round of thirty. */
const FORGETTING: Faults = { forget: 0.5, crash: 0, lost: 0, refused: 0, late: 0 };

it.each(Object.entries(worseAppends))('notices an append %s', { timeout: 60_000 }, async (name, append) => {
  const faults = name === 'withoutStart' ? FORGETTING : { forget: 0.3 };
  for (let seed = 1; seed <= MOST; seed += 1) {
    const outcome = await playRound(seed, { append, faults }).catch(() => null);
    if (!outcome || outcome.violations.length > 0) return;
  }
  expect.unreachable(`${MOST} rounds found nothing`);
});
