import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { seedTree } from '../../seed-tree.ts';
import { startBough } from '../../server.ts';

// What moves slowly must not carry the line along.
test.use({ motion: 'full' });

const endings: (() => Promise<void>)[] = [];
test.afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A server with chats of a question and its answer each; it ends with the test, however that ends. */
async function serverOf(...chats: readonly (readonly [string, string])[]) {
  const folder = await mkdtemp(join(tmpdir(), 'bough-e2e-'));
  endings.push(() => rm(folder, { recursive: true }));
  const conversations: string[] = [];
  for (const texts of chats) {
    const { conversation } = await seedTree(folder, 'trunk', 2, (n) => texts[n] ?? '');
    conversations.push(conversation);
  }
  const bough = await startBough({}, folder);
  endings.push(() => bough.stop());
  return { bough, conversations };
}

const LONG = Array.from(
  { length: 160 },
  (_, n) => `Sentence ${n + 1} of a text that wraps where the thread ends.`,
).join(' ');

/** From the upper edge of the thread to the line with these words, in px. */
const lineAt = (page: Page, words: string) =>
  page.getByRole('log').evaluate((log, wanted) => {
    const walker = document.createTreeWalker(log, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at < 0 || !node.parentElement?.closest('[aria-label^="Assistant"]')) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return Math.round(range.getBoundingClientRect().top - log.getBoundingClientRect().top);
    }
    return null;
  }, words);

test('the line one reads stays in its place when the thread becomes narrow and wide again', async ({
  chat,
  page,
}) => {
  await chat.openWith([LONG, 'And then?'], 'echo');
  const toReadingLine = () =>
    chat
      .assistant(2)
      .getByText('Sentence 80 ')
      .evaluate((text) => {
        const log = text.closest('[role="log"]') as HTMLElement;
        const node = text.firstChild as Text;
        const range = document.createRange();
        range.setStart(node, node.data.indexOf('Sentence 80 '));
        range.setEnd(node, node.data.indexOf('Sentence 80 ') + 1);
        const { top, height } = log.getBoundingClientRect();
        log.scrollTop += range.getBoundingClientRect().top - top - height * 0.3;
      });
  await toReadingLine();
  // Its row takes some of the height of the thread.
  await page.getByRole('button', { name: 'Jump to latest' }).waitFor();
  await toReadingLine();
  // It is looked up once scrolling has paused: by a timer of the page, which is behind where the machine is busy.
  await page.evaluate(
    () =>
      new Promise((looked) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(looked, 400))),
      ),
  );
  const before = (await lineAt(page, 'Sentence 80 ')) as number;
  for (const width of [700, 390, 1_000, 1_280]) {
    await page.setViewportSize({ width, height: 720 });
    await expect
      .poll(async () => Math.abs(((await lineAt(page, 'Sentence 80 ')) as number) - before))
      .toBeLessThan(40);
  }
});

test('nothing moves while a conversation with branches opens, on a phone and beside its tree', async ({
  chat,
  page,
}) => {
  await chat.openWith(['Which tree keeps its leaves?'], 'echo');
  await chat.assistant(2).getByRole('button', { name: 'Regenerate' }).click();
  await expect(chat.assistant(2)).toContainText('2 / 2');
  await chat.settled();
  await page.addInitScript(() => {
    const seen = Object.assign(window, { moved: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.moved += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  // Code and words come one after the other, as on a slow line.
  await page.route(/\/assets\/|\/api\/opening|\/v1\/stream/, async (route) => {
    await new Promise((over) => setTimeout(over, 150));
    await route.continue();
  });
  for (const width of [1_280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    for (const when of ['as if for the first time', 'again']) {
      if (when !== 'again') await page.evaluate(() => localStorage.removeItem('bough:forked'));
      await page.reload();
      await expect(chat.assistant(2)).toContainText('2 / 2');
      if (width > 390) await expect(page.locator('[data-card]').first()).toBeVisible();
      await page.waitForTimeout(500);
      expect(await page.evaluate(() => (window as unknown as { moved: number }).moved)).toBeLessThan(0.02);
    }
  }
});

test('where the next message goes is marked in the thread, with a way there', async ({ chat, page }) => {
  await chat.openWith(['First', LONG], 'echo');
  await chat.assistant(2).getByRole('button', { name: 'Fork from here' }).click();
  await expect(chat.log.getByText('Your next message goes here')).toBeVisible();
  await expect(chat.log.getByText('Your next message goes here')).toHaveCount(1);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(chat.log.getByText('Your next message goes here')).toHaveCount(0);
});

const ITEMS = Array.from({ length: 700 }, (_, n) => `  - Some *words* about **thing ${n}** and more of them`);

test('who reads in the middle of a long block stays there when it is formatted', async ({ page }) => {
  const { bough, conversations } = await serverOf(['Write it', `- first\n${ITEMS.join('\n')}`]);
  const chat = new ChatPage(page, bough.url);
  // What reads long blocks has to wait until somebody is in the middle of one.
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...args: Parameters<Worker['postMessage']>) {
      const read = () => post.apply(this, args);
      if (typeof args[0]?.job?.text === 'string') addEventListener('read-now', read);
      else read();
    } as typeof post;
  });
  await page.goto(`${bough.url}/c/${conversations[0]}`);
  const written = chat.assistant(2).locator('[data-loading]').getByText('**thing 350**');
  await written.evaluate((text) => {
    const log = text.closest('[role="log"]') as HTMLElement;
    const node = text.firstChild as Text;
    const range = document.createRange();
    range.setStart(node, node.data.indexOf('thing 350'));
    range.setEnd(node, node.data.indexOf('thing 350') + 9);
    const { top, height } = log.getBoundingClientRect();
    log.scrollTop += range.getBoundingClientRect().top - top - height * 0.3;
  });
  await expect.poll(() => lineAt(page, 'thing 350')).toBeGreaterThan(0);
  const before = (await lineAt(page, 'thing 350')) as number;
  const scrolled = await chat.log.evaluate((log) => log.scrollTop);
  await page.evaluate(() => dispatchEvent(new Event('read-now')));
  await expect(chat.assistant(2).locator('[data-loading]')).toHaveCount(0);
  await expect(chat.assistant(2).getByText('**thing 350**')).toHaveCount(0);
  expect(Math.abs(((await lineAt(page, 'thing 350')) as number) - before)).toBeLessThan(40);
  // What is above it has another height now.
  expect(await chat.log.evaluate((log) => log.scrollTop)).not.toBe(scrolled);
});

const CHAPTERS = Array.from(
  { length: 160 },
  (_, n) =>
    `## Part ${n}\n\nWhat part ${n} says, **in bold** and with [a link](https://example.com/far/away/${n}).`,
).join('\n\n');

test('who comes back to a chat reads on at the same line of a long reply', async ({ page }) => {
  const { bough, conversations } = await serverOf(['Write it', CHAPTERS], ['Another chat', 'Its answer']);
  const chat = new ChatPage(page, bough.url);
  await page.goto(`${bough.url}/c/${conversations[0]}`);
  await expect(chat.assistant(2).locator('[data-loading]')).toHaveCount(0);
  await chat.log.hover();
  for (const by of [-900, -3_000, -6_000]) {
    await page.mouse.wheel(0, by);
    // What is read is looked up once scrolling has paused.
    await page.waitForTimeout(600);
    const words = await chat.log.evaluate((log) => {
      const middle = log.getBoundingClientRect().top + log.clientHeight * 0.3;
      const parts = [...log.querySelectorAll('p')].filter((p) => p.getBoundingClientRect().top > middle);
      return /part \d+ says,/.exec(parts[0]?.textContent ?? '')?.[0] ?? '';
    });
    const before = (await lineAt(page, words)) as number;
    await page.evaluate(
      (id) => document.querySelector<HTMLElement>(`a[href="/c/${id}"]`)?.click(),
      conversations[1],
    );
    await expect(chat.assistant(2)).toContainText('Its answer');
    await page.goBack();
    await expect(chat.assistant(2)).toContainText('What part 159 says');
    await expect(chat.assistant(2).locator('[data-loading]')).toHaveCount(0);
    await expect
      .poll(async () => Math.abs(((await lineAt(page, words)) as number) - before))
      .toBeLessThan(40);
  }
});
