/**
 * A reply that is one long block of 100,000 characters, of each kind that markdown has: the longest tasks of the page when it is whole, and when
 * it is opened again, and that all of it is formatted then.
 */
import { ChatPage } from '../e2e/pages/chat-page.ts';
import { startBough } from '../e2e/server.ts';
import { launchBrowser } from './browser.ts';
import { ownTimesWhile } from './own-times.ts';
import { figure, ms } from './report.ts';
import { startWriter } from './writer.ts';

const LENGTH = 100_000;
const TARGET = '≤ 50 ms';

function many(part: (n: number) => string): string {
  let text = '';
  for (let n = 1; text.length < LENGTH; n += 1) text += part(n);
  return text;
}
const words = (n: number) => `Some *words* about **thing ${n}** and \`code\`, as people write them`;
const list = many((n) => `- ${words(n)}\n`);
const row = (n: number) => `| ${n} | ${words(n)} | ${n * 7} |\n`;
const table = `| number | words | seven times |\n|---|---|---|\n${many(row)}`;

const TEXTS = {
  'a list': list,
  'a table': table,
  'an item with a list in it': `- first\n${list.replace(/^(?=.)/gm, '  ')}`,
  'a quote with a list in it': list.replace(/^(?=.)/gm, '> '),
  'a quote with a table in it': table.replace(/^(?=.)/gm, '> '),
  'a paragraph on one line': many((n) => `${words(n)}. `),
  'a footnote': `See[^1].\n\n[^1]: ${many((n) => `${words(n)}. `)}`,
  paragraphs: many((n) => `${words(n)}. ${words(n)}. ${words(n)}.\n\n`),
};

const writer = await startWriter(TEXTS, 1_000);
const bough = await startBough({ OPENAI_BASE_URL: writer.url });
const browser = await launchBrowser();
try {
  const wanted = process.env.BLOCKS?.split(',');
  for (const name of Object.keys(TEXTS)) {
    if (wanted && !wanted.some((part) => name.includes(part))) continue;
    const page = await browser.newPage();
    const chat = new ChatPage(page, bough.url);
    await chat.openNew();
    await chat.chooseModel(name);
    await page.waitForTimeout(1_500);
    const stop = page.getByRole('button', { name: 'Stop', exact: true });
    await chat.send('Write it');
    await stop.waitFor();
    await measured(`${name}: longest tasks when it ends`, async () => {
      await stop.waitFor({ state: 'hidden', timeout: 60_000 });
      await allFormatted();
    });
    await measured(`${name}: longest tasks when it is opened again`, async () => {
      await page.reload();
      await chat.assistant(2).waitFor();
      await allFormatted();
    });
    await page.close();

    async function allFormatted(): Promise<void> {
      await page.waitForTimeout(3_000);
      await page.waitForFunction(() => document.querySelector('[data-loading]') === null);
      const raw = await page.locator('.md-written').count();
      if (raw > 0) throw new Error(`${name}: ${raw} blocks are not formatted.`);
    }

    async function measured(what: string, work: () => Promise<unknown>): Promise<void> {
      const worst = (await ownTimesWhile(browser, page, work)).sort((a, b) => b - a).slice(0, 3);
      figure(`100,000 characters, ${what}`, TARGET, worst.map(ms).join(', '));
    }
  }
} finally {
  await browser.close();
  await bough.stop();
  writer.close();
}
