/** What can happen between a page and its server. Each resolves when the network is back. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../conversations/simulation/random.ts';
import type { Line } from './line.ts';
import type { Page } from './page.ts';

interface Scene {
  readonly page: Page;
  readonly line: Line;
  readonly random: Random;
}

/** How long the network is away, in ms, at most: several attempts of the page. */
const AWAY = 2_500;
/** Longer than a page waits for a word. */
const SILENCE = 13_000;
/** ms in which a hidden tab lets go. */
const PATIENCE = 30_000;

export const KINDS = {
  /** As when the server's machine, or a router, resets it. */
  abrupt: async (scene: Scene) => {
    await scene.line.cut('reset');
    await away(scene);
  },
  /** Ended without a word more, as a proxy does that starts anew. */
  clean: async (scene: Scene) => {
    await scene.line.cut('end');
    await away(scene);
  },
  /** In the middle of a chunk and a line. */
  half: async (scene: Scene) => {
    await scene.line.cut(scene.random.pick(['reset', 'end']), 1 + scene.random.below(400));
    await away(scene);
  },
  /** A proxy that keeps everything to itself for a while. */
  stalled: async ({ line, random }: Scene) => {
    line.set('held');
    await sleep(random.below(AWAY));
    line.set('open');
  },
  /** A hidden tab lets go, and is looked at again. */
  hidden: async ({ page, random }: Scene) => {
    page.tell('hidden');
    if (!(await page.until(() => page.state === 'paused', PATIENCE)))
      throw new Error('the page did not let go');
    await sleep(random.below(500));
    page.tell('visible');
  },
  /** The machine slept: the connection is gone without a word, and the clock has gone on. */
  slept: async ({ page, line }: Scene) => {
    line.freeze('busy');
    page.tell('jump');
  },
  /** Another network: the connection is gone without a word, the browser says that there is one again. */
  moved: async ({ page, line, random }: Scene) => {
    line.freeze('busy');
    await sleep(random.below(500));
    page.tell('online');
  },
  /** Gone, without either end being told. */
  silent: async ({ line, random }: Scene) => {
    if (random.chance(0.5)) return line.freeze('all');
    line.set('held');
    await sleep(SILENCE + random.below(3_000));
    line.set('open');
  },
} satisfies Record<string, (scene: Scene) => Promise<void>>;

export type Kind = keyof typeof KINDS;

/** Those that take a second or two. */
export const QUICK: readonly Kind[] = ['abrupt', 'clean', 'half', 'stalled', 'hidden', 'slept', 'moved'];
/** One of the others after so many. */
const SELDOM = 24;

/** The kinds of so many cuts: all of them in every few, in any order. */
export function* inTurn(cuts: number, random: Random, kinds?: readonly Kind[]): Generator<Kind, void> {
  let left: Kind[] = [];
  for (let n = 1; n <= cuts; n += 1) {
    if (!kinds && n % (SELDOM + 1) === 0) {
      yield 'silent';
      continue;
    }
    if (left.length === 0) left = [...(kinds ?? QUICK)];
    const [next] = left.splice(random.below(left.length), 1);
    if (next) yield next;
  }
}

/** New connections fail for a while, or wait, or lead somewhere else; sometimes the next one is fine. */
async function away({ line, random }: Scene): Promise<void> {
  if (random.chance(0.3)) return;
  line.set(random.pick(['down', 'held', 'wrong']));
  await sleep(random.below(AWAY));
  line.set('open');
}
