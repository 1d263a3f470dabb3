import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, watch } from '../../fixtures.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { seedTree } from '../../seed-tree.ts';
import { startBough } from '../../server.ts';

const MESSAGES = 1_000;

const COLUMNS = Array.from({ length: 14 }, (_, n) => `Column number ${n + 1}`);
const TABLE = [COLUMNS, COLUMNS.map(() => '---'), COLUMNS.map((_, n) => `cell ${n + 1}`)]
  .map((cells) => `| ${cells.join(' | ')} |`)
  .join('\n');

/** Counted from 0, as they are written. */
function say(n: number): string {
  if (n % 2 === 0)
    return n === 4 ? `Question 5\n${'a long line of it\n'.repeat(60)}the end of it` : `Question ${n + 1}`;
  const code = `\`\`\`ts\nconst long = '${'x'.repeat(300)}';\n\`\`\``;
  const more = n % 50 === 1 ? `\n\n${TABLE}\n\n$$\\frac{a}{b}$$\n\n${code}` : '';
  return `Answer ${n + 1} in **bold**.${more}`;
}

/** The browser's dialog cannot be pressed here: what is on paper then stays until the test looks. */
async function holdPrint(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const held = window as { printed?: number };
    window.print = () => {
      held.printed = (held.printed ?? 0) + 1;
    };
  });
}

const timesPrinted = (page: Page) => page.evaluate(() => (window as { printed?: number }).printed ?? 0);

test('Ctrl+P prints a path of 1,000 messages whole, light and without what is pressed', async ({ page }) => {
  test.setTimeout(240_000);
  const folder = await mkdtemp(join(tmpdir(), 'bough-e2e-'));
  const { conversation } = await seedTree(folder, 'trunk', MESSAGES, say);
  const bough = await startBough({}, folder);
  const faults = watch(page, []);
  try {
    const chat = new ChatPage(page, bough.url);
    await page.emulateMedia({ colorScheme: 'dark' });
    await holdPrint(page);
    await page.goto(`${bough.url}/c/${conversation}`);
    await expect(chat.assistant(MESSAGES)).toContainText(`Answer ${MESSAGES}`);
    await page.keyboard.press('Control+p');
    await expect(page.getByText('Preparing 1,000 messages for print…').first()).toBeVisible();
    await expect.poll(() => timesPrinted(page), { timeout: 120_000 }).toBe(1);

    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const articles = page.getByRole('article');
    await expect(articles).toHaveCount(MESSAGES);
    for (const n of [1, 2, 500, 777, MESSAGES])
      await expect(chat.message(n)).toContainText(`${n % 2 === 0 ? 'Answer' : 'Question'} ${n}`);
    await expect(chat.user(5)).toContainText('the end of it');
    await expect(chat.user(5).getByText('the end of it')).toBeVisible();
    await expect(chat.assistant(2).locator('.katex')).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
    await expect(page.getByRole('textbox')).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const looks = await page.evaluate(() => {
      const width = document.documentElement.clientWidth;
      const wide = [...document.querySelectorAll('article :is(table, pre, p, .katex)')].filter(
        (element) => element.getBoundingClientRect().right > width + 1 || element.scrollWidth > width,
      );
      const colours = getComputedStyle(document.querySelector('article') as Element);
      return {
        wide: wide.length,
        ink: colours.color,
        paper: getComputedStyle(document.documentElement).getPropertyValue('--paper'),
      };
    });
    expect(looks).toEqual({ wide: 0, ink: 'rgb(0, 0, 0)', paper: '#fff' });

    const pdf = await page.pdf({ format: 'A4' });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(40);
    await page.emulateMedia({ media: 'screen' });
    // After printing the page is as it was.
    await expect(articles.nth(40)).toHaveCount(0);
    await expect(chat.assistant(MESSAGES)).toBeVisible();
    expect(faults).toEqual([]);
  } finally {
    await page.close();
    await bough.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test('"Print" in the palette prints what is edited and folded too; the browser\'s own says what is missing', async ({
  chat,
  page,
}) => {
  await holdPrint(page);
  await chat.openWith(['First words', 'Second words'], 'echo');
  await chat.user(1).focus();
  await page.keyboard.press('e');
  await expect(chat.editor).toBeVisible();
  await page.keyboard.press('Escape');
  await chat.user(3).focus();
  await page.keyboard.press('e');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('combobox', { name: 'Search chats and actions' });
  await palette.fill('print');
  await page.getByRole('option', { name: 'Print' }).first().click();
  await expect.poll(() => timesPrinted(page)).toBe(1);
  await page.emulateMedia({ media: 'print' });
  await expect(chat.user(1)).toContainText('First words');
  await expect(chat.user(3)).toContainText('Second words');
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(chat.editor).toBeVisible();

  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('article')).toHaveCount(4);
  await expect(page.getByText(/were not loaded yet/)).toHaveCount(0);
  expect(await timesPrinted(page)).toBe(1);
});

test("the browser's own print has the chat alone beside a tree, over the whole width", async ({
  chat,
  page,
}) => {
  await chat.openWith(['First words'], 'echo');
  await page.getByRole('radio', { name: 'Split' }).click();
  await expect(page.getByRole('region', { name: 'Conversation tree' })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('region', { name: 'Conversation tree' })).toBeHidden();
  await expect(page.getByRole('banner').getByRole('button', { name: 'Tools' })).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const widths = await chat.log.evaluate((log) => [log.clientWidth, document.documentElement.clientWidth]);
  expect(widths[0]).toBe(widths[1]);
});
