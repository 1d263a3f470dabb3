import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { violationsIn } from '../../pages/axe.ts';
import type { ChatPage } from '../../pages/chat-page.ts';

/** Its server comes and goes, and its browser keeps the page. */
test.use({ server: 'own', shell: 'kept' });

test('yesterday’s conversations are read without a network, and nothing written there is lost', async ({
  chat,
  bough,
  context,
  expectedErrors,
  page,
}) => {
  expectedErrors.push(/ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED)|Failed to (fetch|load)/);
  await chat.openWith(['Which tree keeps its leaves?']);
  const answer = await chat.assistant(2).innerText();
  await test.step('the page and what it read are kept', async () => {
    await expect
      .poll(() => page.evaluate(async () => (await caches.match('/')) !== undefined), { timeout: 30_000 })
      .toBe(true);
    await expect.poll(() => keptMessages(page)).toBeGreaterThan(1);
    // What was kept once is kept again when the page is left.
    await page.reload();
    await expect(chat.assistant(2)).toBeVisible();
    await expect.poll(() => keptMessages(page)).toBeGreaterThan(1);
  });

  await test.step('the computer is without a network, and the browser was closed', async () => {
    await bough.end();
    await context.setOffline(true);
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await expect(chat.user(1)).toContainText('Which tree keeps its leaves?');
    // Who answered and what it took come a moment after the words.
    await expect.poll(async () => words(await chat.assistant(2).innerText())).toBe(words(answer));
    await expect(chat.sidebar.getByRole('link').first()).toBeVisible();
    await expect(page.getByText(/^Offline\. What you have read/).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Model: echo', exact: true })).toBeVisible();
  });

  await test.step('what is written there goes when the network is back', async () => {
    await chat.send('And which one lets go of them?');
    await expect(chat.user(3)).toContainText('And which one lets go of them?');
    await bough.restart();
    await context.setOffline(false);
    await expect(chat.assistant(4)).toContainText('And which one lets go of them?', { timeout: 60_000 });
  });
});

test('what was never opened before opens without a network, and can be reloaded there', async ({
  chat,
  bough,
  expectedErrors,
  page,
}) => {
  expectedErrors.push(/ERR_CONNECTION_REFUSED|Failed to (fetch|load)/);
  await chat.openWith(['Which tree keeps its leaves?']);
  await test.step('all files of the page are kept, and those of another build are not', async () => {
    await page.evaluate(async () => (await caches.open('bough-page before')).put('/', new Response('')));
    await page.reload();
    await expect.poll(() => missingFiles(page), { timeout: 60_000 }).toEqual([]);
    await expect
      .poll(() => page.evaluate(async () => (await caches.keys()).filter((name) => name.endsWith(' before'))))
      .toEqual([]);
  });
  const conversation = page.url();
  const { origin } = new URL(conversation);
  await test.step('a folder, for what is to be moved', async () => {
    const body = { folder: 'folder-of-trees', name: 'Trees' };
    const made = await page.request.post(`${origin}/api/commands/chat-folder`, { data: body });
    expect(made.ok()).toBe(true);
    await expect(chat.sidebar.getByRole('button', { name: /^Trees/ }).first()).toBeVisible();
  });
  await bough.end();
  await expect(page.getByText(/^Can't reach Bough/).first()).toBeVisible();

  await test.step('dialogs', async () => {
    for (const [button, title] of [
      ['Access', 'Access'],
      ['Import chats', 'Import'],
    ] as const) {
      await page.getByRole('button', { name: button, exact: true }).click();
      const dialog = page.getByRole('dialog', { name: title });
      await expect(dialog).toBeVisible();
      await dialog.getByRole('button', { name: 'Close', exact: true }).first().click();
      await expect(chat.user(1)).toContainText('Which tree keeps its leaves?');
    }
  });

  await test.step('what waits for Bough says so', async () => {
    const row = chat.sidebar.getByRole('listitem').filter({ hasText: 'Which tree keeps its leaves?' });
    await row.hover();
    await row.getByRole('button', { name: /^More actions for/ }).click();
    for (const name of ['Rename', 'Pin', 'Move to a folder…', 'Export', 'Archive', 'Delete']) {
      const item = page.getByRole('menuitem', { name });
      await expect(item).toBeDisabled();
      await expect(item).toHaveAccessibleDescription('Not now: Bough cannot be reached.');
    }
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Which tree keeps its leaves?', exact: true }).click();
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveCount(0);
    await waitsInTheList(chat, page);
    await page.goto(origin);
    await expect(page.getByText(/^Bough cannot be reached. What you write waits here/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add a key' })).toHaveCount(0);
  });

  await test.step('what the browser keeps is found', async () => {
    await page.goto(`${origin}/find`);
    await expect(page.getByText(/^Can't reach Bough/).first()).toBeVisible();
    await page.getByRole('textbox', { name: 'Find in all chats' }).fill('keeps leaves');
    await expect(page.getByText(/^Only what this browser keeps/)).toBeVisible();
    await expect(page.getByText('Found in 1 title and 2 messages').first()).toBeVisible();
    await page.getByRole('region', { name: 'Found in all chats' }).getByRole('link').first().click();
    await expect(chat.user(1)).toContainText('Which tree keeps its leaves?');
  });

  await test.step('a card of the tree shows what is kept, and says calmly what is not', async () => {
    await page.goto(conversation);
    await page.getByRole('radio', { name: 'Tree', exact: true }).click();
    const card = page.getByRole('region', { name: 'Conversation tree' }).locator('[data-card]').last();
    const preview = page.locator('[data-preview]');
    await card.hover();
    await expect(preview.getByText('Which tree keeps its leaves?')).toHaveCount(2);
    await expect(preview.getByText(/^This message was not kept/)).toHaveCount(0);
    await forgetMessages(page);
    await page.reload();
    // Both notices are above the tree: what is pointed at before they come lies lower afterwards.
    await expect(page.getByText(/^Can't reach Bough/).first()).toBeVisible();
    await expect(page.getByText(/^As kept here at /)).toBeVisible();
    await page.getByRole('radio', { name: 'Tree', exact: true }).click();
    await card.hover();
    await expect(preview).toContainText('Which tree keeps its leaves?');
    await expect(preview.getByText(/^This message was not kept in this browser/)).toHaveCount(1);
    await expect(preview.getByText(/could not be reached/)).toHaveCount(0);
  });

  await test.step('pages, at their addresses', async () => {
    for (const [address, heading] of [
      ['/find?q=leaves', 'Find in all chats'],
      ['/settings', 'Settings'],
      ['/settings/data', 'Settings'],
    ] as const) {
      await page.goto(origin + address);
      await expect(page.getByRole('heading', { name: heading, exact: true }).first()).toBeVisible();
      await page.reload();
      await expect(page.getByRole('heading', { name: heading, exact: true }).first()).toBeVisible();
    }
  });
});

test('the settings say what the browser keeps, and clear it', async ({ chat, page }) => {
  await chat.openWith(['Which tree keeps its leaves?']);
  const conversation = page.url();
  await expect.poll(() => keptMessages(page)).toBeGreaterThan(1);
  await chat.box.fill('A draft that goes');
  await page.goto(new URL('/settings/data', conversation).href);
  const here = page.getByRole('region', { name: 'In this browser' });
  await expect(here).toContainText(/Chats that were read here\s*1 chat, 2 messages/);
  await expect(here).toContainText(/Written and not sent\s*1 draft/);
  await expect(here).toContainText(/Takes\s*about \d/);
  await here.getByRole('button', { name: 'Clear what this browser keeps' }).click();
  await expect(here).toContainText('1 draft will be lost. Your chats stay at Bough');
  expect(await violationsIn(page)).toEqual([]);
  await here.getByRole('button', { name: 'Clear now' }).click();
  await expect(here).toContainText(/Written and not sent\s*0 drafts/);
  await expect.poll(() => keptMessages(page)).toBe(0);
  await page.goto(conversation);
  await expect(chat.user(1)).toContainText('Which tree keeps its leaves?');
  await expect(chat.box).toHaveValue('');
});

test('what was said a moment before the page was closed is there without a network, and says how old it is', async ({
  chat,
  bough,
  context,
  expectedErrors,
  page,
}) => {
  expectedErrors.push(/ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED)|Failed to (fetch|load)/);
  await chat.openWith(['Which tree keeps its leaves?']);
  await expect
    .poll(() => page.evaluate(async () => (await caches.match('/')) !== undefined), { timeout: 30_000 })
    .toBe(true);
  await chat.send('And which one lets go of them?');
  await expect(chat.assistant(4)).toContainText('And which one lets go of them?');
  await chat.settled();
  const whole = page.url();
  await test.step('one more is left while its reply is written', async () => {
    await chat.openNew();
    await chat.chooseModel('tokens:100x20');
    await chat.send('Count');
    await expect(chat.assistant(2)).toContainText('token 8 ');
  });
  const counting = page.url();
  await page.goto('about:blank');
  await bough.end();
  await context.setOffline(true);

  await test.step('the one that was whole is', async () => {
    await page.goto(whole);
    await expect(chat.assistant(4)).toContainText('And which one lets go of them?');
    await expect(page.getByText(/^As kept here at /)).toBeVisible();
  });
  await test.step('the other is there as far as it came, and is not being written', async () => {
    await page.goto(counting);
    await expect(chat.assistant(2)).toContainText('token 5 ');
    await expect(chat.assistant(2).getByText(/^As far as it was kept in this browser/)).toBeVisible();
    await expect(page.getByText('Replying')).toHaveCount(0);
  });
  await test.step('one that was never here is said not to be', async () => {
    await page.goto(new URL('/c/neverHereNeverHere123', whole).href);
    await expect(page.getByText(/^No chat with this address is kept in this browser/)).toBeVisible();
    await expect(page.getByText(/could not be reached/)).toHaveCount(0);
  });
  await test.step('a new one is in the list, and waits', async () => {
    await chat.openNew();
    await chat.send('A thought on the train');
    await expect(chat.user(1)).toContainText('Waiting for the connection');
    await expect(
      chat.sidebar.getByRole('link', { name: /^A thought on the train ?, sent once/ }),
    ).toBeVisible();
  });
});

/** Nothing is done with folders and with chats that were chosen, nothing looks done, and what was chosen stays chosen. */
async function waitsInTheList(chat: ChatPage, page: Page): Promise<void> {
  const why = 'Not now: Bough cannot be reached.';
  const list = chat.sidebar;
  const folder = list.getByRole('button', { name: /^Trees/ }).first();
  const link = list.getByRole('link', { name: 'Which tree keeps its leaves?' });
  await folder.hover();
  await list.getByRole('button', { name: 'More actions for Trees' }).click();
  for (const name of ['Rename', /^Remove the folder/]) {
    await expect(page.getByRole('menuitem', { name })).toBeDisabled();
    await expect(page.getByRole('menuitem', { name })).toHaveAccessibleDescription(why);
  }
  await page.keyboard.press('Escape');
  for (const key of ['F2', 'Delete']) {
    await folder.press(key);
    await expect(page.getByText(why).last()).toBeVisible();
    await expect(folder).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss' }).click();
  }
  await link.dragTo(folder);
  await expect(page.getByText(why).last()).toBeVisible();
  await expect(list.getByRole('button', { name: 'Trees , 0 chats' })).toBeVisible();
  await link.press('Shift+Space');
  const chosen = page.getByRole('toolbar', { name: 'Selected chats' });
  for (const deed of ['Archive', 'Pin', 'Move', 'Export', 'Delete']) {
    const button = chosen.getByRole('button', { name: new RegExp(`^${deed} the selected chats`) });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription(why);
  }
  // Playwright waits for what is disabled; a person presses it all the same.
  await chosen.getByRole('button', { name: /^Delete/ }).click({ force: true });
  await expect(page.getByText(why).last()).toBeVisible();
  await expect(chosen).toContainText('1 of 1 selected');
  await expect(link).toBeVisible();
  await chosen.getByRole('button', { name: 'Done' }).click();
}

const words = (text: string): string => text.replace(/\s+/g, ' ');

/** How many messages the browser's database holds. */
function keptMessages(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('bough');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          if (!db.objectStoreNames.contains('messages')) return resolve(0);
          const ids = db.transaction('messages').objectStore('messages').getAllKeys();
          ids.onsuccess = () => {
            db.close();
            // What stands beside messages has a name with a space.
            resolve(ids.result.filter((id) => !String(id).includes(' ')).length);
          };
        };
      }),
  );
}

/** What the browser has of messages goes, as of those that were never read. */
function forgetMessages(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('bough');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const emptied = db.transaction('messages', 'readwrite');
          emptied.objectStore('messages').clear();
          emptied.oncomplete = () => {
            db.close();
            resolve();
          };
        };
      }),
  );
}

/** Files of the build that the browser does not keep. */
function missingFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const files: string[] = await (await fetch('/kept-files.json')).json();
    const kept = await Promise.all(files.map((file) => caches.match(file)));
    return files.filter((_, n) => !kept[n]);
  });
}
