import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test, watch } from '../../fixtures.ts';
import { violationsIn } from '../../pages/axe.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { type BoughServer, startBough } from '../../server.ts';

/** As a reverse proxy makes it: others can reach it, so nothing works without a token. */
let bough: BoughServer;
let faults: string[][];
test.beforeEach(async () => {
  const port = await freePort();
  bough = await startBough({
    BOUGH_DEMO_MODES: '1',
    BOUGH_PORT: `${port}`,
    BOUGH_PUBLIC_URL: `http://127.0.0.1:${port}`,
  });
  faults = [];
});
test.afterEach(async ({ context }) => {
  // What a page still asks for is refused by a server that closes.
  for (const page of context.pages()) await page.close();
  await bough.stop();
  expect(faults.flat()).toEqual([]);
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const socket = createServer().listen(0, '127.0.0.1', () => {
      const { port } = socket.address() as AddressInfo;
      socket.close(() => resolve(port));
    });
  });
}

/** The address with the first token, as the server printed it. */
async function printed(): Promise<string> {
  const address = () => bough.said.map((line) => /http:\S+#token=\S+/.exec(line)?.[0]).find(Boolean);
  await expect.poll(address).toBeTruthy();
  return address() as string;
}

/** A tab that is refused what it asks for while nobody is signed in. */
async function tabOf(context: BrowserContext): Promise<ChatPage> {
  const page = await context.newPage();
  faults.push(watch(page, [/status of 401/, /ERR_INCOMPLETE_CHUNKED_ENCODING/]));
  return new ChatPage(page, bough.url);
}

const signIn = (page: Page) => page.getByRole('dialog', { name: 'Sign in' });

async function signInWith(page: Page, token: string): Promise<void> {
  await signIn(page).getByLabel('Access token').fill(token);
  await signIn(page).getByRole('button', { name: 'Sign in' }).click();
}

test('the printed address signs a browser in, and leaves no token behind', async ({ context }) => {
  const chat = await tabOf(context);
  await chat.page.goto(await printed());
  await expect(chat.box).toBeVisible();
  expect(chat.page.url()).toBe(`${bough.url}/`);
  await chat.chooseModel(/^Demo \(/);
  await chat.ask('Hello from my phone', 2);
  await chat.page.reload();
  await expect(chat.user(1)).toContainText('Hello from my phone');
  await expect(signIn(chat.page)).toBeHidden();
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
});

test('whoever is signed out is asked to sign in, over what is on the page, and loses nothing typed', async ({
  context,
}) => {
  const chat = await tabOf(context);
  const address = await printed();
  await chat.page.goto(address);
  await chat.chooseModel(/^Demo \(/);
  await chat.ask('Before the cookie went', 2);
  // Steps to undo have words of the chat in them.
  const steps = () => chat.page.evaluate(() => localStorage.getItem('bough:undo'));
  await chat.user(1).focus();
  await chat.page.keyboard.press('s');
  await expect.poll(steps).toContain('Starred');
  await context.clearCookies();
  await chat.send('Sent without a cookie');
  await expect(signIn(chat.page)).toBeVisible();
  await expect.poll(steps).toBeNull();
  expect(await violationsIn(chat.page)).toEqual([]);
  await signInWith(chat.page, 'bough_wrong');
  await expect(signIn(chat.page)).toContainText('not known here');
  await chat.page.keyboard.press('Escape');
  await expect(chat.user(3)).toContainText('Sent without a cookie');
  await chat.box.fill('And a draft');
  await expect(chat.page.getByText('You are signed out. What you write is kept')).toBeVisible();
  await chat.page.getByRole('button', { name: 'Sign in' }).click();
  await signInWith(chat.page, ` ${address}\n`);
  await expect(signIn(chat.page)).toBeHidden();
  await expect(chat.assistant(4)).toContainText('the last was “Sent without a cookie”');
  await expect(chat.box).toHaveValue('And a draft');
});

test('signing out leaves nothing that was written or read in the browser, unless drafts are kept', async ({
  context,
}) => {
  const chat = await tabOf(context);
  const { page } = chat;
  const address = await printed();
  await page.goto(address);
  await chat.chooseModel(/^Demo \(/);
  await chat.ask('A question about leekcastle', 2);
  const conversation = page.url();
  await chat.box.fill('A draft about leekcastle');
  const dialog = page.getByRole('dialog', { name: 'Access' });
  const stored = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));

  await test.step('with the drafts', async () => {
    await page.getByRole('button', { name: 'Access', exact: true }).click();
    await dialog.getByRole('button', { name: 'Sign out in this browser' }).click();
    await expect(dialog).toContainText('This browser has 1 draft.');
    const keep = dialog.getByRole('checkbox', { name: 'Keep my drafts in this browser' });
    await expect(keep).not.toBeChecked();
    expect(await violationsIn(page)).toEqual([]);
    await keep.check();
    await dialog.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(signIn(page)).toBeVisible();
    expect(await stored()).toContain('A draft about leekcastle');
    await signInWith(page, address);
    await expect(signIn(page)).toBeHidden();
    await page.goto(conversation);
    await expect(chat.box).toHaveValue('A draft about leekcastle');
  });

  const other = await context.newPage();
  await test.step('with nothing, in other tabs too', async () => {
    await other.goto(conversation);
    await expect(other.getByRole('textbox', { name: 'Message' })).toHaveValue('A draft about leekcastle');
    await other.getByRole('textbox', { name: 'Message' }).fill('Another about leekcastle');
    await chat.user(1).focus();
    await page.keyboard.press('s');
    await expect.poll(stored).toContain('Starred');
    await page.getByRole('button', { name: 'Access', exact: true }).click();
    await dialog.getByRole('button', { name: 'Sign out in this browser' }).click();
    await dialog.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(signIn(page)).toBeVisible();
    expect(await stored()).not.toMatch(/leekcastle|Starred/);
    await page.goto(conversation);
    await expect(signIn(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(chat.box).toHaveValue('');
    await expect(page.getByText('leekcastle')).toHaveCount(0);
    expect(await stored()).not.toMatch(/leekcastle/);
    await expect(signIn(other)).toBeVisible();
    await expect(other.getByText('leekcastle')).toHaveCount(0);
    await other.close();
    expect(await stored()).not.toMatch(/leekcastle/);
  });
});

test('a browser whose token it revokes itself, or that was signed out otherwise, can leave nothing written either', async ({
  context,
}) => {
  const chat = await tabOf(context);
  const { page } = chat;
  const address = await printed();
  await page.goto(address);
  const stored = () => page.evaluate(() => JSON.stringify({ ...localStorage }));
  await page.getByRole('textbox', { name: 'Message' }).fill('A draft about leekcastle');
  await test.step('signed out by nobody here', async () => {
    await expect.poll(stored).toContain('leekcastle');
    await context.clearCookies();
    await page.reload();
    await expect(signIn(page)).toContainText(
      'This browser has 1 draft. Whoever signs in next goes on with it.',
    );
    expect(await violationsIn(page)).toEqual([]);
    await signIn(page).getByRole('button', { name: 'Discard it' }).click();
    await signIn(page).getByRole('button', { name: 'Discard it now' }).click();
    await expect.poll(stored).not.toContain('leekcastle');
    await expect(signIn(page)).toBeVisible();
    await expect(signIn(page)).not.toContainText('This browser has');
    await signInWith(page, address);
    await expect(signIn(page)).toBeHidden();
    await expect(chat.box).toHaveValue('');
  });
  await test.step('by its own token', async () => {
    await page.getByRole('button', { name: 'Access', exact: true }).click();
    const access = page.getByRole('dialog', { name: 'Access' });
    const form = access.getByRole('textbox', { name: 'Name' });
    await form.fill('Of this browser');
    await access.getByRole('button', { name: 'Make a token' }).click();
    const own = await access.getByRole('textbox', { name: 'Address to open' }).inputValue();
    // The page is open already: a token in its address signs in without loading it.
    const signedIn = page.waitForResponse((answer) => answer.url().endsWith('/sign-in'));
    await page.goto(own);
    await signedIn;
    await page.reload();
    await chat.box.fill('Another about leekcastle');
    await page.getByRole('button', { name: 'Access', exact: true }).click();
    await access.getByRole('button', { name: 'Revoke Of this browser' }).click();
    await expect(access).toContainText('This browser has 1 draft.');
    await expect(access.getByRole('checkbox', { name: 'Keep my drafts in this browser' })).not.toBeChecked();
    await access.getByRole('button', { name: 'Revoke Of this browser now' }).click();
    await expect(signIn(page)).toBeVisible();
    expect(await stored()).not.toContain('leekcastle');
  });
});

test('a token for reading shows everything live, changes nothing, and can be taken back', async ({
  browser,
}) => {
  const [own, lent] = [await browser.newContext(), await browser.newContext()];
  const owner = await tabOf(own);
  await owner.page.goto(await printed());
  await owner.chooseModel(/^Demo \(/);
  await owner.ask('Read this', 2);
  await owner.page.getByRole('button', { name: 'Access' }).click();
  const access = owner.page.getByRole('dialog', { name: 'Access' });
  await expect(access.getByRole('listitem')).toContainText(['The first']);
  await access.getByRole('textbox', { name: 'Name' }).fill('My aunt');
  await access.getByRole('radio', { name: 'Reads only' }).check({ force: true });
  await access.getByRole('button', { name: 'Make a token' }).click();
  const address = await access.getByRole('textbox', { name: 'Address to open' }).inputValue();
  expect(await violationsIn(owner.page)).toEqual([]);
  await access.getByRole('button', { name: 'Done' }).click();
  await owner.page.keyboard.press('Escape');

  const reader = await tabOf(lent);
  await reader.page.goto(address);
  await expect(reader.page.getByRole('heading', { name: 'You are signed in to read.' })).toBeVisible();
  await expect(reader.page.getByText('Choose a conversation.')).toBeVisible();
  await expect(reader.page.getByText('Where shall we begin?')).toBeHidden();
  await expect(reader.page.getByRole('button', { name: 'New chat' })).toHaveCount(0);
  await reader.page.keyboard.press('ControlOrMeta+k');
  await reader.page.getByRole('combobox').fill('chat');
  await expect(reader.page.getByRole('option', { name: /^Archived chats/ })).toBeVisible();
  await expect(reader.page.getByRole('option', { name: /^New chat/ })).toHaveCount(0);
  await reader.page.keyboard.press('Escape');
  expect(await violationsIn(reader.page)).toEqual([]);
  await reader.sidebar.getByRole('link', { name: /Read this/ }).click();
  await expect(reader.assistant(2)).toBeVisible();
  await expect(reader.page.getByText('You are signed in to read.')).toBeVisible();
  for (const name of ['Edit', 'Regenerate', 'Fork from here', 'Send'])
    await expect(reader.page.getByRole('button', { name, exact: true })).toBeHidden();
  expect(await violationsIn(reader.page)).toEqual([]);
  await owner.ask('And this, later', 4);
  await expect(reader.user(3)).toContainText('And this, later');
  await owner.chooseModel(/Demo: slow/);
  await owner.send('And take your time');
  const row = reader.sidebar.getByRole('link', { name: /Read this.*replying/ });
  const room = () =>
    row.evaluate((link) => {
      const dots = link.querySelector('[aria-hidden]');
      return link.getBoundingClientRect().right - (dots?.getBoundingClientRect().right ?? 0);
    });
  await expect(row).toBeVisible();
  expect(await room()).toBeGreaterThanOrEqual(8);
  await owner.stopButton.click();
  await owner.settled();

  await owner.page.getByRole('button', { name: 'Access' }).click();
  await access.getByRole('button', { name: 'Revoke My aunt' }).click();
  await access.getByRole('button', { name: 'Revoke My aunt now' }).click();
  await expect(access.getByRole('listitem')).toHaveCount(1);
  await expect(signIn(reader.page)).toBeVisible();
  await expect(reader.page.getByText('And this, later').first()).toBeVisible();
  await reader.page.keyboard.press('Escape');
  await expect(reader.page.getByText('You are signed out.')).toBeVisible();
  await expect(reader.page.getByText('You are signed in to read.')).toBeHidden();
  await own.close();
  await lent.close();
});

test('whoever may only read sees folders, pins and an order of their own, and is told why nothing else goes', async ({
  browser,
}) => {
  const [own, lent] = [await browser.newContext(), await browser.newContext()];
  const owner = await tabOf(own);
  await owner.page.goto(await printed());
  await expect(owner.box).toBeVisible();
  const command = async (path: string, data: object) => {
    const answer = await own.request.post(`${bough.url}/api/${path}`, { data });
    expect(answer.ok()).toBe(true);
    return answer.json();
  };
  for (const [n, title] of ['Beta', 'Kyoto in May', 'Alpha'].entries()) {
    await command('commands/create', { conversation: `conversation-${n}` });
    await command('commands/rename', { conversation: `conversation-${n}`, title });
  }
  await command('commands/chat-folder', { folder: 'folder-0001', name: 'Journeys' });
  await command('commands/arrange', { conversations: ['conversation-1'], filed: 'folder-0001' });
  await command('commands/arrange', { conversations: ['conversation-0'], pinned: true });
  const { secret } = await command('access/make', { name: 'A guest', scope: 'read-only' });

  const { page, sidebar: list } = await tabOf(lent);
  await page.goto(`${bough.url}/#token=${secret}`);
  const titles = list.getByRole('list').getByRole('link');
  await expect(list.getByRole('heading', { name: 'Pinned' })).toBeVisible();
  await expect(titles).toHaveText(['Beta', 'Alpha']);
  const folder = list.getByRole('button', { name: 'Journeys , 1 chat' });
  await folder.click();
  await expect(titles).toHaveText(['Beta', 'Kyoto in May', 'Alpha']);
  await expect(list.getByRole('button', { name: /^More actions/ })).toHaveCount(0);

  // Their own order, of this browser; nothing in the menu that would change something.
  await list.getByRole('button', { name: 'Order and folders' }).click();
  await expect(page.getByRole('menuitemradio')).toHaveCount(3);
  await expect(page.getByRole('menuitem')).toHaveCount(2);
  for (const name of ['New folder', 'Select chats']) {
    const item = page.getByRole('menuitem', { name, exact: true });
    await expect(item).toBeDisabled();
    await expect(item).toHaveAccessibleDescription('You are signed in to read.');
  }
  await page.getByRole('menuitemradio', { name: 'Newest first' }).click();
  await expect(titles).toHaveText(['Beta', 'Kyoto in May', 'Alpha']);
  await page.reload();
  await expect(titles).toHaveText(['Beta', 'Kyoto in May', 'Alpha']);

  // Keys and dragging: the list stays as it is, here and for the owner.
  const alpha = list.getByRole('link', { name: 'Alpha' });
  for (const key of ['F2', 'Delete', 'p', 'm', 'Shift+Space']) {
    await alpha.focus();
    await page.keyboard.press(key);
    await expect(page.getByRole('status').filter({ hasText: 'You are signed in to read.' })).toHaveCount(1);
    await expect(alpha).toBeFocused();
  }
  await folder.focus();
  await page.keyboard.press('F2');
  await page.keyboard.press('Delete');
  await alpha.dragTo(folder);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(list.getByRole('textbox')).toHaveCount(0);
  await expect(titles).toHaveText(['Beta', 'Kyoto in May', 'Alpha']);
  await expect(list.getByRole('checkbox')).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('Journeys');
  await page.getByRole('option', { name: /^Journeys/ }).click();
  await expect(folder).toBeFocused();
  expect(await violationsIn(page)).toEqual([]);

  // In the settings: what is of this browser, and why the rest is not there.
  await list.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByText('You are signed in to read. These settings are for')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in with another token' }).last()).toBeVisible();
  const sections = page.getByRole('navigation', { name: 'Settings' });
  await sections.getByRole('link', { name: 'Chats' }).click();
  await expect(page.getByRole('definition')).toHaveText(['3', '1', '1', '0']);
  await expect(page.getByRole('button', { name: 'Import chats' })).toHaveCount(0);
  await sections.getByRole('link', { name: 'Data' }).click();
  await expect(page.getByText('You are signed in to read. These settings are for')).toBeVisible();
  expect(await violationsIn(page)).toEqual([]);

  // What the owner does is seen at once.
  await command('commands/arrange', { conversations: ['conversation-2'], filed: 'folder-0001' });
  await expect(list.getByRole('button', { name: 'Journeys , 2 chats' })).toBeVisible();
  await own.close();
  await lent.close();
});

test('on a phone whoever may only read finds the way to the list', async ({ browser }) => {
  const [own, lent] = [
    await browser.newContext(),
    await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true }),
  ];
  const owner = await tabOf(own);
  await owner.page.goto(await printed());
  await owner.chooseModel(/^Demo \(/);
  await owner.ask('Read this on a phone', 2);
  await owner.page.getByRole('button', { name: 'Access' }).click();
  const access = owner.page.getByRole('dialog', { name: 'Access' });
  await access.getByRole('textbox', { name: 'Name' }).fill('A phone');
  await access.getByRole('radio', { name: 'Reads only' }).check({ force: true });
  await access.getByRole('button', { name: 'Make a token' }).click();
  const reader = await tabOf(lent);
  await reader.page.goto(await access.getByRole('textbox', { name: 'Address to open' }).inputValue());
  await reader.page.getByRole('button', { name: 'Conversations', exact: true }).click();
  await reader.sidebar.getByRole('link', { name: /Read this on a phone/ }).click();
  await expect(reader.assistant(2)).toBeVisible();
  await expect(reader.page.getByRole('button', { name: 'New chat' })).toHaveCount(0);
  await own.close();
  await lent.close();
});

test('whoever revokes the last token is told that nobody gets in then, and is asked to sign in in its place', async ({
  context,
}) => {
  const chat = await tabOf(context);
  await chat.page.goto(await printed());
  await chat.page.getByRole('button', { name: 'Access' }).click();
  const access = chat.page.getByRole('dialog', { name: 'Access' });
  await access.getByRole('button', { name: 'Revoke The first' }).click();
  await expect(access).toContainText(
    'This signs you out here at once. This cannot be undone. Nobody can then sign in until Bough restarts and prints a new token.',
  );
  await access.getByRole('button', { name: 'Revoke The first now' }).click();
  await expect(signIn(chat.page)).toBeVisible();
  await expect(access).toBeHidden();
  await chat.page.keyboard.press('Escape');
  await expect(chat.page.getByRole('dialog')).toHaveCount(0);
  await chat.page.close();
  await bough.end();
  await bough.restart();
  const again = await tabOf(context);
  await again.page.goto(await printed());
  await expect(again.box).toBeVisible();
});
