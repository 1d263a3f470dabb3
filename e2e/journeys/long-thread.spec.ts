import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, watch } from '../fixtures.ts';
import { ChatPage } from '../pages/chat-page.ts';
import { seedTrunk } from '../seed.ts';
import { startBough } from '../server.ts';

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
