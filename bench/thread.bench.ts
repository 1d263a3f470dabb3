/** A thread of 5,000 messages, opened cold: what the page mounts and asks for. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatPage } from '../e2e/pages/chat-page.ts';
import { seedTrunk } from '../e2e/seed.ts';
import { startBough } from '../e2e/server.ts';
import { launchBrowser } from './browser.ts';
import { figure, ms } from './report.ts';

const MESSAGES = 5_000;
const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
const conversation = await seedTrunk(folder, MESSAGES);
const bough = await startBough({}, folder);
const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  let reads = 0;
  page.on('request', (request) => {
    if (request.url().includes('/v1/stream/')) reads += 1;
  });
  const began = performance.now();
  await page.goto(`${bough.url}/c/${conversation}`);
  const chat = new ChatPage(page, bough.url);
  await chat.assistant(MESSAGES).getByText(`Answer ${MESSAGES}.`).waitFor();
  const took = performance.now() - began;
  const elements = await page.locator('body *').count();
  figure('thread of 5,000 messages: mounted elements', 'a few hundred', `${elements} on the whole page`);
  figure('thread of 5,000 messages: cold open', '-', `${ms(took)}, ${reads} reads`);
} finally {
  await browser.close();
  await bough.stop();
  await rm(folder, { recursive: true, force: true });
}
