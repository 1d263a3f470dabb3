import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';

// Folders are of all conversations of a server.
test.use({ server: 'own' });

async function command(url: string, name: string, input: object): Promise<void> {
  const response = await fetch(`${url}/api/commands/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Conversations of these titles, the last one used last. */
async function seed(url: string, ...titles: string[]): Promise<void> {
  for (const [n, title] of titles.entries()) {
    const conversation = `conversation-${n}`;
    await command(url, 'create', { conversation });
    await command(url, 'rename', { conversation, title });
  }
}

const listOf = (page: Page) => page.getByRole('navigation', { name: 'Conversations' });
const titles = (page: Page) => listOf(page).getByRole('list').getByRole('link');

test('makes folders, moves chats into them by drag, menu and palette, and undoes each', async ({
  chat,
  page,
  openTab,
}) => {
  await seed(chat.url, 'Kyoto in May', 'Tax return', 'Cherry trees');
  await chat.openNew();
  const list = listOf(page);
  const folder = (name: string, count: number) =>
    list.getByRole('button', { name: `${name} , ${count} chat${count === 1 ? '' : 's'}` });

  await list.getByRole('button', { name: 'Order and folders' }).click();
  await page.getByRole('menuitem', { name: 'New folder' }).click();
  const dialog = page.getByRole('dialog', { name: 'New folder' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Journeys');
  await page.keyboard.press('Enter');
  await expect(folder('Journeys', 0)).toBeVisible();
  await expect(page.getByText('Made the folder “Journeys”.').last()).toBeVisible();

  const other = await openTab();
  await other.openNew();
  const there = listOf(other.page);
  await expect(there.getByRole('button', { name: /^Journeys/ })).toBeVisible();

  await list.getByRole('link', { name: 'Kyoto in May' }).dragTo(folder('Journeys', 0));
  await expect(folder('Journeys', 1)).toBeVisible();
  await expect(list.getByRole('link', { name: 'Kyoto in May' })).toBeHidden();
  await expect(there.getByRole('button', { name: 'Journeys , 1 chat' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(folder('Journeys', 0)).toBeVisible();
  await expect(list.getByRole('link', { name: 'Kyoto in May' })).toBeVisible();

  await list.getByRole('link', { name: 'Kyoto in May' }).hover();
  await list.getByRole('button', { name: 'More actions for Kyoto in May' }).click();
  await page.getByRole('menuitem', { name: 'Move to a folder…' }).click();
  const move = page.getByRole('dialog', { name: 'Move “Kyoto in May” to a folder' });
  await move.getByRole('option', { name: 'Journeys' }).click();
  await expect(folder('Journeys', 1)).toBeVisible();
  await folder('Journeys', 1).click();
  await expect(list.getByRole('link', { name: 'Kyoto in May' })).toBeVisible();

  // From the palette, into a folder that is made on the way.
  await list.getByRole('link', { name: 'Tax return' }).click();
  await expect(page.getByRole('heading', { name: 'Tax return' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('Move this chat');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Move “Tax return” to a folder' })).toBeFocused();
  await page.keyboard.type('Papers');
  await page.getByRole('option', { name: 'New folder “Papers”' }).click();
  await expect(folder('Papers', 1)).toBeVisible();

  // By keys: into the folder, renamed, removed with what is in it kept, and back.
  await folder('Journeys', 1).press('ArrowDown');
  await expect(list.getByRole('link', { name: 'Kyoto in May' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('F2');
  await list.getByRole('textbox', { name: 'Name of the folder' }).fill('Trips');
  await page.keyboard.press('Enter');
  await expect(folder('Trips', 1)).toBeFocused();
  await expect(there.getByRole('button', { name: 'Trips , 1 chat' })).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(list.getByRole('button', { name: /^Trips/ })).toBeHidden();
  await expect(list.getByRole('link', { name: 'Kyoto in May' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(folder('Trips', 1)).toBeVisible();

  await page.reload();
  await expect(list.getByRole('link', { name: 'Kyoto in May' })).toBeVisible();
  await expect(folder('Trips', 1)).toHaveAttribute('aria-expanded', 'true');
  expect(await axeFaults(page)).toEqual([]);
});

test('pins chats, sorts the list and counts what is archived', async ({ chat, page }) => {
  await seed(chat.url, 'Beta', 'Part 10', 'Part 2', 'Alpha');
  await chat.openNew();
  const list = listOf(page);
  await expect(titles(page)).toHaveText(['Alpha', 'Part 2', 'Part 10', 'Beta']);
  await list.getByRole('link', { name: 'Beta' }).focus();
  await page.keyboard.press('p');
  await expect(titles(page)).toHaveText(['Beta', 'Alpha', 'Part 2', 'Part 10']);
  await expect(list.getByRole('heading', { name: 'Pinned' })).toBeVisible();
  const sort = async (name: string) => {
    await list.getByRole('button', { name: 'Order and folders' }).click();
    await page.getByRole('menuitemradio', { name }).click();
  };
  await sort('By title');
  await expect(titles(page)).toHaveText(['Beta', 'Alpha', 'Part 2', 'Part 10']);
  await page.reload();
  await expect(titles(page)).toHaveText(['Beta', 'Alpha', 'Part 2', 'Part 10']);
  await list.getByRole('link', { name: 'Beta' }).hover();
  await list.getByRole('button', { name: 'More actions for Beta' }).click();
  await page.getByRole('menuitem', { name: 'Unpin' }).click();
  await expect(titles(page)).toHaveText(['Alpha', 'Beta', 'Part 2', 'Part 10']);
  await sort('Newest first');
  await expect(titles(page)).toHaveText(['Alpha', 'Part 2', 'Part 10', 'Beta']);

  await list.getByRole('link', { name: 'Part 2' }).hover();
  await list.getByRole('button', { name: 'More actions for Part 2' }).click();
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await list.getByRole('button', { name: 'Archived 1' }).click();
  await expect(titles(page)).toHaveText(['Part 2']);
});

test('the palette sorts the list, selects chats, leads into a folder, and files the chat that is open', async ({
  chat,
  page,
}) => {
  await seed(chat.url, 'Beta', 'Kyoto in May', 'Alpha');
  await command(chat.url, 'chat-folder', { folder: 'folder-0001', name: 'Journeys' });
  await command(chat.url, 'arrange', { conversations: ['conversation-1'], filed: 'folder-0001' });
  await chat.openNew();
  const list = listOf(page);
  await list.getByRole('button', { name: 'Hide conversations' }).click();
  await expect(list).toBeHidden();
  const run = async (words: string, name: string) => {
    await chat.inPalette(words);
    await page.getByRole('option', { name, exact: false }).first().click();
  };
  // What is done with the list brings it.
  await run('sort title', 'Sort chats by title');
  await expect(titles(page)).toHaveText(['Alpha', 'Beta']);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('sort');
  await expect(
    page.getByRole('option', { name: /^Sort chats by title The list is in this order/ }),
  ).toBeDisabled();
  await page.keyboard.press('Escape');
  await run('sort newest', 'Sort chats newest first');
  await expect(titles(page)).toHaveText(['Alpha', 'Beta']);

  // A folder, from the archived chats too: shown, open, with the focus.
  await list.getByRole('button', { name: 'Archived' }).click();
  await run('journ', 'Journeys');
  const folder = list.getByRole('button', { name: 'Journeys , 1 chat' });
  await expect(folder).toBeFocused();
  await expect(folder).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Kyoto in May' })).toBeVisible();
  await run('pin', 'Pin this chat');
  await expect(list.getByRole('heading', { name: 'Pinned' })).toBeVisible();
  await run('select chats', 'Select chats');
  await expect(page.getByRole('toolbar', { name: 'Selected chats' })).toBeVisible();
});

test('on a phone chats are moved by their menu, and folders opened with a finger', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 780 });
  await seed(chat.url, 'Kyoto in May', 'Tax return');
  await chat.openNew();
  await page.getByRole('button', { name: 'Show conversations' }).click();
  const list = listOf(page);
  await list.getByRole('button', { name: 'More actions for Tax return' }).click();
  await page.getByRole('menuitem', { name: 'Move to a folder…' }).click();
  await page.getByRole('combobox', { name: 'Move “Tax return” to a folder' }).fill('Papers');
  await page.getByRole('option', { name: 'New folder “Papers”' }).click();
  await expect(list.getByRole('link', { name: 'Tax return' })).toBeHidden();
  await list.getByRole('button', { name: 'Papers , 1 chat' }).click();
  await list.getByRole('link', { name: 'Tax return' }).click();
  await expect(page.getByRole('heading', { name: 'Tax return' })).toBeVisible();
});

test('chooses several by mouse and keys: archived, moved, exported and deleted in one go, each undone', async ({
  chat,
  page,
}) => {
  await seed(chat.url, 'One', 'Two', 'Three', 'Four');
  await command(chat.url, 'chat-folder', { folder: 'folder-0001', name: 'Papers' });
  await chat.openNew();
  const list = listOf(page);
  const bar = page.getByRole('toolbar', { name: 'Selected chats' });
  await list.getByRole('link', { name: 'Four' }).click({ modifiers: ['ControlOrMeta'] });
  await list.getByRole('link', { name: 'Two' }).click({ modifiers: ['Shift'] });
  await expect(bar.getByRole('status')).toHaveText('3 of 4 selected');
  await bar.getByRole('button', { name: 'Archive the selected chats' }).click();
  await expect(page.getByText('Archived 3 chats.').last()).toBeVisible();
  await expect(titles(page)).toHaveText(['One']);
  await expect(bar).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(titles(page)).toHaveText(['Four', 'Three', 'Two', 'One']);

  await list.getByRole('link', { name: 'Four' }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(bar.getByRole('status')).toHaveText('4 of 4 selected');
  await bar.getByRole('button', { name: 'Move the selected chats to a folder' }).click();
  await page
    .getByRole('dialog', { name: 'Move 4 chats to a folder' })
    .getByRole('option', { name: 'Papers' })
    .click();
  await expect(list.getByRole('button', { name: 'Papers , 4 chats' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(titles(page)).toHaveText(['Four', 'Three', 'Two', 'One']);

  await list.getByRole('link', { name: 'Three' }).click({ modifiers: ['ControlOrMeta'] });
  await list.getByRole('link', { name: 'One' }).click({ modifiers: ['ControlOrMeta'] });
  await bar.getByRole('button', { name: 'Export the selected chats' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export 2 chats' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Bough, 2 chats.bough.json');
  const written = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(
    written.map((one: { conversation: { title: { text: string } } }) => one.conversation.title.text),
  ).toEqual(['Three', 'One']);
  await list.getByRole('link', { name: 'Three' }).click({ modifiers: ['ControlOrMeta'] });
  await list.getByRole('link', { name: 'One' }).click({ modifiers: ['ControlOrMeta'] });
  await bar.getByRole('button', { name: 'Export the selected chats' }).click();
  await dialog.getByRole('radio', { name: 'Web pages' }).check();
  const [zip] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download' }).click(),
  ]);
  await expect(page.getByText('Exported 2 chats.').last()).toBeVisible();
  expect(zip.suggestedFilename()).toBe('Bough, 2 chats.zip');
  const pages = unzipSync(await readFile(await zip.path()));
  expect(Object.keys(pages)).toEqual(['Three.html', 'One.html']);

  await list.getByRole('link', { name: 'Three' }).click();
  await expect(page.getByRole('heading', { name: 'Three' })).toBeVisible();
  await list.getByRole('link', { name: 'Four' }).focus();
  await page.keyboard.press('Shift+Space');
  await page.keyboard.press('Shift+ArrowDown');
  await bar.getByRole('button', { name: 'Delete the selected chats' }).click();
  await expect(page.getByText('Deleted 2 chats.').last()).toBeVisible();
  await expect(titles(page)).toHaveText(['Two', 'One']);
  await expect(chat.box).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(titles(page)).toHaveText(['Four', 'Three', 'Two', 'One']);
  expect(await axeFaults(page)).toEqual([]);
});

test('on a phone chats are chosen by a finger', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 780 });
  await seed(chat.url, 'One', 'Two', 'Three');
  await chat.openNew();
  await page.getByRole('button', { name: 'Show conversations' }).click();
  const list = listOf(page);
  await list.getByRole('button', { name: 'Order and folders' }).click();
  await page.getByRole('menuitem', { name: 'Select chats' }).click();
  await list.getByRole('link', { name: 'One' }).click();
  await list.getByRole('checkbox', { name: 'Select Two' }).click();
  const bar = page.getByRole('toolbar', { name: 'Selected chats' });
  await expect(bar.getByRole('status')).toHaveText('2 of 3 selected');
  expect(await axeFaults(page)).toEqual([]);
  await bar.getByRole('button', { name: 'Archive the selected chats' }).click();
  await expect(titles(page)).toHaveText(['Three']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(titles(page)).toHaveText(['Three', 'Two', 'One']);
});
