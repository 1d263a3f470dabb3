/**
 * The tree of 10,000 messages in 1,000 branches, and of 50,000: frames, time to open, heap; beside React Flow alone on the same cards.
 * BOUGH_BENCH_MINUTES: how long replies stream before the heap is measured again. Default: 1.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planTree, seedTree } from '../e2e/seed-tree.ts';
import { startBough } from '../e2e/server.ts';
import { emptyTree, foldOutline, type OutlineChange, turnsOf } from '../src/tree/index.ts';
import { sceneOf } from '../src/ui/features/explorer/scene/scene.ts';
import { launchBrowser } from './browser.ts';
import { startClockProvider } from './clock-provider.ts';
import { servePlainFlow } from './plain-flow.ts';
import { figure, ms, percentile } from './report.ts';
import { openCold, openTree, replyFromEnd, say, stop, WINDOW } from './tree-bench.ts';
import { framesText, mb, TreePage } from './tree-page.ts';

const COUNT = 10_000;
const MINUTES = Number(process.env.BOUGH_BENCH_MINUTES ?? 1);
const FRAMES = 240;
/** The last ten replies of a path stand one below the other: a card each. */
const LARGE = { width: 2100, height: 1700 };
const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
const plan = planTree('vast', COUNT);
const { conversation, ids } = await seedTree(folder, 'vast', COUNT);
const large = await seedTree(folder, 'vast', 5 * COUNT, undefined, { flat: true });
const clock = `clock:${Math.ceil((MINUTES * 60 + 120) * 50)}x50`;
const provider = await startClockProvider([clock, 'clock:1x100']);
const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl }, folder);
const browser = await launchBrowser();
const bench = { browser, url: bough.url, conversation, plan, ids };
try {
  await opening();
  await moving();
  // Before more messages come: the path then leads to the newest, and where the ten are written is folded.
  await writing();
  await appending();
  await fiftyThousand();
  await reactFlowAlone();
} finally {
  await browser.close();
  await bough.stop();
  provider.close();
  await rm(folder, { recursive: true, force: true });
}

/** From the address to a page one can talk on, with the tree beside the chat; then the tree's own first paint. */
async function opening(): Promise<void> {
  for (const split of [true, false]) {
    const context = await browser.newContext({ viewport: WINDOW });
    const { tree, took } = await openCold(bench, await context.newPage(), split);
    if (split) figure('10,000 messages: whole page cold to usable, with its tree', '≤ 1.5 s', ms(took));
    else {
      const painted = await tree.firstPaint();
      figure('10,000 messages: first paint of the tree', '≤ 200 ms', ms(painted));
    }
    await context.close();
  }
}

async function moving(): Promise<void> {
  const tree = await openTree(bench);
  figure('10,000 messages: heap', '≤ 60 MB', mb(await tree.heap()));
  for (const all of [false, true]) {
    const name = `10,000 messages, ${all ? 'all unfolded' : 'folded'}`;
    if (all) await tree.button('Unfold everything').click();
    await tree.button('Centre on where I am').click();
    await tree.page.waitForTimeout(1_000);
    figure(`${name}: pan near`, 'p95 ≤ 17 ms', framesText(await tree.wheel(FRAMES, { dx: 6, dy: -24 })));
    await tree.button('Fit the whole tree').click();
    await tree.page.waitForTimeout(1_000);
    figure(`${name}: pan far`, 'p95 ≤ 17 ms', framesText(await tree.wheel(FRAMES, { dx: 4, dy: -8 })));
    await tree.button('Fit the whole tree').click();
    await tree.page.waitForTimeout(1_000);
    figure(
      `${name}: zoom sweep`,
      'p95 ≤ 17 ms',
      framesText(await tree.wheel(FRAMES, { zoom: -30, turn: FRAMES / 2 })),
    );
  }
  await tree.page.context().close();
}

/** A message and its short reply come: the worst frame of each of five times. */
async function appending(): Promise<void> {
  const tree = await openTree(bench);
  for (const all of [false, true]) {
    if (all) await tree.button('Unfold everything').click();
    await tree.page.waitForTimeout(1_500);
    const worst: number[] = [];
    for (let time = 0; time < 5; time += 1) {
      const frames = tree.watch(120);
      await say(bench, replyFromEnd(bench, 8), 'clock:1x100');
      worst.push(Math.max(...(await frames).times));
    }
    figure(
      `10,000 messages, ${all ? 'all unfolded' : 'folded'}: a message comes, worst frame`,
      '≤ 33 ms',
      `median ${ms(percentile(worst, 0.5))}, worst ${ms(Math.max(...worst))}`,
    );
  }
  await tree.page.context().close();
}

/** Ten replies, each in a card one sees, then many minutes of them. */
async function writing(): Promise<void> {
  const tree = await openTree(bench, LARGE);
  const before = await tree.heap();
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, n) => say(bench, replyFromEnd(bench, n), clock)),
  );
  await tree.button('Centre on where I am').click();
  await tree.page.waitForTimeout(2_000);
  await tree.seeLive(10);
  const { times, busy } = await tree.watch(300);
  await tree.seeLive(10);
  figure(
    '10,000 messages: ten replies, each in a card in sight',
    'p95 ≤ 17 ms, ≤ 4 ms a frame',
    `${framesText(times)}; main thread ${ms(busy)} a frame`,
  );
  const early = await tree.heap();
  await tree.page.waitForTimeout(MINUTES * 60_000);
  figure(
    `10,000 messages: heap before, with, and after ${MINUTES} min of ten replies`,
    '≤ 60 MB, flat',
    `${mb(before)}, ${mb(early)}, ${mb(await tree.heap())}`,
  );
  await Promise.all(replies.map((reply) => stop(bench, reply)));
  await tree.page.context().close();
}

async function fiftyThousand(): Promise<void> {
  const began = performance.now();
  const tree = await openTree({ ...bench, ...large });
  figure('50,000 messages: cold to the tree', 'opens', ms(performance.now() - began));
  await tree.button('Unfold everything').click();
  await tree.button('Fit the whole tree').click();
  await tree.page.waitForTimeout(1_500);
  figure(
    '50,000 messages, all unfolded: pan far',
    '≥ 30 fps',
    framesText(await tree.wheel(FRAMES, { dx: 4, dy: -8 })),
  );
  await tree.button('Fit the whole tree').click();
  await tree.page.waitForTimeout(1_500);
  figure(
    '50,000 messages, all unfolded: zoom sweep',
    '≥ 30 fps',
    framesText(await tree.wheel(FRAMES, { zoom: -30, turn: FRAMES / 2 })),
  );
  figure('50,000 messages: heap', '-', mb(await tree.heap()));
  await tree.page.context().close();
}

async function reactFlowAlone(): Promise<void> {
  const messages = plan.map((message, n) => ({
    ...{ id: ids[n] as string, role: message.role, time: n, preview: `Message ${n} of the same tree` },
    parent: message.parent === null ? null : (ids[message.parent] as string),
    ...{ author: { kind: 'user' }, branch: 'b', start: '0', end: '1', origin: { kind: 'send' } },
  }));
  const changes = messages.map((message) => ({ kind: 'message', message })) as OutlineChange[];
  const turns = turnsOf(foldOutline(emptyTree, changes));
  const nothing = new Set<string>();
  const scene = sceneOf({
    turns,
    title: 'The tree',
    path: nothing,
    folding: { path: nothing, selected: null, all: true },
  });
  const flow = await servePlainFlow(join(folder, 'plain-flow'), scene);
  for (const mode of ['all', 'visible']) {
    for (const [level, zoom] of [
      ['near', 0.8],
      ['far', 0.05],
    ] as const) {
      const context = await browser.newContext({ viewport: WINDOW });
      const tree = await TreePage.of(await context.newPage());
      await tree.page.goto(`${flow.url}?zoom=${zoom}&${mode}`);
      await tree.page.locator('.react-flow__node').first().waitFor({ timeout: 120_000 });
      await tree.page.waitForTimeout(3_000);
      const times = await tree.wheel(60, { dx: 6, dy: 24, turn: 30 });
      const name = mode === 'all' ? 'all mounted' : 'onlyRenderVisibleElements';
      figure(`the same cards, React Flow alone, ${name}: pan ${level}`, '-', framesText(times));
      await context.close();
    }
  }
  flow.stop();
}
