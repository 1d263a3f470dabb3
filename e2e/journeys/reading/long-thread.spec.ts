import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, watch } from '../../fixtures.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { seedTrunk } from '../../seed.ts';
import { startBough } from '../../server.ts';

// To its end one is scrolled smoothly.
test.use({ motion: 'full' });

const MESSAGES = 5_000;

test('a thread of 5,000 messages opens at its end with few requests and few elements', async ({ page }) => {
  test.setTimeout(120_000);
  const folder = await mkdtemp(join(tmpdir(), 'bough-e2e-'));
  const conversation = await seedTrunk(folder, MESSAGES);
  const bough = await startBough({}, folder);
  const faults = watch(page, []);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  try {
    const chat = new ChatPage(page, bough.url);
    await page.goto(`${bough.url}/c/${conversation}`);
    await expect(chat.assistant(MESSAGES)).toContainText(`Answer ${MESSAGES}.`);
    const reads = requests.filter((path) => path.startsWith(`/v1/stream/c/${conversation}/`));
    expect(reads.filter((path) => path.endsWith('/outline')).length).toBeLessThanOrEqual(3);
    expect(reads.filter((path) => path.includes('/b/')).length).toBeLessThanOrEqual(2);
    expect(await page.locator('body *').count()).toBeLessThan(900);
    expect(await page.getByRole('article').count()).toBeLessThan(40);

    await chat.assistant(MESSAGES).focus();
    await page.keyboard.press('ArrowUp');
    await expect(chat.user(MESSAGES - 1)).toBeFocused();
    await chat.log.hover();
    await page.mouse.wheel(0, -20_000);
    await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible();
    expect(await page.locator('body *').count()).toBeLessThan(900);
    await page.getByRole('button', { name: 'Jump to latest' }).click();
    await expect(chat.assistant(MESSAGES)).toBeVisible();
    expect(faults).toEqual([]);
  } finally {
    await page.close();
    await bough.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test('the last messages are read and answered while the tree is still coming', async ({ page }) => {
  test.setTimeout(120_000);
  const folder = await mkdtemp(join(tmpdir(), 'bough-e2e-'));
  const conversation = await seedTrunk(folder, MESSAGES);
  const bough = await startBough({}, folder);
  const faults = watch(page, []);
  const chat = new ChatPage(page, bough.url);
  const coming = page.getByText('Loading 4,960 earlier messages and the tree');
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/outline\?/, async (route) => {
    await held;
    await route.continue();
  });
  try {
    await page.goto(`${bough.url}/c/${conversation}`);
    await expect(chat.assistant(MESSAGES)).toContainText(`Answer ${MESSAGES}.`);
    await expect(coming).toBeVisible();
    await page.getByRole('radio', { name: 'Tree', exact: true }).click();
    await expect(page.getByLabel('Loading the tree')).toBeVisible();
    await page.getByRole('radio', { name: 'Chat', exact: true }).click();

    await chat.send('And what comes after that?');
    await expect(chat.user(MESSAGES + 1)).toContainText('And what comes after that?');
    await expect(chat.assistant(MESSAGES + 2)).toBeVisible();
    await expect(coming).toBeVisible();

    await chat.log.hover();
    await page.mouse.wheel(0, -1_200);
    await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible();
    const read = page.getByRole('article', { name: await inTheMiddle(page), exact: true });
    const stood = (await read.boundingBox())?.y ?? 0;
    release();
    await expect(coming).toBeHidden();
    await expect.poll(async () => Math.abs(((await read.boundingBox())?.y ?? 0) - stood)).toBeLessThan(60);
    await page.mouse.wheel(0, -30_000);
    await expect(chat.log.getByRole('article').first()).toHaveAccessibleName(/message 4[0-8]\d\d$/);
    await page.getByRole('radio', { name: 'Tree', exact: true }).click();
    await expect(page.getByRole('treeitem', { name: /turns, Question 1:/ })).toBeVisible();
    expect(faults).toEqual([]);
  } finally {
    await page.close();
    await bough.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

/** What the message in the middle of the thread is called. */
function inTheMiddle(page: Page): Promise<string> {
  return page.getByRole('log').evaluate((log) => {
    const { top, height } = log.getBoundingClientRect();
    const middle = top + height / 2;
    const rows = [...log.querySelectorAll('article')];
    const row = rows.find((one) => one.getBoundingClientRect().bottom > middle);
    return row?.getAttribute('aria-label') ?? '';
  });
}
