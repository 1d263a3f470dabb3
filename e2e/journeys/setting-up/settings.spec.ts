import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';

// Prompts, tokens and models are of the whole server.
test.use({ server: 'own' });

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true });
const sections = (page: Page) => page.getByRole('navigation', { name: 'Settings' });

/** A conversation with a second branch that is hidden; archived or not. */
async function seed(url: string, n: number, title: string, archived: boolean): Promise<void> {
  const command = async (name: string, input: object) => {
    const response = await fetch(`${url}/api/commands/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(await response.text());
  };
  const conversation = `conversation-${n}`;
  await command('create', { conversation });
  await command('rename', { conversation, title });
  for (const at of [0, 1]) {
    const asked = { conversation, message: `message-${n}-${at}`, reply: `reply-${n}-${at}`, parent: null };
    await command('send', { ...asked, text: `Begin ${at}`, model: { source: 'demo', id: 'demo' } });
  }
  await command('mark', { conversation, marks: [{ message: `message-${n}-1`, pruned: true }] });
  if (archived) await command('archive', { conversation });
}

test('one place for what can be set, each section at its address, by button, key and palette', async ({
  chat,
  page,
}) => {
  await chat.openNew();
  await chat.sidebar.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page).toHaveURL(/\/settings$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(heading(page, 'Models and keys')).toBeVisible();
  await expect(sections(page).getByRole('link')).toHaveCount(7);

  // Who answers in new chats is chosen here, too.
  await page.getByRole('radio', { name: /^story/ }).check();
  await expect(page.getByRole('button', { name: 'Add an endpoint' })).toBeVisible();

  // The prompts that the dialog has.
  await sections(page).getByRole('link', { name: 'Prompts' }).click();
  await expect(page).toHaveURL(/\/settings\/prompts$/);
  await page.getByRole('button', { name: 'Add a prompt' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('shorter');
  await page.getByRole('textbox', { name: 'Text' }).fill('Say it in one sentence.');
  await page.getByRole('button', { name: 'Save', exact: true }).first().click();
  await expect(page.getByRole('list', { name: 'Your prompts' })).toContainText('shorter');

  await sections(page).getByRole('link', { name: 'Access' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('My phone');
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('list', { name: 'Access tokens' })).toContainText('My phone');

  await sections(page).getByRole('link', { name: 'Appearance and language' }).click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect(page.locator('html')).toHaveClass(/dark/);
  await page.getByRole('radio', { name: 'As the system' }).check();
  await page.goBack();
  await expect(heading(page, 'Access')).toBeVisible();

  await page.getByRole('button', { name: 'New chat' }).click();
  await expect(page.getByRole('button', { name: 'Model: story' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+,');
  await expect(heading(page, 'Models and keys')).toBeFocused();
  await chat.inPalette('prompts');
  await page.getByRole('option', { name: /^Prompts Settings/ }).click();
  await expect(heading(page, 'Prompts')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Your prompts' })).toContainText('shorter');

  // Without a message box the palette chooses a model here.
  await chat.inPalette('choose a model');
  await page.getByRole('option', { name: /^Choose a model/ }).click();
  await expect(heading(page, 'Models and keys')).toBeVisible();

  // The dialogs open as before, from here as well.
  await chat.sidebar.getByRole('button', { name: 'Access', exact: true }).click();
  const access = page.getByRole('dialog', { name: 'Access' });
  await expect(access.getByRole('list', { name: 'Access tokens' })).toContainText('My phone');
  await page.keyboard.press('Escape');

  await page.goto(`${chat.url}/settings/nothing`);
  await expect(page.getByRole('heading', { name: 'There is nothing at this address.' })).toBeVisible();
});

test('says what is hidden, archived and kept, and how much room it takes', async ({ chat, page, bough }) => {
  await page.goto(`${chat.url}/settings/chats`);
  await expect(page.getByText('No branch is hidden in any chat.')).toBeVisible();
  await seed(chat.url, 0, 'Kyoto in May', false);
  await seed(chat.url, 1, 'Tax return', true);
  const hidden = page.getByRole('list', { name: 'Hidden branches' });
  await expect(async () => {
    await page.reload();
    await expect(hidden.getByRole('listitem')).toHaveCount(2, { timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByText('2 branches in 2 chats.')).toBeVisible();
  await expect(hidden.getByRole('link', { name: /^Tax return 1 hidden branch · archived/ })).toBeVisible();
  await expect(page.getByRole('definition')).toHaveText(['1', '0', '0', '1']);
  expect(await axeFaults(page)).toEqual([]);

  // In the chat, what is hidden there.
  await hidden.getByRole('link', { name: /^Kyoto in May/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Hidden branches' });
  await dialog.getByRole('button', { name: /^Restore/ }).click();
  await expect(dialog.getByRole('button', { name: /^Restore/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.goBack();
  await expect(hidden.getByRole('listitem')).toHaveCount(1);
  await page.getByRole('button', { name: 'Show archived chats' }).click();
  await expect(chat.sidebar.getByRole('link', { name: 'Tax return' })).toBeVisible();
  await page.getByRole('radio', { name: 'By title' }).check();

  await sections(page).getByRole('link', { name: 'Data' }).click();
  await expect(page.getByText(bough.data, { exact: true })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /^Measured/ })).toBeVisible();
  const row = (name: RegExp) => page.getByRole('row', { name });
  await expect(row(/^Chats All that was said/)).toContainText(/\d+ kB/);
  await expect(row(/^Find in all chats/)).toBeVisible();
  await expect(row(/^Files/)).toHaveCount(0);
  const file = { 'content-type': 'application/octet-stream' };
  const sent = await page.request.post(`${chat.url}/api/files`, { headers: file, data: 'x'.repeat(5_000) });
  expect(sent.ok()).toBe(true);
  await page.getByRole('button', { name: 'Measure again' }).click();
  await expect(row(/^Files What was attached/)).toContainText('5 kB');
  await page.getByRole('button', { name: 'Export chats' }).click();
  await expect(page.getByRole('dialog', { name: /^Export/ })).toBeVisible();
  await page.keyboard.press('Escape');
  expect(await axeFaults(page)).toEqual([]);
});

test('brings back a chat that was deleted some time ago', async ({ chat, page }) => {
  const talk = await chat.openWith(['Trains to Nara']);
  await page.getByRole('button', { name: 'Tools', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete this chat' }).click();
  await expect(chat.sidebar.getByRole('link', { name: 'Trains to Nara' })).toHaveCount(0);
  // What was done is forgotten with the page.
  await page.goto(`${chat.url}/settings/chats`);
  const deleted = page.getByRole('list', { name: 'Deleted chats' });
  await expect(deleted.getByRole('listitem')).toHaveText(/^Trains to Nara/);
  expect(await axeFaults(page)).toEqual([]);
  await deleted.getByRole('button', { name: 'Restore “Trains to Nara”' }).click();
  await expect(page.getByText('No chat was deleted in the last 30 days.')).toBeVisible();
  await chat.sidebar.getByRole('link', { name: 'Trains to Nara' }).click();
  await expect(chat.assistant(2)).toBeVisible();
  expect(chat.conversationId()).toBe(talk.id);
});

test('on a phone the list leads to each section and back, and the focus goes along', async ({
  chat,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.openNew();
  await page.getByRole('button', { name: 'Show conversations' }).click();
  await chat.sidebar.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const names = [
    'Models and keys',
    'Agents',
    'Prompts',
    'Access',
    'Appearance and language',
    'Chats',
    'Data',
  ];
  for (const name of names) {
    await sections(page)
      .getByRole('link', { name: new RegExp(`^${name}`) })
      .click();
    await expect(heading(page, name)).toBeFocused();
    await expect(sections(page)).toBeHidden();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    if (name === 'Appearance and language') expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'All settings' }).click();
    await expect(sections(page).getByRole('link', { name: new RegExp(`^${name}`) })).toBeFocused();
  }
  expect(await axeFaults(page)).toEqual([]);
});
