/**
 * Words beside others, by turns in one run: from the provider's chunk to paint, here, on a page that has the AI SDK's `useChat` and
 * nothing else, and in Open WebUI where it is installed (open-webui.ts). What `useChat` shows is kept nowhere; here it is on the disk before
 * anybody sees it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { Browser, Page } from '@playwright/test';
import { convertToModelMessages, streamText, type UIMessage } from 'ai';
import { startBough } from '../e2e/server.ts';
import { launchBrowser } from './browser.ts';
import { startClockProvider } from './clock-provider.ts';
import { startOpenWebUi } from './open-webui.ts';
import { buildPage, servePage } from './plain-page.ts';
import { figure, ms, percentile } from './report.ts';

const [TOKENS, PACE, ROUNDS] = [500, 100, 3];
/** A reply of which nothing came for so long is over, in ms. */
const QUIET = 2_000;
const MODEL = `clock:${TOKENS}x${PACE}`;

interface Measured {
  /** From the provider's chunk to paint, in ms, of each token seen in a frame. */
  readonly delays: number[];
  /** From the press of Enter to the first word, in ms. */
  readonly first: number;
  /** Frames in which new words were seen. */
  readonly paints: number;
  /** What the page's main thread worked, in s. */
  readonly busy: number;
}

const middle = (values: readonly number[]): number => percentile(values, 0.5);
const count = (value: number): string => value.toFixed(0);

const OPEN_WEBUI = { box: '#chat-input', messages: '[id^=message-]', welcome: "Okay, Let's Go!" };

const provider = await startClockProvider([MODEL]);
const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
await buildPage('plain-chat', folder);
const plain = await servePage(folder, answer);
const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl });
const webui = await startOpenWebUi(provider.baseUrl, MODEL);
const browser = await launchBrowser();
try {
  const peers: Peer[] = [
    { name: 'Bough', url: bough.url },
    { name: 'useChat alone', url: plain.url },
    ...(webui ? [{ name: `Open WebUI ${webui.version}`, url: webui.url, ...OPEN_WEBUI }] : []),
  ];
  if (!webui) console.error('Open WebUI is not installed: measured without it.');
  const measured = peers.map((): Measured[] => []);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [n, peer] of peers.entries()) measured[n]?.push(await measure(browser, peer));
  const say = (name: string, target: string, of: (one: Measured) => number, text: (n: number) => string) => {
    const [here = Number.NaN, ...there] = measured.map((own) => middle(own.map(of)));
    const beside = there.map((one) => `${text(one)} (${(here / one).toFixed(2)} ×)`);
    figure(name, target, [text(here), ...beside].join('; '));
  };
  const at = (share: number) => (one: Measured) => percentile(one.delays, share);
  const names = peers.map(({ name }) => name).join('; ');
  say(`provider chunk → painted at ${PACE} tokens/s, p50: ${names}`, '≤ 20 ms', at(0.5), ms);
  say('the same, p95', '≤ 40 ms', at(0.95), ms);
  say('the same: frames with new words, a second', '', ({ paints }) => paints / (TOKENS / PACE), count);
  say('the same: main thread of the page for a reply', '', ({ busy }) => busy * 1_000, ms);
  say('Enter → first word', '', ({ first }) => first, ms);
} finally {
  await browser.close();
  await bough.stop();
  await webui?.stop();
  plain.stop();
  provider.close();
  await rm(folder, { recursive: true, force: true });
}

interface Peer {
  readonly name: string;
  readonly url: string;
  /** Selectors of the message box and of messages. Default: ours. */
  readonly box?: string;
  readonly messages?: string;
  /** A button that takes away what greets a new browser. */
  readonly welcome?: string;
}

/** A reply in a page of its own. */
async function measure(browser: Browser, { url, box: own, messages, welcome }: Peer): Promise<Measured> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript((selector) => Object.assign(globalThis, { watched: selector }), messages);
  await page.addInitScript({ path: join(import.meta.dirname, 'watch-paint.js') });
  await page.goto(url);
  // Once for each person, so not in the next round.
  if (welcome)
    await page
      .getByRole('button', { name: welcome })
      .click({ timeout: 3_000 })
      .catch(() => {});
  const box = own ? page.locator(own) : page.getByRole('textbox', { name: 'Message', exact: true });
  await box.fill('Tell the time');
  // What a page loads once it is there is loaded.
  await page.waitForTimeout(1_500);
  const busy = await mainThread(page);
  const before = await busy();
  await box.press('Enter');
  const pressed = Date.now();
  await page.waitForFunction(
    (quiet) => {
      const { lastAt } = globalThis as unknown as Watched;
      return lastAt > 0 && Date.now() - lastAt > quiet;
    },
    QUIET,
    { polling: 200, timeout: 60_000 },
  );
  const worked = (await busy()) - before;
  const { delays, firstAt, paints } = await page.evaluate(() => {
    const { delays, firstAt, paints } = globalThis as unknown as Watched;
    return { delays, firstAt, paints };
  });
  await context.close();
  return { delays, paints, first: firstAt - pressed, busy: worked };
}

/** What watch-paint.js notes. */
interface Watched {
  readonly delays: number[];
  readonly firstAt: number;
  readonly lastAt: number;
  readonly paints: number;
}

async function mainThread(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
}

/** The whole server of the other page. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const model = createOpenAICompatible({ name: 'clock', baseURL: provider.baseUrl })(MODEL);
  void bodyOf(request).then(async ({ messages }) => {
    const result = streamText({ model, messages: await convertToModelMessages(messages) });
    await result.pipeUIMessageStreamToResponse(response);
  });
}

async function bodyOf(request: IncomingMessage): Promise<{ messages: UIMessage[] }> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return JSON.parse(body);
}
