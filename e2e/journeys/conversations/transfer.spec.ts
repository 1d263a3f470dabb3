import { readFile } from 'node:fs/promises';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';

/** A conversation of Claude with an edited question, and something that is none. */
const EXPORT = JSON.stringify([
  {
    ...{
      uuid: 'one',
      name: 'Ferns and mosses',
      created_at: '2025-03-01T09:00:00Z',
      updated_at: '2025-03-01T10:00:00Z',
    },
    chat_messages: [
      {
        uuid: 'a',
        parent_message_uuid: '00000000-0000-4000-8000-000000000000',
        sender: 'human',
        text: 'What grows in shade?',
      },
      { uuid: 'b', parent_message_uuid: 'a', sender: 'assistant', text: 'Ferns do.' },
      { uuid: 'c', parent_message_uuid: 'a', sender: 'assistant', text: 'Mosses do.' },
    ],
  },
  { uuid: 'two', name: 'Not wanted', chat_messages: [{ uuid: 'd', sender: 'human', text: 'Leave me out' }] },
  { something: 'else' },
]);

test('bring conversations in from elsewhere, choose which, and take one away as a page', async ({
  chat,
  page,
  context,
}) => {
  await chat.openNew();
  await page.getByRole('button', { name: 'Import chats' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  const chooser = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles({
    name: 'export.json',
    mimeType: 'application/json',
    buffer: Buffer.from(EXPORT),
  });
  await expect(
    dialog.getByRole('checkbox', { name: /Ferns and mosses Claude · .* · 3 messages, 2 branches/ }),
  ).toBeChecked();
  await expect(dialog).toContainText('Conversation 3 of export.json is in no format that Bough knows.');
  await dialog.getByRole('checkbox', { name: /Not wanted/ }).uncheck();
  expect(await axeFaults(page)).toEqual([]);
  await expect(dialog).toContainText('2 conversations, 4 messages, 1 with branches');
  // What was uploaded is not kept once it was brought in, however long the dialog stays open.
  const letGo = page.waitForResponse(
    (answer) => answer.request().method() === 'DELETE' && answer.url().includes('/api/imports/'),
  );
  await dialog.getByRole('button', { name: 'Import 1 conversation' }).click();
  await expect(dialog).toContainText('1 conversation imported, 3 messages are new.');
  expect((await letGo).status()).toBe(200);
  await dialog.getByRole('link', { name: 'Open “Ferns and mosses”' }).click();
  await expect(dialog).toBeHidden();
  await expect(chat.assistant(2)).toContainText('Mosses do.');
  await expect(page.getByText('2 / 2').first()).toBeVisible();

  await page.getByRole('button', { name: 'Tools' }).click();
  await page.getByRole('menuitem', { name: 'Export this chat' }).click();
  const out = page.getByRole('dialog', { name: 'Export' });
  expect(await axeFaults(page)).toEqual([]);
  const download = page.waitForEvent('download');
  await out.getByRole('link', { name: 'Download' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('Ferns and mosses.html');

  // Opened as a file: no server, no network.
  const alone = await context.newPage();
  const faults: string[] = [];
  alone.on('pageerror', ({ message }) => faults.push(message));
  alone.on('console', (said) => said.type() === 'error' && faults.push(said.text()));
  await alone.setContent(await readFile(await file.path(), 'utf8'));
  const thread = alone.getByRole('main', { name: 'Messages' });
  await expect(thread).toContainText('Mosses do.');
  await expect(thread.getByText(/^(1 Mar|Mar 1,) 2025, \d/).first()).toBeVisible();
  // Beside the tree, too, the words have the room there is, up to 736 px.
  const { width } = await thread.evaluate((all) =>
    (all.firstElementChild as Element).getBoundingClientRect(),
  );
  expect(width).toBeGreaterThan(700);
  await thread.getByRole('button', { name: 'Previous version' }).click();
  await expect(thread).toContainText('Ferns do.');
  await alone.getByRole('navigation', { name: 'Tree' }).getByRole('link', { name: 'Mosses do.' }).click();
  await expect(thread).toContainText('Mosses do.');
  await alone.getByRole('searchbox', { name: 'Find' }).fill('ferns');
  await expect(alone.getByText('1 found')).toBeVisible();
  await alone.keyboard.press('Enter');
  await expect(thread).toContainText('Ferns do.');
  // On a phone the tree leaves the words most of the height, however many branches there are.
  await alone.setViewportSize({ width: 390, height: 800 });
  const tree = alone.getByRole('navigation', { name: 'Tree' });
  await tree.evaluate((all) => all.insertAdjacentHTML('beforeend', '<p style="height: 2000px"></p>'));
  expect(await tree.evaluate((all) => all.clientHeight)).toBeLessThan(240);
  expect(faults).toEqual([]);
});

test('show, and take away, what begins with one message, with all below it', async ({
  chat,
  page,
  context,
}) => {
  await chat.openNew();
  await chat.send('Begin with lanterns');
  await expect(chat.assistant(2)).toContainText('Begin with lanterns');
  await chat.settled();
  await chat.ask('Paper or silk?', 4);
  await chat.user(3).getByRole('button', { name: 'Edit', exact: true }).click();
  await chat.editor.fill('Red or white?');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(chat.assistant(4)).toContainText('Red or white?');
  await chat.settled();
  const menu = async (item: string) => {
    await chat.inMenu(chat.user(3), item);
  };

  await menu('Share from here');
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByRole('radio', { name: 'From this message on' })).toBeChecked();
  await expect(dialog).toContainText('What leads to “Red or white?”, and every branch below it');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  const links = dialog.getByRole('list', { name: 'Links' });
  await expect(links).toContainText('a branch: 4 messages, as of');
  const friend = await context.newPage();
  await friend.goto((await links.getByRole('link').getAttribute('href')) ?? '');
  await expect(friend.getByRole('main', { name: 'Messages' })).toContainText('Red or white?');
  expect(await friend.content()).not.toContain('Paper or silk?');
  await page.keyboard.press('Escape');

  await menu('Export from here');
  const out = page.getByRole('dialog', { name: 'Export' });
  await expect(out.getByRole('radio', { name: 'From this message on' })).toBeChecked();
  await expect(out.getByRole('radio', { name: 'OpenAI messages' })).toHaveCount(0);
  await out.getByRole('radio', { name: 'Markdown' }).check();
  const download = page.waitForEvent('download');
  await out.getByRole('link', { name: 'Download' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text).toContain('Begin with lanterns');
  expect(text).toContain('Red or white?');
  expect(text).not.toContain('Paper or silk?');
});

test('take away a chat of the list that is not open', async ({ chat, page }) => {
  await chat.openNew();
  await chat.send('Take this along');
  await expect(chat.assistant(2)).toContainText('Take this along');
  await chat.openNew();
  await page
    .getByRole('navigation', { name: 'Conversations' })
    .getByRole('button', { name: 'More actions for Take this along' })
    .click();
  await page.getByRole('menuitem', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  // Which path of it is read is not known here.
  await expect(dialog.getByRole('radio', { name: 'This path' })).toHaveCount(0);
  await dialog.getByRole('radio', { name: 'Markdown' }).check();
  const download = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Download' }).click();
  const file = await download;
  expect(await readFile(await file.path(), 'utf8')).toContain('## You\n\nTake this along');
});

test('show a chat to somebody by a link, as it was, and take the link back', async ({
  chat,
  page,
  context,
}) => {
  await chat.openNew();
  await chat.send('Show this to a friend');
  await expect(chat.assistant(2)).toContainText('Show this to a friend');
  await page.getByRole('button', { name: 'Tools' }).click();
  await page.getByRole('menuitem', { name: 'Share this chat' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog).toContainText('Only this computer can reach Bough');
  await expect(dialog.getByRole('link', { name: 'Download the web page' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Create link' }).click();
  const links = dialog.getByRole('list', { name: 'Links' });
  await expect(links).toContainText('the whole conversation: 2 messages, as of');
  expect(await axeFaults(page)).toEqual([]);
  const address = (await links.getByRole('link').getAttribute('href')) ?? '';
  const friend = await context.newPage();
  await friend.goto(address);
  const thread = friend.getByRole('main', { name: 'Messages' });
  await expect(thread).toContainText('Show this to a friend');
  await expect(friend.getByRole('textbox', { name: 'Message' })).toHaveCount(0);
  await links.getByRole('button', { name: 'Revoke' }).click();
  await expect(links).toBeHidden();
  await friend.reload();
  await expect(friend.getByRole('heading', { name: 'Not shared any more' })).toBeVisible();
});

test('a link is updated under its address, says when it ends, and that it has', async ({
  chat,
  page,
  context,
}) => {
  await page.setViewportSize({ width: 390, height: 700 });
  await chat.openNew();
  await chat.send('Plan the garden');
  await expect(chat.assistant(2)).toContainText('Plan the garden');
  await chat.settled();
  const open = async () => {
    await page.getByRole('button', { name: 'Tools' }).click();
    await page.getByRole('menuitem', { name: 'Share this chat' }).click();
  };
  await open();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  const links = dialog.getByRole('list', { name: 'Links' });
  await dialog.getByRole('combobox', { name: 'The link ends' }).selectOption('After a day');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  // It is in sight, wherever the button was.
  const copy = links.getByRole('button', { name: 'Copy link' });
  await expect(copy).toBeFocused();
  await expect(copy).toBeInViewport();
  await expect(links).toContainText(/2 messages, as of .*, ends .*20\d\d, \d+:\d\d/);
  const friend = await context.newPage();
  await friend.goto((await links.getByRole('link').getAttribute('href')) ?? '');
  const thread = friend.getByRole('main', { name: 'Messages' });
  await page.keyboard.press('Escape');

  await chat.ask('And the pond?', 4);
  await friend.reload();
  await expect(thread).not.toContainText('And the pond?');
  await open();
  await links.getByRole('button', { name: 'Update it' }).click();
  await expect(links).toContainText('4 messages');
  await friend.reload();
  await expect(thread).toContainText('And the pond?');
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.clock.setFixedTime(Date.now() + 2 * 24 * 60 * 60_000);
  await open();
  await expect(links).toContainText('has ended');
  await expect(links.getByRole('link')).toHaveCount(0);
  await expect(links.getByRole('button')).toHaveText(['Remove']);
  expect(await axeFaults(page)).toEqual([]);
  await links.getByRole('button', { name: 'Remove' }).click();
  await expect(links).toBeHidden();
});

test('an import that is cancelled keeps what came, says so, and goes on when it is repeated', async ({
  chat,
  page,
}) => {
  await chat.openNew();
  const some = Array.from({ length: 150 }, (_, n) => ({
    ...{ uuid: `cancelled-${n}`, name: `Shade ${n}`, created_at: '2025-03-01T09:00:00Z' },
    chat_messages: [{ uuid: `m${n}`, sender: 'human', text: `What grows in shade ${n}?` }],
  }));
  const file = {
    ...{ name: 'export.json', mimeType: 'application/json' },
    buffer: Buffer.from(JSON.stringify(some)),
  };
  const dialog = page.getByRole('dialog', { name: 'Import' });
  const choose = async () => {
    await page.getByRole('button', { name: 'Import chats' }).click();
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles(file);
    await dialog.getByRole('button', { name: 'Import 150 conversations' }).click();
  };
  await choose();
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  // As the button does: whoever closes it now is told first.
  await page.keyboard.press('Escape');
  await expect(dialog).toContainText('Stopped. What was imported stays; importing again goes on from there.');
  await expect(dialog.getByRole('button', { name: 'Close' }).last()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await choose();
  await expect(dialog).toContainText(/conversations? imported|Nothing is new/, { timeout: 60_000 });
  await expect(dialog).not.toContainText('Stopped');
  const [, fresh = 0] = /(\d+) conversations? imported/.exec(await dialog.innerText()) ?? [];
  const [, before = 0] = /(\d+) conversations were here/.exec(await dialog.innerText()) ?? [];
  expect(Number(fresh) + Number(before)).toBeGreaterThanOrEqual(149);
});
