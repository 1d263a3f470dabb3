/** A reply that is one block of code of 100,000 characters: the longest tasks of the page while it is written, and when it is whole. */
import { ChatPage } from '../e2e/pages/chat-page.ts';
import { startBough } from '../e2e/server.ts';
import { launchBrowser } from './browser.ts';
import { ownTimesWhile } from './own-times.ts';
import { figure, ms } from './report.ts';
import { startWriter } from './writer.ts';

const LENGTH = 100_000;
/** Characters at a time, and how long after each, in ms: 10,000 a second. */
const [PIECE, PAUSE] = [50, 5];
const TARGET = '≤ 50 ms';
const LINE =
  "  const answer: number = await read(`/api/items`, { retries: 3 }); // once a day, 'later' else\n";
const text = `\`\`\`ts\n${LINE.repeat(Math.ceil(LENGTH / LINE.length))}\`\`\`\n`;

const writer = await startWriter({ code: text }, PIECE);
const bough = await startBough({ OPENAI_BASE_URL: writer.url });
const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  const chat = new ChatPage(page, bough.url);
  await chat.openNew();
  await page.waitForTimeout(2_000);
  const stop = page.getByRole('button', { name: 'Stop', exact: true });
  await measured('while it is written', async () => {
    await chat.send('Some code');
    await stop.waitFor();
    await page.waitForTimeout((LENGTH / PIECE) * PAUSE * 0.9);
    if (!(await stop.isVisible())) throw new Error('It was over before that.');
  });
  await measured('when it ends, and is coloured', async () => {
    await stop.waitFor({ state: 'hidden', timeout: 60_000 });
    await page.waitForTimeout(4_000);
  });
  await measured('when it is opened again', async () => {
    await page.reload();
    await chat.assistant(2).waitFor();
    await page.waitForTimeout(4_000);
  });

  async function measured(name: string, work: () => Promise<unknown>): Promise<void> {
    const worst = (await ownTimesWhile(browser, page, work)).sort((a, b) => b - a).slice(0, 3);
    figure(
      `100,000 characters of code in one block: longest tasks ${name}`,
      TARGET,
      worst.map(ms).join(', '),
    );
  }
} finally {
  await browser.close();
  await bough.stop();
  writer.close();
}
