/** Five forks down the way one went: back to the first of them, by every way there is. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test as base, expect, watch } from '../../fixtures.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { type Planned, seedPlan } from '../../seed-tree.ts';
import { startBough } from '../../server.ts';

const FORKS = 5;

/** At each fork an old way, a question and its answer, and a new one, which goes on. */
function fiveForks(): Planned[] {
  return Array.from({ length: FORKS }, (_, fork) => {
    const parent = fork === 0 ? null : 4 * fork - 1;
    const turn = (at: number): Planned[] => [
      { parent, role: 'user' },
      { parent: at, role: 'assistant' },
    ];
    return [...turn(4 * fork), ...turn(4 * fork + 2)];
  }).flat();
}

function say(n: number): string {
  const what = ['Old question', 'Old answer', 'New question', 'New answer'][n % 4];
  return `${what} ${Math.floor(n / 4) + 1}`;
}

const test = base.extend<{ lost: ChatPage }>({
  lost: async ({ page }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'bough-e2e-'));
    const { conversation } = await seedPlan(folder, fiveForks(), { title: 'Five forks', say });
    const bough = await startBough({}, folder);
    const faults = watch(page, []);
    const chat = new ChatPage(page, bough.url);
    await page.goto(`${bough.url}/c/${conversation}`);
    await expect(chat.assistant(2 * FORKS)).toContainText('New answer 5');
    await use(chat);
    expect(faults).toEqual([]);
    await page.close();
    await bough.stop();
    await rm(folder, { recursive: true, force: true });
  },
});

const versions = (chat: ChatPage, n: number) => chat.user(n).getByRole('group', { name: 'Versions' });

/** On the old way of the first fork: it ends there, and says what is elsewhere. */
async function isBack(chat: ChatPage): Promise<void> {
  await expect(chat.user(1)).toContainText('Old question 1');
  await expect(versions(chat, 1)).toContainText('1 / 2');
  await expect(chat.assistant(2)).toContainText('Old answer 1');
  await expect(chat.message(3)).toBeHidden();
}

async function backAgain(chat: ChatPage, page: Page): Promise<void> {
  await page.goBack();
  await expect(chat.user(1)).toContainText('New question 1');
  await expect(chat.assistant(2 * FORKS)).toBeAttached();
}

test('by mouse: the forks above, the list of all forks, the picker', async ({ lost, page }) => {
  await page.getByRole('radio', { name: 'Chat', exact: true }).click();
  const above = page.getByRole('navigation', { name: 'Forks above' });
  await expect(above.getByRole('button')).toHaveCount(3);
  await above.getByRole('button', { name: 'Up to “New question 3”, 2 of 2' }).click();
  await expect(lost.user(5)).toBeFocused();
  await expect(lost.user(5)).toBeInViewport();

  await page.getByRole('button', { name: 'Forks on this path' }).click();
  await expect(page.getByRole('menuitem')).toHaveCount(FORKS);
  await page.getByRole('menuitem', { name: /New question 1/ }).click();
  await expect(lost.user(1)).toBeFocused();
  // Within one path, too, Back leads to what was read.
  await page.goBack();
  await expect(lost.user(1)).not.toBeInViewport();
  await expect(lost.assistant(6)).toBeInViewport();
  await page.goForward();
  await expect(lost.user(1)).toBeInViewport();
  await versions(lost, 1).getByRole('button', { name: 'Previous version' }).click();
  await isBack(lost);
  await expect(page.getByText('9 messages continue on branch 2')).toBeVisible();
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await expect(lost.user(1)).toContainText('New question 1');
  await expect(lost.user(2 * FORKS - 1)).toBeAttached();
});

test('by the tree: fork by fork, the picker on the card, and back to where one was', async ({
  lost,
  page,
}) => {
  await page.getByRole('radio', { name: 'Split', exact: true }).click();
  const tree = page.getByRole('region', { name: 'Conversation tree' });
  const above = tree.getByRole('button', { name: 'Fork above' });
  const branches = tree.getByRole('button', { name: 'Other branches' });
  const back = tree.getByRole('button', { name: /^Back/ });
  await expect(tree.getByRole('button', { name: 'Below fork 5 of 5' })).toBeVisible();
  // What the bar says comes piece by piece, and moves its buttons until it is all there.
  await expect(above).toHaveAttribute('aria-disabled', 'false');
  await expect(back).toBeVisible();
  const place = await above.boundingBox();
  for (let fork = FORKS; fork >= 1; fork -= 1) {
    await expect(above).toHaveAttribute('aria-disabled', 'false');
    await above.click();
    await expect(tree.getByRole('button', { name: `Fork ${fork} of ${FORKS}` })).toBeVisible();
    expect(await above.boundingBox()).toEqual(place);
  }
  await expect(above).toHaveAttribute('aria-disabled', 'true');
  await branches.click();
  await expect(page.getByRole('menuitemradio')).toHaveText([
    /Old question 1.*\d+ turns?$/,
    /New question 1.*\d+ turns?$/,
  ]);
  await expect(page.getByRole('menuitemradio', { checked: true })).toContainText('New question 1');
  await page.keyboard.press('Escape');
  await tree.getByRole('button', { name: 'Fork below' }).click();
  await expect(tree.getByRole('button', { name: 'Fork 2 of 5' })).toBeVisible();

  await above.click();
  const first = tree.locator('[data-card]').filter({ hasText: 'New question 1' });
  await first.getByRole('button', { name: 'Previous version' }).click();
  await isBack(lost);
  await expect(back).toHaveAccessibleName(/^Back to “/);
  await back.click();
  await expect(lost.user(1)).toContainText('New question 1');
  await expect(lost.user(2 * FORKS - 1)).toBeAttached();
  await expect(back).toHaveAttribute('aria-disabled', 'true');
  await tree.getByRole('button', { name: 'Fork below' }).click();
  await expect(tree.getByRole('button', { name: 'Fork 2 of 5' })).toBeVisible();
  await branches.click();
  await page.getByRole('menuitemradio', { name: 'Old question 2' }).click();
  await expect(lost.user(3)).toContainText('Old question 2');
});

test('by keyboard: from the message box fork by fork', async ({ lost, page }) => {
  await lost.box.focus();
  await page.keyboard.press('ArrowUp');
  await expect(lost.assistant(2 * FORKS)).toBeFocused();
  for (let n = 2 * FORKS - 1; n >= 1; n -= 2) {
    await page.keyboard.press('[');
    await expect(lost.user(n)).toBeFocused();
  }
  await page.keyboard.press('ArrowLeft');
  await isBack(lost);
  await expect(lost.user(1)).toBeFocused();
  await backAgain(lost, page);
});

test('by the outline: with the keys of a tree', async ({ lost, page }) => {
  await page.getByRole('radio', { name: 'Tree', exact: true }).click();
  const rows = page.getByRole('region', { name: 'Conversation tree' }).getByRole('treeitem');
  await rows.filter({ hasText: 'New question 5' }).focus();
  await page.keyboard.press('Home');
  const old = rows.filter({ hasText: 'Old question 1' });
  await expect(async () => {
    if (!(await old.evaluate((row) => row === document.activeElement)))
      await page.keyboard.press('ArrowDown');
    await expect(old).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(old).toHaveAccessibleName(/reading/);
  await page.getByRole('radio', { name: 'Chat', exact: true }).click();
  await isBack(lost);
  await backAgain(lost, page);
});

test('what one jumps to is what is read, whatever is pressed and written then, until one scrolls', async ({
  lost,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 560 });
  await page.getByRole('radio', { name: 'Split', exact: true }).click();
  const tree = page.getByRole('region', { name: 'Conversation tree' });
  const read = tree.getByRole('treeitem', { name: /, reading/ });
  const drawn = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  /** All that lays the thread out anew and is no scrolling of it. */
  const stays = async (words: string) => {
    await expect(read).toHaveAccessibleName(new RegExp(words));
    await lost.box.click();
    await lost.box.fill('A long thought.\n'.repeat(8));
    await drawn();
    await lost.box.press('End');
    await lost.box.fill('');
    await page.setViewportSize({ width: 1240, height: 500 });
    await drawn();
    await page.setViewportSize({ width: 1280, height: 560 });
    await drawn();
    await lost.log
      .getByRole('article', { name: /^Assistant/ })
      .last()
      .click();
    await lost.log.getByRole('button', { name: 'Copy' }).last().click();
    await drawn();
    await expect(read).toHaveAccessibleName(new RegExp(words));
  };
  await page.getByRole('button', { name: 'Forks on this path' }).click();
  await page.getByRole('menuitem', { name: /New question 3/ }).click();
  await stays('New question 3');
  await versions(lost, 5).getByRole('button', { name: 'Previous version' }).click();
  await stays('Old question 3');
  await versions(lost, 5).getByRole('button', { name: 'Next version' }).click();
  await stays('New question 3');
  await lost.user(5).focus();
  await page.keyboard.press('[');
  await stays('New question 2');
  await page.goBack();
  await stays('Old question 3');
  await page.goForward();
  await tree.getByRole('button', { name: 'Fit the whole tree' }).click();
  await tree.getByRole('treeitem', { name: /New question 4/ }).focus();
  await page.keyboard.press('Enter');
  await stays('New question 4');
  await lost.log.hover();
  await page.mouse.wheel(0, -4_000);
  await expect(read).toHaveAccessibleName(/New question [12],/);
});
