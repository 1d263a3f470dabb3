import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { violationsIn } from '../../pages/axe.ts';

const quotes = (page: Page) => page.getByRole('list', { name: 'Quotes', exact: true });
const bar = (page: Page) => page.getByRole('toolbar', { name: 'Selected words' });

/** Selects the first `count` characters of the words in an element, as a hand does. */
async function select(within: Locator, count: number): Promise<void> {
  await within.evaluate((element, most) => {
    const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode() as Text;
    getSelection()?.setBaseAndExtent(text, 0, text, Math.min(most, text.length));
  }, count);
}

test('quote selected words, lose nothing by a reload, send them, and go from the quote to its source and back', async ({
  chat,
  page,
}) => {
  await chat.openWith(['Which city first?']);
  const words = chat.assistant(2).locator('.md p').first();
  await select(words, 12);
  await bar(page).getByRole('button', { name: 'Quote', exact: true }).click();
  await expect(quotes(page).getByRole('listitem')).toHaveCount(1);
  await expect(chat.box).toBeFocused();
  await page.reload();
  await expect(quotes(page).getByRole('listitem')).toHaveCount(1);
  expect(await violationsIn(page)).toEqual([]);
  await chat.ask('Why do you say so?', 4);
  await expect(quotes(page)).toHaveCount(0);
  const quoted = chat.user(3).getByRole('figure', { name: /^Quoted from / });
  await expect(quoted).toContainText((await words.innerText()).slice(0, 12));
  await quoted.getByRole('button', { name: 'Go to the source' }).click();
  await expect(page).toHaveURL(/m=/);
  await chat.assistant(2).getByRole('button', { name: 'Quoted in “Why do you say so?”' }).click();
  await expect(chat.user(3)).toBeInViewport();
  expect(await violationsIn(page)).toEqual([]);
});

test('a notice makes room for a quote that comes into the message box', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await chat.openWith(['One', 'Two']);
  await chat.user(3).focus();
  await page.keyboard.press('Delete');
  const notice = page.getByRole('region', { name: 'Notices' }).getByRole('listitem');
  await expect(notice).toBeVisible();
  await chat.assistant(2).focus();
  await page.keyboard.press('q');
  const item = quotes(page).getByRole('listitem');
  await expect(item).toBeVisible();
  const apart = async () => {
    const [above, below] = [await notice.boundingBox(), await item.boundingBox()];
    return above !== null && below !== null && above.y + above.height <= below.y;
  };
  await expect.poll(apart).toBe(true);
  await quotes(page)
    .getByRole('button', { name: /^Remove the quote/ })
    .click();
  await expect(quotes(page)).toHaveCount(0);
});

test('by keys and from the menu; an edit keeps the quote, or leaves it out', async ({ chat, page }) => {
  await chat.openWith(['One']);
  await chat.assistant(2).focus();
  await page.keyboard.press('q');
  await expect(quotes(page).getByRole('listitem')).toHaveCount(1);
  await quotes(page)
    .getByRole('button', { name: /^Remove the quote/ })
    .click();
  await expect(quotes(page)).toHaveCount(0);
  await chat.inMenu(chat.assistant(2), /^Quote$/);
  // A quote alone is a message.
  await chat.sendButton.click();
  await chat.settled();
  await expect(chat.user(3).getByRole('figure', { name: /^Quoted from / })).toBeVisible();
  await chat.user(3).hover();
  await chat.user(3).getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(quotes(page).getByRole('listitem')).toHaveCount(1);
  await chat.editor.fill('With words');
  await page.getByRole('button', { name: 'Save only' }).click();
  await expect(chat.user(3)).toContainText('With words');
  await expect(chat.user(3).getByRole('figure', { name: /^Quoted from / })).toBeVisible();
});

test('into another chat, whose reader can open the source; on a phone too', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await chat.openWith(['The first chat']);
  const first = chat.conversationId();
  await chat.openWith(['The second chat']);
  await chat.assistant(2).getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Quote into…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Quote into' });
  await dialog.getByRole('combobox').fill('The first');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(first));
  await expect(quotes(page).getByRole('listitem')).toHaveCount(1);
  await chat.ask('What of this?', 4);
  await chat.user(3).getByRole('button', { name: 'Open the source in its chat' }).click();
  await expect(page).not.toHaveURL(new RegExp(first));
  await expect(chat.assistant(2)).toBeInViewport();
});

test('a summary of another branch is written, mended and quoted where I am; nothing is stored before', async ({
  chat,
  page,
}) => {
  await chat.openWith(['One', 'Two'], 'echo');
  await chat.user(3).focus();
  await page.keyboard.press('e');
  await chat.editor.fill('Two, otherwise');
  await chat.saveAndSend();
  await expect(chat.assistant(4)).toContainText('Two, otherwise');
  await chat.settled();
  await page.getByRole('radio', { name: 'Tree', exact: true }).check({ force: true });
  const row = page.getByRole('treeitem', { name: /^(?!.*otherwise).*Two/ });
  await row.click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Quote a summary/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Quote a summary' });
  const words = dialog.getByRole('textbox', { name: 'Summary' });
  await expect(words).toHaveValue(/wall\.$/);
  await expect(
    dialog.getByRole('radio', { name: 'This branch alone: 2 messages since “One”' }),
  ).toBeChecked();
  expect(await violationsIn(page, 'dialog')).toEqual([]);
  await dialog.getByRole('radio', { name: 'All from the beginning: 4 messages' }).check();
  await expect(words).toHaveValue(/wall\.$/);
  await words.fill('They chose beds.');
  await dialog.getByRole('button', { name: 'Quote into…' }).click();
  await page.keyboard.press('Escape');
  await expect(words).toHaveValue('They chose beds.');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(quotes(page)).toHaveCount(0);
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Edit' }).click();
  await dialog.getByRole('button', { name: 'Quote it' }).click();
  await expect(quotes(page).getByRole('listitem')).toHaveCount(1);
  await expect(chat.box).toBeFocused();
  await chat.ask('And now?', 6);
  const quoted = chat.user(5).getByRole('figure', { name: 'Summary by you' });
  await expect(quoted).toContainText('They chose beds.');
  await quoted.getByRole('button', { name: 'Go to the source' }).click();
  await expect(chat.user(3).getByRole('group', { name: 'Versions' })).toContainText('1 / 2');
});
