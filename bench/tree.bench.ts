/** The tree of 1,000 messages in 100 branches: opened cold, with its requests counted, panned, and with ten replies being written. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { planTree, seedTree } from '../e2e/seed-tree.ts';
import { startBough } from '../e2e/server.ts';
import { launchBrowser } from './browser.ts';
import { startClockProvider } from './clock-provider.ts';
import { figure, ms, percentile } from './report.ts';
import { openCold, openTree, replyFromEnd, say, type TreeBench, WINDOW } from './tree-bench.ts';
import { framesText } from './tree-page.ts';

const COUNT = 1_000;
const FRAMES = 240;
const REPLIES = 10;
const OPENINGS = 7;
const clock = 'clock:3000x50';

const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
const seeded = await seedTree(folder, 'vast', COUNT);
const provider = await startClockProvider([clock]);
const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl }, folder);
const browser = await launchBrowser();
const bench: TreeBench = { ...seeded, browser, url: bough.url, plan: planTree('vast', COUNT) };
try {
  await opening();
  await panning();
  await writing();
} finally {
  await browser.close();
  await bough.stop();
  provider.close();
  await rm(folder, { recursive: true, force: true });
}

/** The first time the server has read nothing of the conversation either; then its median. */
async function opening(): Promise<void> {
  const times: number[] = [];
  let requests = '';
  for (let n = 0; n < OPENINGS; n += 1) {
    const context = await browser.newContext({ viewport: WINDOW });
    const page = await context.newPage();
    const count = counting(page);
    times.push((await openCold(bench, page, true)).took);
    requests = count();
    await context.close();
  }
  const [first, ...later] = times as [number, ...number[]];
  figure(
    '1,000 messages in 100 branches: cold to a usable thread and diagram',
    '≤ 1 s',
    `${ms(percentile(later, 0.5))}; right after the server's start ${ms(first)}`,
  );
  figure('the same: requests', '-', requests);
}

/** What a page asked for until it is asked again, by what it was. */
function counting(page: Page): () => string {
  const paths: string[] = [];
  page.on('request', (request) => paths.push(new URL(request.url()).pathname));
  return () => {
    const reads = paths.filter((path) => path.startsWith('/v1/')).length;
    const others = paths.filter((path) => path.startsWith('/api/')).length;
    return `${paths.length}: ${reads} of streams, ${others} others of the API, ${paths.length - reads - others} files`;
  };
}

async function panning(): Promise<void> {
  const tree = await openTree(bench);
  for (const all of [false, true]) {
    const name = `1,000 messages, ${all ? 'all unfolded' : 'folded'}`;
    if (all) await tree.button('Unfold everything').click();
    await tree.button('Centre on where I am').click();
    await tree.page.waitForTimeout(1_000);
    figure(`${name}: pan near`, 'p95 ≤ 17 ms', framesText(await tree.wheel(FRAMES, { dx: 6, dy: -24 })));
    await tree.button('Fit the whole tree').click();
    await tree.page.waitForTimeout(1_000);
    figure(`${name}: pan far`, 'p95 ≤ 17 ms', framesText(await tree.wheel(FRAMES, { dx: 4, dy: -8 })));
  }
  await tree.page.context().close();
}

/** In Split: the last of them is at the end of the thread, all are in the tree. */
async function writing(): Promise<void> {
  for (let n = 0; n < REPLIES; n += 1) await say(bench, replyFromEnd(bench, n % 3), clock);
  const context = await browser.newContext({ viewport: { width: 1900, height: 1000 } });
  const page = await context.newPage();
  const { tree } = await openCold(bench, page, true);
  await tree.button('Centre on where I am').click();
  await page.waitForTimeout(2_000);
  await tree.button('Zoom out').click();
  await page.waitForTimeout(1_000);
  const words = await page.getByRole('article').last().textContent();
  const { times, busy } = await tree.watch(300);
  const later = await page.getByRole('article').last().textContent();
  if (words === later) throw new Error('Nothing was written at the end of the thread.');
  const cards = await page.locator('[data-card]').filter({ hasText: 'Live' }).count();
  figure(
    `1,000 messages, Split, ${REPLIES} replies at once, one in the thread, ${cards} in cards in sight`,
    'p95 ≤ 17 ms',
    `${framesText(times)}; main thread ${ms(busy)} a frame`,
  );
  await context.close();
}
