/**
 * Eight replies asked for at once, of 2,000 tokens each at 50 tokens a second: when the last of them ends, and the frames of a page that
 * shows them side by side, against one alone.
 */
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { startBough } from '../e2e/server.ts';
import { commandPath, newId, outlineStream, readOutline } from '../src/protocol/index.ts';
import { emptyTree, foldOutline } from '../src/tree/index.ts';
import { launchBrowser } from './browser.ts';
import { startClockProvider } from './clock-provider.ts';
import { figure, ms, percentile } from './report.ts';
import { WINDOW } from './tree-bench.ts';

const TOKENS = 2_000;
const PACE = 50;
/** How long frames are watched each time, in ms, and how often in turns: a machine is never the same for long. */
const WATCHED = 8_000;
const TURNS = 3;
const model = { source: 'openai', id: `clock:${TOKENS}x${PACE}` };

const provider = await startClockProvider([model.id]);
const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl, BOUGH_TITLES: '0' });
try {
  const list = await (await fetch(`${bough.url}/api/models`)).json();
  const ref = { ...model, source: list.default.source };
  const alone = await seconds(ref, 1);
  const eight = await seconds(ref, 8);
  figure(
    `${TOKENS.toLocaleString('en')} tokens at ${PACE} a second: one reply; the last of eight at once`,
    '≤ 1.15 × of one',
    `${alone.toFixed(1)} s; ${eight.toFixed(1)} s: ${(eight / alone).toFixed(2)} ×`,
  );
  await besideEachOther();
} finally {
  await bough.stop();
  provider.close();
}

async function besideEachOther(): Promise<void> {
  const browser = await launchBrowser();
  const frames = new Map<number, number[]>([1, 8].map((replies) => [replies, []]));
  try {
    for (let turn = 0; turn < TURNS; turn += 1)
      for (const [replies, times] of frames) times.push(...(await framesOf(browser, replies)));
  } finally {
    await browser.close();
  }
  const at = (replies: number, share: number) => percentile(frames.get(replies) ?? [], share);
  const of = (replies: number) => `${ms(at(replies, 0.5))} / ${ms(at(replies, 0.95))}`;
  figure(
    `the same on the page while they are written, frame p50 / p95: one reply; eight side by side`,
    'p95 ≤ 1.5 × of one',
    `${of(1)}; ${of(8)}: ${(at(8, 0.95) / at(1, 0.95)).toFixed(2)} ×`,
  );
}

/** Times from frame to frame, in ms, of a page on which so many replies are being written. */
async function framesOf(browser: Browser, replies: number): Promise<number[]> {
  const context = await browser.newContext({ viewport: WINDOW });
  const page = await context.newPage();
  await page.addInitScript({ path: join(import.meta.dirname, 'watch-frames.js') });
  await page.goto(bough.url);
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Tell the time');
  if (replies === 1) await page.keyboard.press('Enter');
  else {
    await page.getByRole('button', { name: 'Ask several', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Ask several' });
    await dialog.getByRole('spinbutton', { name: model.id, exact: true }).fill(String(replies));
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  }
  const last =
    replies === 1
      ? page.getByRole('article').last()
      : page.getByRole('region', { name: `Reply ${replies} of` });
  await last
    .getByText(/t\d{13}/)
    .first()
    .waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2_000);
  await page.evaluate('frames.watch()');
  await page.waitForTimeout(WATCHED);
  const times = (await page.evaluate('frames.stop()')) as number[];
  await page
    .getByRole('button', { name: replies === 1 ? 'Stop' : 'Stop all', exact: true })
    .first()
    .click();
  await page.waitForTimeout(1_000);
  await context.close();
  return times;
}

/** From the command until all of them stand in the outline as ended. */
async function seconds(
  ref: { readonly source: string; readonly id: string },
  replies: number,
): Promise<number> {
  const conversation = newId();
  await post('create', { conversation });
  const before = performance.now();
  await post('send', {
    ...{ conversation, message: newId(), parent: null, text: 'Tell the time' },
    replies: Array.from({ length: replies }, () => ({ id: newId(), model: ref })),
  });
  while (!(await areEnded(conversation, replies))) await new Promise((done) => setTimeout(done, 20));
  return (performance.now() - before) / 1_000;
}

async function areEnded(conversation: string, replies: number): Promise<boolean> {
  const answer = await fetch(`${bough.url}/v1/stream/${outlineStream(conversation)}?offset=-1`);
  const { generations } = foldOutline(emptyTree, readOutline((await answer.json()) as unknown[]));
  const ended = [...generations.values()].filter(({ end }) => end?.reason === 'complete');
  return ended.length === replies;
}

async function post(name: 'create' | 'send', input: object): Promise<void> {
  const answer = await fetch(`${bough.url}${commandPath(name)}`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) },
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
}
