/** 20,000 lines pasted into the message box, and keys typed after them, beside a textarea alone in the same browser. Times are of the main thread alone. */
import type { CDPSession, Locator, Page } from '@playwright/test';
import { startBough } from '../e2e/server.ts';
import { launchBrowser } from './browser.ts';
import { figure, ms, percentile } from './report.ts';

const TEXT = Array.from({ length: 20_000 }, (_, line) => `${line} `.padEnd(18, 'word and ')).join('\n');
const KEYS = 20;
/** After it nothing that the last step began goes on. */
const REST = 1_500;

interface Typing {
  readonly paste: number;
  readonly key: number;
  readonly script: number;
}

interface Spent {
  readonly task: number;
  readonly script: number;
}

/** What the main thread has worked so far, in ms: its own time, whatever else the machine does. */
async function spent(session: CDPSession): Promise<Spent> {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1_000;
  return { task: of('TaskDuration'), script: of('ScriptDuration') };
}

async function measured(session: CDPSession, work: () => Promise<void>): Promise<Spent> {
  const before = await spent(session);
  await work();
  const after = await spent(session);
  return { task: after.task - before.task, script: after.script - before.script };
}

const nextFrame = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));

async function typeInto(page: Page, box: Locator): Promise<Typing> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.evaluate((text) => navigator.clipboard.writeText(text), TEXT);
  await box.focus();
  await page.waitForTimeout(REST);
  const paste = await measured(session, async () => {
    await page.keyboard.press('Control+v');
    await nextFrame(page);
    await page.waitForTimeout(REST);
  });
  const keys: Spent[] = [];
  for (let key = 0; key < KEYS; key += 1) {
    const one = await measured(session, async () => {
      await page.keyboard.press('x');
      await nextFrame(page);
    });
    keys.push(one);
  }
  await session.detach();
  await box.fill('');
  const middle = (of: keyof Spent) =>
    percentile(
      keys.map((one) => one[of]),
      0.5,
    );
  return { paste: paste.task, key: middle('task'), script: middle('script') };
}

const bough = await startBough();
const browser = await launchBrowser();
try {
  const context = await browser.newContext({
    permissions: ['clipboard-read', 'clipboard-write'],
    viewport: { width: 1280, height: 800 },
  });
  const plain = await context.newPage();
  // An address of its own, for the clipboard.
  await plain.goto(`${bough.url}/api/nothing`);
  await plain.setContent(
    '<textarea style="width:600px;max-height:40dvh;field-sizing:content;font:16px/24px sans-serif"></textarea>',
  );
  const page = await context.newPage();
  await page.goto(bough.url);
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.waitFor();
  const runs: { alone: Typing; ours: Typing }[] = [];
  for (let run = 0; run < 3; run += 1) {
    await plain.bringToFront();
    const alone = await typeInto(plain, plain.locator('textarea'));
    await page.bringToFront();
    runs.push({ alone, ours: await typeInto(page, box) });
  }
  const of = (who: 'alone' | 'ours', what: keyof Typing) =>
    percentile(
      runs.map((run) => run[who][what]),
      0.5,
    );
  const beside = (what: keyof Typing) =>
    `${ms(of('ours', what))}; alone ${ms(of('alone', what))}: ${(of('ours', what) / of('alone', what)).toFixed(2)} ×`;
  figure('a key after 20,000 lines: main thread', '≤ 50 ms', beside('key'));
  figure('the same: script', '-', ms(of('ours', 'script')));
  figure('20,000 lines are pasted: main thread', '-', beside('paste'));
} finally {
  await browser.close();
  await bough.stop();
}
