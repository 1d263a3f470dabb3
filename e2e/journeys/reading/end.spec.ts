import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import type { ChatPage } from '../../pages/chat-page.ts';

// To the end one is scrolled smoothly, and what moves slowly must not take anything along.
test.use({ motion: 'full' });

const LINES = Array.from({ length: 12 }, (_, n) => `Line ${n + 1} of what is said first.`).join('\n\n');
/** Some ten lines a second, for longer than a test lasts. */
const ON_AND_ON = 'script: tokens:9000x150';

/** From the lower edge of the window to the end of the thread, in px. */
const toEnd = (chat: ChatPage) =>
  chat.log.evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop);

const topOf = async (what: Locator): Promise<number> => (await what.boundingBox())?.y ?? Number.NaN;

/** Until the reply has become so much longer, in px. */
async function grown(chat: ChatPage, by: number): Promise<void> {
  const height = () => chat.log.evaluate((log) => log.scrollHeight);
  const before = await height();
  await expect.poll(height).toBeGreaterThan(before + by);
}

/** A reply is being written at the end, which is followed. */
async function following(chat: ChatPage, said: readonly string[] = [LINES, 'And then?']): Promise<void> {
  await chat.openWith(said, 'echo');
  await chat.send(ON_AND_ON);
  await chat.log.getByText('token 20 ').waitFor();
  await grown(chat, 60);
  expect(await toEnd(chat)).toBeLessThanOrEqual(1);
}

/** Frame by frame for so long, in ms: the farthest from the end, in px. */
const farthest = (page: Page, ms: number) =>
  page.getByRole('log').evaluate(async (log, ms) => {
    let most = 0;
    for (const until = performance.now() + ms; performance.now() < until; ) {
      await new Promise(requestAnimationFrame);
      await new Promise((painted) => setTimeout(painted));
      most = Math.max(most, log.scrollHeight - log.clientHeight - log.scrollTop);
    }
    return most;
  }, ms);

test('a message that is edited stays in its place while a reply is written below it', async ({
  chat,
  page,
}) => {
  await following(chat);
  const asked = chat.user(3);
  await asked.hover();
  await asked.getByRole('button', { name: 'Edit' }).click();
  const box = chat.editor;
  await expect(box).toBeFocused();
  const before = await topOf(box);
  await grown(chat, 300);
  await page.keyboard.type(' or not');
  await grown(chat, 300);
  expect(Math.abs((await topOf(box)) - before)).toBeLessThan(4);

  await page.keyboard.press('Escape');
  await expect(box).toBeHidden();
  const left = await topOf(asked);
  await grown(chat, 300);
  expect(Math.abs((await topOf(asked)) - left)).toBeLessThan(4);

  await page.getByRole('button', { name: 'Jump to latest' }).click();
  await grown(chat, 200);
  expect(await farthest(page, 300)).toBeLessThanOrEqual(1);
});

test('who closes the editor at the end follows on', async ({ chat, page }) => {
  await chat.openWith([LINES, 'And then?'], 'echo');
  await chat.user(3).hover();
  await chat.user(3).getByRole('button', { name: 'Edit' }).click();
  await expect(chat.editor).toBeFocused();
  await page.keyboard.press('Escape');
  await expect.poll(() => toEnd(chat)).toBeLessThanOrEqual(1);
  await chat.box.fill(ON_AND_ON);
  await page.keyboard.press('Enter');
  await chat.log.getByText('token 20 ').waitFor();
  await grown(chat, 300);
  expect(await farthest(page, 300)).toBeLessThanOrEqual(1);
});

test('words that are selected stay under the pointer, and letting go at the end follows on', async ({
  chat,
  page,
}) => {
  await following(chat);
  const words = chat.assistant(6).getByText('token 1 ', { exact: false }).first();
  await words.dblclick({ position: { x: 40, y: 8 } });
  expect(await page.evaluate(() => String(getSelection()))).not.toBe('');
  const before = await topOf(words);
  await grown(chat, 200);
  expect(Math.abs((await topOf(words)) - before)).toBeLessThan(4);
  await page.mouse.wheel(0, 5_000);
  await expect.poll(() => toEnd(chat)).toBeLessThanOrEqual(1);
  await grown(chat, 200);
  expect(await farthest(page, 300)).toBeLessThanOrEqual(1);
});

test('who walks to an earlier message by keys stays there, and follows on from the last', async ({
  chat,
  page,
}) => {
  await following(chat);
  await chat.assistant(6).focus();
  await page.keyboard.press('ArrowUp');
  await expect(chat.user(5)).toBeFocused();
  const before = await topOf(chat.user(5));
  await grown(chat, 200);
  expect(Math.abs((await topOf(chat.user(5))) - before)).toBeLessThan(4);
  await page.getByRole('button', { name: 'Jump to latest' }).focus();
  await page.keyboard.press('Enter');
  await grown(chat, 200);
  expect(await farthest(page, 300)).toBeLessThanOrEqual(1);
});

test('what is unfolded at the end comes into sight without its head going out of it', async ({
  chat,
  page,
}) => {
  await page.setViewportSize({ width: 1_280, height: 1_000 });
  await chat.openWith([LINES, 'Think first'], 'Demo: reasoning');
  const head = chat.assistant(4).getByRole('button', { name: /^Thought/ });
  await expect(head).toBeInViewport();
  await expect.poll(() => toEnd(chat)).toBeLessThanOrEqual(1);
  const log = (await chat.log.boundingBox()) as { y: number; height: number };
  await head.click();
  await expect(head).toHaveAttribute('aria-expanded', 'true');
  await page.waitForTimeout(300);
  expect(await topOf(head)).toBeGreaterThanOrEqual(log.y);
  await head.click();
  await expect(head).toHaveAttribute('aria-expanded', 'false');
  await expect.poll(() => toEnd(chat)).toBeLessThanOrEqual(1);
});

test('the end stays in sight when the window and the message box change their height', async ({
  chat,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await following(chat);
  for (const [width, height] of [
    [390, 420],
    [800, 390],
    [390, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    await grown(chat, 60);
    expect(await farthest(page, 300)).toBeLessThanOrEqual(1);
  }
  await chat.box.fill('one\ntwo\nthree\nfour\nfive');
  await grown(chat, 60);
  expect(await farthest(page, 300)).toBeLessThanOrEqual(1);
});

test('a slow wheel leaves the end of a reply that is written fast, and comes back to it', async ({
  chat,
  page,
}) => {
  await following(chat);
  await chat.log.hover();
  for (let n = 0; n < 6; n += 1) {
    await page.mouse.wheel(0, -6);
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(300);
  const before = await chat.log.evaluate((log) => log.scrollTop);
  await grown(chat, 200);
  expect(Math.abs((await chat.log.evaluate((log) => log.scrollTop)) - before)).toBeLessThan(4);
  await page.mouse.wheel(0, 5_000);
  await grown(chat, 200);
  expect(await farthest(page, 300)).toBeLessThanOrEqual(1);
});

test('"Jump to latest" lies over no words, and the lines that are read do not move when it comes', async ({
  chat,
  page,
}) => {
  for (const width of [1_280, 390]) {
    await page.setViewportSize({ width, height: 700 });
    await chat.openWith([LINES, LINES, LINES], 'echo');
    await chat.log.hover();
    await page.mouse.wheel(0, -120);
    const line = chat.assistant(6).getByText('Line 5 of');
    await expect(line).toBeInViewport();
    await page.waitForTimeout(200);
    await page.mouse.wheel(0, -120);
    const jump = page.getByRole('button', { name: 'Jump to latest' });
    await expect(jump).toBeVisible();
    const [button, log] = [await jump.boundingBox(), await chat.log.boundingBox()];
    expect((button?.y ?? 0) - ((log?.y ?? 0) + (log?.height ?? 0))).toBeGreaterThanOrEqual(0);
    await jump.click();
    await expect(jump).toBeHidden();
    await expect.poll(() => toEnd(chat)).toBeLessThanOrEqual(1);
  }
});
