/** 10,000 messages on a slow link: opened by a browser that has never seen them, opened again, and again after somebody said something. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatPage } from '../e2e/pages/chat-page.ts';
import { startBough } from '../e2e/server.ts';
import { launchBrowser } from './browser.ts';
import { writeLargeFolder } from './large-folder.ts';
import { figure, ms } from './report.ts';
import { startSlowLink } from './slow-link.ts';

const MESSAGES = 10_000;
const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
const [conversation = ''] = await writeLargeFolder(folder, {
  conversations: 1,
  messages: MESSAGES,
  patches: 0,
});
let port = 0;
const link = await startSlowLink(() => port);
const bough = await startBough({ BOUGH_PUBLIC_URL: link.url }, folder);
port = Number((await heard(/passes on to \S+:(\d+)/))[1]);
const [token] = await heard(/#token=\S+/);
const browser = await launchBrowser();
try {
  for (const [name, bits, delay, targets] of [
    ['10 Mbit/s, 20 ms', 10e6, 20, ['≤ 2 s', '≤ 0.4 × of it']],
    ['1.6 Mbit/s, 75 ms', 1.6e6, 75, ['last messages ≤ 3 s', '']],
  ] as const) {
    link.set(bits, delay);
    const context = await browser.newContext();
    const page = await context.newPage();
    const opened = async (address: string): Promise<string> => {
      link.bytes();
      const began = performance.now();
      await page.goto(address);
      await new ChatPage(page, link.url).message(MESSAGES).waitFor({ timeout: 120_000 });
      const took = performance.now() - began;
      return `${ms(took)}, ${(link.bytes() / 1e6).toFixed(2)} MB`;
    };
    const address = `${link.url}/c/${conversation}`;
    figure(
      `10,000 messages over ${name}: the last can be read, cold`,
      targets[0],
      await opened(`${address}${token}`),
    );
    // What was read is kept a second later, and the rest of the page has come.
    await page.waitForTimeout(15_000);
    await page.goto('about:blank');
    figure(`the same, opened again`, targets[1], await opened(address));
    await context.close();
  }
} finally {
  await browser.close();
  link.close();
  await bough.stop();
  await rm(folder, { recursive: true, force: true });
}

/** It says where it runs line by line. */
async function heard(line: RegExp): Promise<RegExpExecArray> {
  for (;;) {
    const found = line.exec(bough.said.join('\n'));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
