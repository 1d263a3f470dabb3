/**
 * Three replies side by side in a conversation of 10,000 messages, one of them chosen: how long until the path is that through the chosen one
 * and stands on the screen. At the end of a long line, and in the middle, where 2,000 other messages follow each of them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Planned, seedPlan } from '../e2e/seed-tree.ts';
import { startBough } from '../e2e/server.ts';
import { launchBrowser } from './browser.ts';
import { figure, ms, percentile } from './report.ts';
import { WINDOW } from './tree-bench.ts';

const REPLIES = 3;
const TIMES = 24;

interface Fork {
  readonly plan: readonly Planned[];
  /** The replies, by index in the plan. */
  readonly replies: readonly number[];
}

/** `before` messages in a line, a question, and its replies, each followed by `after` more. */
function forkAfter(before: number, after: number): Fork {
  const plan: Planned[] = [];
  const line = (from: number, count: number) => {
    for (let n = 0, parent = from; n < count; n += 1, parent = plan.length - 1) {
      const role = parent >= 0 && plan[parent]?.role === 'user' ? 'assistant' : 'user';
      plan.push({ parent: parent < 0 ? null : parent, role });
    }
    return plan.length - 1;
  };
  const question = line(-1, before + 1);
  const replies = Array.from({ length: REPLIES }, () => {
    plan.push({ parent: question, role: 'assistant' });
    const reply = plan.length - 1;
    line(reply, after);
    return reply;
  });
  return { plan, replies };
}

const say = (n: number): string => `Message number ${n}. ${'It says what such a message says. '.repeat(6)}`;

await choose('at the end of a short one', forkAfter(20, 0));
await choose('at its end', forkAfter(9_996, 0));
await choose('in its middle, 2,000 behind each', forkAfter(3_996, 2_000));

async function choose(where: string, { plan, replies }: Fork): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
  const { conversation, ids } = await seedPlan(folder, plan, { title: 'A choice', say, flat: true });
  const bough = await startBough({}, folder);
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext({ viewport: WINDOW })).newPage();
    await page.addInitScript({ path: join(import.meta.dirname, 'watch-choosing.js') });
    await page.goto(`${bough.url}/c/${conversation}?m=${ids[replies[0] as number]}`);
    await reply(page, replies[0] as number).waitFor({ timeout: 120_000 });
    const work = await workOf(page);
    const [times, works]: [number[], number[]] = [[], []];
    for (let n = 1; n <= TIMES; n += 1) {
      const next = n % REPLIES;
      await showSideBySide(page, replies[(n - 1) % REPLIES] as number);
      const before = await work();
      times.push(await chosen(page, next, `Message number ${replies[next]}.`));
      works.push((await work()) - before);
    }
    const all = plan.length.toLocaleString('en');
    figure(
      `${all} messages, one of three replies side by side is chosen ${where}: to its path, p50; p95; work of the main thread, p50`,
      '≤ 100 ms',
      [percentile(times, 0.5), percentile(times, 0.95), percentile(works, 0.5)].map(ms).join('; '),
    );
  } finally {
    await browser.close();
    await bough.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function reply(page: Page, n: number) {
  return page.getByRole('article').filter({ hasText: `Message number ${n}.` });
}

/** How long tasks of the main thread took so far, in ms. */
async function workOf(page: Page): Promise<() => Promise<number>> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  return async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
  };
}

async function showSideBySide(page: Page, n: number): Promise<void> {
  await reply(page, n).hover();
  await reply(page, n).getByRole('button', { name: 'Show side by side' }).click();
  await page.getByRole('group', { name: 'Replies side by side' }).waitFor();
  // What was loaded for it is there.
  await page.waitForTimeout(400);
}

/** Presses the button of that column; resolves to ms until the path through it is on the screen, once it has been painted. */
function chosen(page: Page, column: number, words: string): Promise<number> {
  return page.evaluate(`choosing.chosen(${column}, ${JSON.stringify(words)})`);
}
