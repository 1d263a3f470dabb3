/** The tree at a thousand messages: what a person does with its canvas. Read and clicked by its places, since a canvas has no elements. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test as base, expect, watch } from '../../fixtures.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { seedTree } from '../../seed-tree.ts';
import { startBough } from '../../server.ts';

const test = base.extend<{ large: ChatPage }>({
  large: async ({ page }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'bough-e2e-'));
    const { conversation } = await seedTree(folder, 'vast', 1_000, (n) => `Words of message ${n}`, {
      flat: true,
    });
    const bough = await startBough({}, folder);
    const faults = watch(page, []);
    await page.goto(`${bough.url}/c/${conversation}`);
    await expect(page.getByRole('article').last()).toBeVisible();
    await page.getByRole('radio', { name: 'Tree', exact: true }).click();
    await expect(
      tree(page)
        .getByText(/^(Reading|You write|Your next)/)
        .first(),
    ).toBeVisible();
    await use(new ChatPage(page, bough.url));
    expect(faults).toEqual([]);
    await page.close();
    await bough.stop();
    await rm(folder, { recursive: true, force: true });
  },
});

// The view glides to where it goes.
test.use({ motion: 'full' });

const tree = (page: Page) => page.getByRole('region', { name: 'Conversation tree' });
const canvas = (page: Page) => tree(page).locator('.react-flow__pane');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const here = (page: Page) => tree(page).getByRole('treeitem', { name: /reading/ });

/** From afar nothing is mounted for cards, and the first one stands at the top of the trunk. */
async function fromAfar(page: Page): Promise<{ x: number; y: number }> {
  await button(page, 'Fit the whole tree').click();
  await expect(tree(page).locator('.react-flow__node')).toHaveCount(0);
  const viewport = tree(page).locator('.react-flow__viewport');
  let style = '';
  await expect(async () => {
    const before = style;
    style = (await viewport.getAttribute('style')) ?? '';
    expect(style).toBe(before);
  }).toPass({ intervals: [200] });
  const { x, y, zoom } = await canvas(page).evaluate((pane) => {
    const viewport = pane.closest('.react-flow')?.querySelector('.react-flow__viewport') as HTMLElement;
    const { e, f, a } = new DOMMatrix(getComputedStyle(viewport).transform);
    const { left, top } = pane.getBoundingClientRect();
    return { x: left + e, y: top + f, zoom: a };
  });
  return { x: x + 120 * zoom, y: y + 48 * zoom };
}

test('go to the first question from afar, by a click on the canvas', async ({ large, page }) => {
  const { x, y } = await fromAfar(page);
  await expect(here(page)).not.toHaveAttribute('aria-posinset', '1');
  await page.mouse.click(x, y);
  await expect(here(page)).toHaveAttribute('aria-posinset', '1');
  await page.getByRole('radio', { name: 'Chat', exact: true }).click();
  await expect(large.user(1)).toBeInViewport();
});

test('read a card in full by resting on it, at every zoom', async ({ large, page }) => {
  const preview = page.locator('[data-preview]');
  const { x, y } = await fromAfar(page);
  await page.mouse.move(x, y);
  await expect(preview).toContainText('Words of message 2');
  await page.mouse.move(x + 400, y);
  await expect(preview).toBeHidden();
  await button(page, 'Centre on where I am').click();
  await tree(page).locator('[data-card]').last().hover();
  await expect(preview).toContainText('Words of message');
  expect(large.url).toBeTruthy();
});

test('the forks of the path are counted, and seen one after another from the reader upward', async ({
  page,
  large,
}) => {
  const viewport = tree(page).locator('.react-flow__viewport');
  const place = () => viewport.evaluate((element) => element.style.transform);
  const here = await place();
  await tree(page)
    .getByRole('button', { name: /^(Above f|Below f|F)ork \d+ of \d+$/ })
    .click();
  await expect.poll(place).not.toBe(here);
  // Cards just out of sight stay mounted, and some of them have branches, too.
  const pane = await canvas(page).boundingBox();
  const isInSight = (box: { y: number; height: number } | null) =>
    pane !== null && box !== null && box.y >= pane.y && box.y + box.height <= pane.y + pane.height;
  await expect
    .poll(async () => {
      const all = await tree(page)
        .getByText(/^\d+ branches$/)
        .all();
      const boxes = await Promise.all(all.map((one) => one.boundingBox()));
      return boxes.some(isInSight);
    })
    .toBe(true);
  await button(page, 'Centre on where I am').click();
  await expect(
    tree(page)
      .getByText(/^(Reading|You write|Your next)/)
      .first(),
  ).toBeInViewport();
  expect(large.url).toBeTruthy();
});

test('open a branch in place; it is still open after a reload, until it is folded again', async ({
  page,
  large,
}) => {
  const folded = tree(page).getByRole('button', { name: /\d+ turns/ });
  const words = (await folded.last().textContent()) ?? '';
  await folded.last().click();
  await expect(folded.filter({ hasText: words })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('article').last()).toBeVisible();
  await page.getByRole('radio', { name: 'Tree', exact: true }).click();
  await expect(
    tree(page)
      .getByText(/^(Reading|You write|Your next)/)
      .first(),
  ).toBeVisible();
  await expect(button(page, 'Fold again')).toBeVisible();
  await button(page, 'Fold again').click();
  await expect(button(page, 'Fold again')).toBeHidden();
  expect(large.url).toBeTruthy();
});

test('drag the minimap to go elsewhere', async ({ page, large }) => {
  const map = page.getByRole('img', { name: 'Minimap' });
  const box = await map.boundingBox();
  if (!box) throw new Error('There is no minimap');
  const viewport = tree(page).locator('.react-flow__viewport');
  const before = await viewport.getAttribute('style');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 4);
  await page.mouse.down();
  await page.mouse.move(box.x + 6, box.y + 4, { steps: 5 });
  await page.mouse.up();
  await expect(viewport).not.toHaveAttribute('style', before ?? '');
  await expect(tree(page).getByText('Words of message 0', { exact: true }).last()).toBeVisible();
  expect(large.url).toBeTruthy();
});
