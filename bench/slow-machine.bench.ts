/**
 * 10,000 messages on a machine with a quarter of the speed: the longest tasks of the page. Chromium throttles the page itself, so that what goes
 * by the clock there (slices) finds it slow, and a task counts by what it takes of a processor then: other work on this machine counts for little.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { planTree, seedTree } from '../e2e/seed-tree.ts';
import { startBough } from '../e2e/server.ts';
import { launchBrowser } from './browser.ts';
import { startClockProvider } from './clock-provider.ts';
import { ownTimesWhile } from './own-times.ts';
import { figure, ms } from './report.ts';
import { chooseChat, replyFromEnd, say, WINDOW } from './tree-bench.ts';
import { TreePage } from './tree-page.ts';

const COUNT = 10_000;
const SLOWER = 4;
const TARGET = '≤ 50 ms';
const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
const plan = planTree('vast', COUNT);
const { conversation, ids } = await seedTree(folder, 'vast', COUNT);
const provider = await startClockProvider(['clock:1x100']);
const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl }, folder);
const browser = await launchBrowser();
try {
  const bench = { url: bough.url, conversation, plan, ids };
  const page = await slowPage();
  await chooseChat(page, conversation);
  const tree = await TreePage.of(page);
  await opened(page, 'opened in Chat until its outline is there');
  await measured(page, 'a message and its reply come', async () => {
    await say(bench, replyFromEnd(bench, 8), 'clock:1x100');
    await page.waitForTimeout(4_000);
  });
  await measured(page, 'the tree is opened', async () => {
    await tree.firstPaint();
    await page.waitForTimeout(3_000);
  });
  await measured(page, 'a message and its reply come beside the tree', async () => {
    await say(bench, replyFromEnd(bench, 6), 'clock:1x100');
    await page.waitForTimeout(4_000);
  });
  await page.close();
  await opened(await slowPage(), 'opened with its tree beside the chat');
} finally {
  await browser.close();
  await bough.stop();
  provider.close();
  await rm(folder, { recursive: true, force: true });
}

async function slowPage(): Promise<Page> {
  const context = await browser.newContext({ viewport: WINDOW });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  return page;
}

function opened(page: Page, name: string): Promise<void> {
  return measured(page, name, async () => {
    await page.goto(`${bough.url}/c/${conversation}`);
    await page.waitForFunction(isOpened, undefined, { polling: 250, timeout: 120_000 });
    await page.waitForTimeout(4_000);
  });
}

/** In the page: its messages are there, and its outline. Looking for roles and for what is seen would be long tasks of their own there. */
function isOpened(): boolean {
  const said = [...document.querySelectorAll('[role=status]')].map(({ textContent }) => textContent ?? '');
  return (
    document.querySelector('article') !== null && !said.some((text) => text.includes('earlier messages'))
  );
}

async function measured(page: Page, name: string, work: () => Promise<unknown>): Promise<void> {
  const times = await ownTimesWhile(browser, page, work);
  const long = times.filter((time) => time > 50).sort((a, b) => b - a);
  const worst = long.slice(0, 5).map((time) => ms(time));
  const said =
    long.length === 0 ? `${ms(Math.max(0, ...times))} at most` : `${worst.join(', ')} (${long.length} over)`;
  figure(`10,000 messages, four times slower: tasks while ${name}`, TARGET, said);
}
