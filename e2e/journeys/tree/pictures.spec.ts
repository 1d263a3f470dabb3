/** The pictures of the README and the docs, made anew into the folder named by BOUGH_PICTURES; without it none are made. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { commandPath, newId } from '../../../src/protocol/index.ts';
import { levelOf, STOPS } from '../../../src/ui/features/explorer/scene/zoom-level.ts';
import { expect, test } from '../../fixtures.ts';
import { type Planned, planTree, seedTree } from '../../seed-tree.ts';
import { type BoughServer, startBough } from '../../server.ts';

const folder = process.env.BOUGH_PICTURES ?? '';

/** What they show is looked at by the journeys of each feature: here nothing but the pictures comes of it. */
const WANTED = Boolean(process.env.BOUGH_PICTURES);

if (WANTED) {
  test('picture: a conversation and its tree', async ({ chat, page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await chat.openWith(
      [
        'I have a small garden with heavy clay. Where do I begin?',
        'Sun all afternoon, water stands in the south. What could grow to a tree?',
      ],
      'story',
    );
    await chat.assistant(4).getByRole('button', { name: 'Regenerate' }).click();
    await expect(page.getByRole('group', { name: 'Versions' })).toContainText('2 / 2');
    await chat.settled();
    await chat.edit(chat.user(3), 'Half shade, and the north corner stays dry. What could grow to a tree?');
    await expect(chat.user(3)).toContainText('Half shade');
    await expect(chat.assistant(4)).toContainText('first summer');
    await chat.settled();
    await page.getByRole('radio', { name: 'Split' }).click();
    await expect(page.getByRole('region', { name: 'Conversation tree' })).toBeVisible();
    await page.mouse.move(0, 0);
    // The canvas settles before it is photographed.
    await page.waitForTimeout(800);
    await page.screenshot({ path: join(folder, 'conversation.png') });
  });

  test('pictures: four kinds of fork', async ({ chat, page }) => {
    await page.setViewportSize({ width: 1200, height: 700 });
    const picture = async (name: string) => {
      await page.mouse.move(0, 0);
      await page.waitForTimeout(800);
      await page.screenshot({ path: join(folder, `${name}.png`) });
    };
    await chat.openWith(
      [
        'I have a small garden with heavy clay. Where do I begin?',
        'Sun all afternoon, water stands in the south. What could grow to a tree?',
      ],
      'story',
    );

    await chat.assistant(4).getByRole('button', { name: 'Regenerate' }).click();
    await expect(page.getByRole('group', { name: 'Versions' })).toContainText('2 / 2');
    await chat.settled();
    await (await chat.menuOf(chat.assistant(4))).getByRole('menuitem', { name: 'Show side by side' }).click();
    await expect(page.getByRole('group', { name: 'Replies side by side' })).toBeVisible();
    await page.getByRole('radio', { name: 'Chat' }).click();
    await picture('fork-side-by-side');
    await page.getByRole('button', { name: 'Show one' }).click();

    await (await chat.menuOf(chat.assistant(2))).getByRole('menuitem', { name: 'Ask aside' }).click();
    const aside = page.getByRole('complementary', { name: 'Aside' });
    await aside.getByRole('textbox', { name: 'Ask aside' }).fill('And if only the north corner stays dry?');
    await page.keyboard.press('Enter');
    await expect(aside.getByRole('article')).toHaveCount(2);
    await chat.settled();
    await picture('fork-aside');
    await page.keyboard.press('Escape');

    await chat.inPalette('Summarise earlier');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Summary', exact: true });
    await expect(dialog.getByRole('textbox', { name: 'Summary' })).toHaveValue(/wall\.$/);
    await picture('fork-summary');
    await dialog.getByRole('button', { name: 'Use it' }).click();
    await expect(dialog).toBeHidden();

    // The menu is whole.
    await page.setViewportSize({ width: 1200, height: 850 });
    await page.getByRole('radio', { name: 'Split' }).click();
    await expect(page.getByRole('region', { name: 'Conversation tree' })).toBeVisible();
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Dismiss' }).click();
    await (await chat.menuOf(chat.assistant(2))).getByRole('menuitem', { name: 'Rewind to here' }).focus();
    await picture('fork-rewind');
  });
}

const PLACES = [
  'Kyoto',
  'Nara',
  'Tokyo',
  'Osaka',
  'Hiroshima',
  'Kamakura',
  'Nikko',
  'Hakone',
  'Takayama',
  'Kobe',
  'Sapporo',
];
const ASKED = [
  'PLACE: what should we see?',
  'PLACE by train, how?',
  'PLACE: where do we sleep?',
  'PLACE: what does a week cost?',
  'PLACE with a child of six?',
  'PLACE: what do people eat?',
  'PLACE in the rain: what then?',
];
const TOLD = [
  'Begin early in **PLACE**: the old quarters are at their best before nine, and the market opens at six.',
  'Take the express to **PLACE**; it is twice as fast, and the pass is good on it.',
  'Near the river. Everything else in PLACE is a short bus ride away.',
  'About 1,400 € for two, if you stay in small inns and eat where people work.',
];

/** What message n says, so that each branch of the pictures can be told from the others. */
function said(plan: readonly Planned[], n: number): string {
  const texts = plan[n]?.role === 'assistant' ? TOLD : ASKED;
  const text = texts[(n * 7 + (n >> 4)) % texts.length] as string;
  return text.replace('PLACE', PLACES[(n * 3 + (n >> 3)) % PLACES.length] as string);
}

function pathOf(plan: readonly Planned[]): ReadonlySet<number> {
  const path = new Set<number>();
  for (let at: number | null = plan.length - 1; at !== null; at = plan[at]?.parent ?? null) path.add(at);
  return path;
}

/** Messages that leave the path to the last message; in a small tree another first one. */
function sidesOf(plan: readonly Planned[]): readonly number[] {
  const path = pathOf(plan);
  const leaves = ({ parent, role }: Planned, n: number) =>
    role === 'user' && !path.has(n) && parent !== null && path.has(parent);
  const sides = plan.flatMap((planned, n) => (leaves(planned, n) ? [n] : []));
  return sides.length > 0 ? sides : [0];
}

/** Reads a branch beside the path and comes to the path by its versions, as a person does: Back leads there. */
async function comeFromBeside(page: Page, url: string, plan: readonly Planned[], ids: readonly string[]) {
  const sides = sidesOf(plan);
  const side = sides[Math.floor(sides.length * 0.7)] as number;
  let depth = 0;
  for (let at: number | null = side; at !== null; at = plan[at]?.parent ?? null) depth += 1;
  await page.goto(`${url}?m=${ids[side]}`);
  const message = page.getByRole('article', { name: `You, message ${depth}`, exact: true });
  const beside = plan.flatMap(({ parent }, n) => (parent === plan[side]?.parent ? [n] : []));
  const steps = beside.findIndex((n) => pathOf(plan).has(n)) - beside.indexOf(side);
  for (let step = 0; step < Math.abs(steps); step += 1) {
    await message.hover();
    await message.getByRole('button', { name: steps < 0 ? 'Previous version' : 'Next version' }).click();
  }
  const latest = page.getByRole('button', { name: 'Jump to latest' });
  if (await latest.isVisible()) await latest.click();
}

/** Labels two branches, stars a reply, and has a reply written that does not end. */
async function enliven(
  bough: BoughServer,
  conversation: string,
  plan: readonly Planned[],
  ids: readonly string[],
) {
  const post = async (name: 'mark' | 'send', body: object) => {
    const headers = { 'content-type': 'application/json' };
    const url = bough.url + commandPath(name);
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(await response.text());
  };
  const [path, sides] = [pathOf(plan), sidesOf(plan)];
  const side = (part: number) => ids[sides[Math.floor(sides.length * part)] as number] as string;
  await post('mark', {
    conversation,
    marks: [
      { message: side(0.3), label: 'By train', colour: 'blue' },
      { message: side(0.7), label: 'With the child', colour: 'purple', star: true },
    ],
  });
  const parent = plan.findLastIndex(({ role }, n) => role === 'assistant' && !path.has(n));
  const { default: usual } = (await (await fetch(`${bough.url}/api/models`)).json()) as {
    default: { source: string };
  };
  const model = { source: usual.source, id: 'tokens:1000x10' };
  const words = { text: 'And if it snows there?', origin: 'fork' };
  await post('send', {
    conversation,
    parent: ids[parent],
    message: newId(),
    reply: newId(),
    model,
    ...words,
  });
}

/** Pictures that are to be looked at, not for the docs. */
const LOOKED_AT = 'test-results/pictures';

/** The diagram between its bar and its tools, in light and in dark. Nothing may lie over it. */
async function picture(page: Page, name: string, darkInto = LOOKED_AT): Promise<void> {
  const pane = page.getByRole('group', { name: 'Forks and live replies' }).locator('..');
  await page.mouse.move(0, 0);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    // The canvas settles before it is photographed.
    await page.waitForTimeout(1_200);
    expect(await liesOver(page)).toEqual([]);
    const path = colorScheme === 'light' ? join(folder, `${name}.png`) : join(darkInto, `${name}-dark.png`);
    await pane.screenshot({ path });
  }
}

/** What stands over the canvas, by a look at every few pixels of it. */
function liesOver(page: Page): Promise<string[]> {
  return page.locator('.react-flow').evaluate((canvas) => {
    const { left, right, top, bottom } = canvas.getBoundingClientRect();
    const found = new Set<string>();
    for (let x = left + 2; x < right; x += 16)
      for (let y = top + 2; y < bottom; y += 16) {
        const over = document.elementFromPoint(x, y);
        if (over && !canvas.contains(over)) found.add(over.outerHTML.slice(0, 120));
      }
    return [...found];
  });
}

/** What a phone has of the tree: its outline. */
async function phonePictures(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 390, height: 780 });
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(800);
    await expect(page.getByRole('treeitem', { name: /reading/ })).toBeInViewport({ ratio: 1 });
    const path = colorScheme === 'light' ? join(folder, `${name}.png`) : join(LOOKED_AT, `${name}-dark.png`);
    await page.screenshot({ path });
  }
}

/** Presses the buttons of the zoom until its level is reached, wherever the tree opened. */
async function zoomTo(page: Page, level: keyof typeof STOPS): Promise<void> {
  const zoom = () =>
    page.locator('.react-flow__viewport').evaluate((one) => new DOMMatrix(getComputedStyle(one).transform).a);
  for (let press = 0; press < 4; press += 1) {
    await page.waitForTimeout(400);
    const now = await zoom();
    if (levelOf(now) === level) return;
    const name = now < STOPS[level] ? 'Zoom in' : 'Zoom out';
    await page.getByRole('button', { name }).click();
  }
  expect(levelOf(await zoom())).toBe(level);
}

// Ten thousand messages take a minute to write: made only when the pictures are wanted.
for (const count of WANTED ? [12, 300, 1_000, 10_000] : []) {
  test(`pictures: the tree of ${count} messages, near, in the middle, and far`, async ({
    page,
    provider,
  }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width: 1240, height: 640 });
    const data = await mkdtemp(join(tmpdir(), 'bough-pictures-'));
    const shape = count < 1_000 ? 'bushy' : 'vast';
    const plan = planTree(shape, count);
    const { conversation, ids } = await seedTree(data, shape, count, (n) => said(plan, n), { flat: true });
    const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl, OPENAI_API_KEY: 'key' }, data);
    try {
      await comeFromBeside(page, `${bough.url}/c/${conversation}`, plan, ids);
      await page.getByRole('button', { name: 'Hide conversations' }).click();
      await enliven(bough, conversation, plan, ids);
      await page.getByRole('radio', { name: 'Tree', exact: true }).click();
      await expect(page.getByText(/^(Reading|You write|Your next)/).first()).toBeVisible();
      await zoomTo(page, 'near');
      await picture(page, `tree-${count}-near`);
      await zoomTo(page, 'middle');
      await picture(page, `tree-${count}-middle`);
      await page.getByRole('button', { name: 'Fit the whole tree' }).click();
      if (count === 12) await zoomTo(page, 'far');
      await picture(page, `tree-${count}-far`, folder);
      await phonePictures(page, `tree-${count}-phone`);
    } finally {
      await page.close();
      await bough.stop();
      await rm(data, { recursive: true, force: true });
    }
  });
}
