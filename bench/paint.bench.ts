/** From the provider's chunk to paint, at 100 tokens a second, in a real browser on the same clock. */

import { join } from 'node:path';
import { ChatPage } from '../e2e/pages/chat-page.ts';
import { startBough } from '../e2e/server.ts';
import { launchBrowser } from './browser.ts';
import { startClockProvider } from './clock-provider.ts';
import { figure, ms, percentile } from './report.ts';

const TOKENS = 1_000;
const provider = await startClockProvider([`clock:${TOKENS}x100`]);
const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl });
const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  await page.addInitScript({ path: join(import.meta.dirname, 'watch-paint.js') });
  const chat = new ChatPage(page, bough.url);
  await chat.openNew();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const mainThread = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const before = await mainThread();
  await chat.ask('Tell the time', 2);
  const busy = (await mainThread()) - before;
  const delays = await page.evaluate(() => (globalThis as unknown as { delays: number[] }).delays);
  figure(
    'provider chunk → painted, 100 tokens/s, p50 / p95',
    '≤ 20 / 40 ms',
    `${ms(percentile(delays, 0.5))} / ${ms(percentile(delays, 0.95))} (${delays.length} tokens)`,
  );
  figure('the same: main thread of the page, for 10 s of reply', '', `${busy.toFixed(2)} s`);
} finally {
  await browser.close();
  await bough.stop();
  provider.close();
}
