import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { violationsIn } from '../../pages/axe.ts';
import type { ChatPage } from '../../pages/chat-page.ts';

const group = (page: Page) => page.getByRole('group', { name: 'Replies side by side' });
const column = (page: Page, n: number, of: number) =>
  group(page).getByRole('region', { name: `Reply ${n} of ${of}`, exact: true });

async function regenerate(chat: ChatPage, page: Page, times: number): Promise<void> {
  await chat.assistant(2).hover();
  await chat.assistant(2).getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: `Regenerate ×${times}` }).click();
}

test('watch several replies side by side, stop them, go on with one, and see them again', async ({
  chat,
  page,
}) => {
  await chat.openNew('tokens:100x20');
  await chat.send('Count in columns');
  await expect(chat.assistant(2)).toContainText('token 3 ');
  await chat.stopButton.click();
  await chat.settled();
  await regenerate(chat, page, 2);
  for (const n of [2, 3]) await expect(column(page, n, 3)).toContainText('token 2 ');
  await column(page, 2, 3).getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(column(page, 2, 3)).toContainText('Stopped');
  await expect(column(page, 3, 3)).toContainText('token 9 ');
  await column(page, 3, 3).getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(group(page).getByRole('button', { name: 'Stop', exact: true })).toHaveCount(0);
  expect(await violationsIn(page, '[role=log]')).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('columns.png') });

  await column(page, 1, 3).getByRole('button', { name: 'Continue with this one' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(column(page, 2, 3).getByRole('button', { name: 'Continue with this one' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(group(page)).toHaveCount(0);
  await expect(chat.assistant(2).getByRole('group', { name: 'Versions' })).toContainText('2 / 3');
  // That there are others was seen: nobody asked for the tree. It is offered.
  await expect(page.getByRole('radio', { name: 'Chat' })).toBeChecked();
  await expect(page.getByRole('button', { name: 'Show the tree beside the chat' })).toBeVisible();

  await chat.assistant(2).hover();
  await chat.assistant(2).getByRole('button', { name: 'Show side by side' }).click();
  await expect(chat.assistant(2)).toBeFocused();
  await expect(group(page).getByText('3 replies to the same message')).toBeInViewport();
  await column(page, 3, 3).getByRole('button', { name: 'Keep only this one' }).click();
  await expect(group(page)).toHaveCount(0);
  await expect(chat.assistant(2)).toContainText('token 9 ');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(chat.assistant(2).getByRole('group', { name: 'Versions' })).toContainText('/ 3');
});

test('the reply on the path stays in sight when the tree opens beside them', async ({ chat, page }) => {
  await page.setViewportSize({ width: 1600, height: 900 });
  await chat.openWith(['What would you pack?']);
  await regenerate(chat, page, 4);
  await chat.settled();
  await page.getByRole('radio', { name: 'Chat' }).click();
  await column(page, 5, 5).getByRole('button', { name: 'Continue with this one' }).click();
  await chat.assistant(2).hover();
  await chat.assistant(2).getByRole('button', { name: 'Show side by side' }).click();
  const whole = { ratio: 0.9 };
  await expect(column(page, 5, 5)).toBeInViewport(whole);
  for (const pane of ['Split', 'Chat', 'Split']) {
    await page.getByRole('radio', { name: pane }).click();
    await expect(column(page, 5, 5)).toBeInViewport(whole);
  }
  // Who looks at another one is not taken back.
  await column(page, 1, 5).scrollIntoViewIfNeeded();
  await expect(column(page, 5, 5)).not.toBeInViewport();
  await page.setViewportSize({ width: 1500, height: 900 });
  await expect(column(page, 1, 5)).toBeInViewport();
});

test('new replies beside a long one come into sight where they begin, and what stops them stays', async ({
  chat,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await chat.openWith([Array.from({ length: 1_200 }, (_, n) => `word${n}`).join(' ')]);
  await chat.chooseModel('tokens:2000x20');
  await regenerate(chat, page, 8);
  const first = column(page, 2, 9);
  await expect(first.getByText(/token 2 /)).toBeInViewport();
  const stopAll = group(page).getByRole('button', { name: 'Stop all' });
  await expect(stopAll).toBeInViewport();
  await expect(chat.assistant(2)).toBeFocused();
  await page.screenshot({ path: test.info().outputPath('beside-a-long-one.png') });
  // It stays there while they grow, and goes where the reader goes.
  await expect(first).toContainText('token 40 ');
  await expect(first.getByText(/token 2 /)).toBeInViewport();
  await chat.log.hover();
  await page.mouse.wheel(0, 1_500);
  await expect(first.getByText(/token 2 /)).not.toBeInViewport();
  await expect(stopAll).toBeInViewport();
  await page.screenshot({ path: test.info().outputPath('head-stays.png') });
  await stopAll.click();
  await expect(stopAll).toBeHidden();
});

test('on a phone one swipes from reply to reply, in the dark too', async ({ chat, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.openWith(['What would you pack?']);
  await regenerate(chat, page, 2);
  await chat.settled();
  await expect(column(page, 3, 3)).toContainText('What would you pack?');
  // The first that was asked for, not the one that was there before.
  await expect(column(page, 2, 3)).toBeInViewport({ ratio: 0.8 });
  await expect(column(page, 2, 3)).toHaveAttribute('aria-current', 'true');
  await expect(column(page, 3, 3)).not.toBeInViewport({ ratio: 0.3 });
  expect(await violationsIn(page, '[role=log]')).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('columns-phone.png') });
  await column(page, 3, 3).getByRole('button', { name: 'Continue with this one' }).click();
  await expect(chat.assistant(2).getByRole('group', { name: 'Versions' })).toContainText('3 / 3');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test('on a phone all below a reply is whole: versions, buttons, the time', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.openWith(['What would you pack?']);
  await chat.assistant(2).hover();
  await chat.assistant(2).getByRole('button', { name: 'Regenerate' }).click();
  await expect(chat.assistant(2).getByRole('group', { name: 'Versions' })).toContainText('2 / 2');
  await chat.settled();
  for (const width of [390, 360]) {
    await page.setViewportSize({ width, height: 844 });
    const cut = await chat.assistant(2).evaluate((article) =>
      [...article.querySelectorAll('button, time')].flatMap((one) => {
        const { left, right } = one.getBoundingClientRect();
        const whole = left >= 0 && right <= window.innerWidth && one.scrollWidth <= one.clientWidth + 1;
        return whole || (one.tagName === 'TIME' && right <= window.innerWidth) ? [] : [one.outerHTML];
      }),
    );
    expect(cut).toEqual([]);
    await expect(chat.assistant(2).locator('time')).toBeVisible();
  }
  // What has no room there is in the menu.
  await chat.assistant(2).getByRole('button', { name: 'More', exact: true }).click();
  const menu = page.getByRole('menu', { name: 'More' });
  await expect(menu.getByRole('menuitem', { name: 'Ask several', exact: true })).toBeVisible();
  await expect(menu.getByRole('menuitem', { name: 'Show side by side', exact: true })).toBeVisible();
});

test('ask several models at once, each as often and as freely as one likes', async ({ chat, page }) => {
  await chat.openWith(['Which city?']);
  await chat.inMenu(chat.assistant(2), /^Ask several$/);
  const dialog = page.getByRole('dialog', { name: 'Ask several' });
  // Until another mix was chosen, two of who would answer.
  const echo = dialog.getByRole('spinbutton', { name: 'echo', exact: true });
  await expect(echo).toHaveValue('2');
  await dialog.getByRole('button', { name: 'One less by echo' }).dblclick();
  await expect(echo).toHaveValue('0');
  await expect(dialog.getByRole('button', { name: 'Ask', exact: true })).toBeDisabled();
  await dialog.getByRole('button', { name: 'One more by echo' }).click();
  await expect(dialog.getByText('1 reply', { exact: true })).toBeVisible();
  await dialog.getByRole('spinbutton', { name: 'echo', exact: true }).fill('2');
  await dialog.getByRole('spinbutton', { name: 'Temperature for echo' }).fill('0.5');
  await dialog.getByRole('spinbutton', { name: 'tokens:100x20', exact: true }).fill('1');
  await expect(dialog.getByText('3 replies', { exact: true })).toBeVisible();
  expect(await violationsIn(page, 'dialog')).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('ask-several.png') });
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(column(page, 4, 4)).toContainText('token 3 ');
  for (const n of [2, 3]) await expect(column(page, n, 4)).toContainText('Which city?');
  await column(page, 4, 4).getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(column(page, 4, 4)).toContainText('Stopped');
});

test('however long replies become while they are written, their beginnings stay in sight', async ({
  chat,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 640 });
  await chat.openNew('echo');
  await chat.box.fill(Array.from({ length: 60 }, (_, n) => `Line ${n + 1} of a long message.`).join('\n\n'));
  await page.getByRole('button', { name: 'Ask several', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask several' });
  await dialog.getByRole('spinbutton', { name: 'echo', exact: true }).fill('8');
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  for (const n of [1, 8]) await expect(column(page, n, 8)).toContainText('Line 60 of');
  await chat.settled();
  await expect(group(page).getByText('8 replies to the same message')).toBeInViewport();
  await expect(column(page, 1, 8).getByText('Line 1 of')).toBeInViewport();
});
