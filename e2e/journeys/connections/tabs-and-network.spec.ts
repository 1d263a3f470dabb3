import type { Page } from '@playwright/test';
import { expect, test, watch } from '../../fixtures.ts';
import { frontOf } from '../../front.ts';
import { ChatPage } from '../../pages/chat-page.ts';

test('two tabs on one conversation see the same, live', async ({ chat, openTab, page }) => {
  await chat.openWith(['Hello from the first tab']);
  const other = await openTab();
  await other.page.goto(page.url());
  await expect(other.user(1)).toContainText('Hello from the first tab');
  await other.ask('Hello from the second tab', 4);
  await expect(chat.user(3)).toContainText('Hello from the second tab');
  // Each hears the end, with what the reply took, in its own moment.
  await expect(chat.assistant(4)).toContainText('tokens in');
  await expect(other.assistant(4)).toContainText('tokens in');
  expect(await chat.assistant(4).innerText()).toBe(await other.assistant(4).innerText());
});

test('two tabs at one tip: what both say is kept, as two branches', async ({ chat, openTab, page }) => {
  await chat.openWith(['Where do we part?']);
  const other = await openTab();
  await other.page.goto(page.url());
  await expect(other.assistant(2)).toBeVisible();
  // The second tab says it first, but the first tab is heard before.
  let release = () => {};
  const heard = new Promise<void>((resolve) => {
    release = resolve;
  });
  await other.page.route('**/api/commands/send', async (route) => {
    await heard;
    await route.continue();
  });
  await other.send('Right, says the second tab');
  await chat.ask('Left, says the first tab', 4);
  release();

  const versions = (tab: typeof chat) => tab.user(3).getByRole('group', { name: 'Versions' });
  await expect(other.assistant(4)).toContainText('Right, says the second tab');
  await expect(versions(other)).toContainText('2 / 2');
  await expect(versions(chat)).toContainText('1 / 2');
  await expect(chat.user(3)).toContainText('Left, says the first tab');
  // The one that came second is told, and only there.
  const notice = (tab: typeof chat) =>
    tab.page.getByRole('region', { name: 'Notices' }).getByText('Another message came first');
  await expect(notice(other)).toBeVisible();
  await expect(notice(chat)).toBeHidden();
  await other.page.getByRole('button', { name: 'Show the other' }).click();
  await expect(other.user(3)).toContainText('Left, says the first tab');
  await expect(other.assistant(4)).toContainText('Left, says the first tab');
  await expect(other.user(3)).not.toContainText('Another message had come first');
  // The message says so itself, when the notice is long gone.
  await other.page.goBack();
  await expect(other.user(3)).toContainText('Right, says the second tab');
  await other.page.reload();
  await expect(other.user(3)).toContainText('Another message had come first');
  await other.user(3).getByRole('button', { name: 'Show the first' }).click();
  await expect(other.user(3)).toContainText('Left, says the first tab');
});

test('a message written offline is kept and sent once the connection is back', async ({
  chat,
  context,
  expectedErrors,
  page,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED|Failed to (fetch|load)/);
  await chat.openWith(['Before the tunnel']);
  await context.setOffline(true);
  await chat.send('Inside the tunnel');
  await expect(chat.user(3)).toContainText('Inside the tunnel');
  await expect(chat.user(3)).toContainText(/waiting for the connection/i);
  await context.setOffline(false);
  await expect(chat.assistant(4)).toContainText('Inside the tunnel');
  await chat.settled();
  await expect(page.getByRole('article')).toHaveCount(4);
});

test('a reply goes on while the page is offline and is whole when it is back', async ({
  chat,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED|Failed to (fetch|load)/);
  await chat.openNew('tokens:100x20');
  await chat.send('Count through the tunnel');
  await expect(chat.assistant(2)).toContainText('token 5 ');
  await context.setOffline(true);
  await chat.page.waitForTimeout(1_000);
  await context.setOffline(false);
  // Until the page knows that it is back it shows no "Stop", which would not get through.
  await expect(chat.assistant(2)).toContainText('token 99');
  await chat.settled();
  const text = await chat.assistant(2).innerText();
  expect([...text.matchAll(/token (\d+)/g)].map((match) => Number(match[1]))).toEqual([...Array(100).keys()]);
});

test('what says that something is wrong comes a moment later where it could not be loaded at first', async ({
  chat,
  context,
  expectedErrors,
  page,
}) => {
  expectedErrors.push(/ERR_(FAILED|INTERNET_DISCONNECTED)|Failed to (fetch|load)/);
  const refused = new Set<string>();
  await page.route(/\/assets\/(shared|frame)-[^.]+\.js$/, (route) => {
    const url = route.request().url();
    if (refused.has(url)) return route.continue();
    refused.add(url);
    return route.abort();
  });
  await page.goto(chat.url);
  await expect(chat.box).toBeVisible();
  await expect.poll(() => refused.size).toBeGreaterThan(1);
  await chat.send('Behind the tunnel');
  await expect(chat.assistant(2)).toContainText('Behind the tunnel');
  await context.setOffline(true);
  await expect(page.getByText(/^Offline\. What you have read/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Behind the tunnel', exact: true }).click();
  await expect(page.getByText('Not now: Bough cannot be reached.').first()).toBeVisible();
  await context.setOffline(false);
});

test('a page that alone is without a network says so, and that it is back', async ({
  chat,
  context,
  expectedErrors,
  page,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED|Failed to (fetch|load)/);
  await chat.openNew('tokens:2000x20');
  await chat.send('Count beside the tunnel');
  await expect(chat.assistant(2)).toContainText('token 5 ');
  const banner = page.getByText(/^Offline\. What you have read/).first();
  // The worker that all tabs share is not cut off: what is written there goes on.
  await context.setOffline(true);
  await expect(banner).toBeVisible();
  const sofar = await chat.assistant(2).innerText();
  await expect.poll(async () => (await chat.assistant(2).innerText()).length).toBeGreaterThan(sofar.length);
  await expect(chat.assistant(2).getByText(/^As far as it was kept/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Retry now' }).click();
  await expect(banner).toBeVisible();
  await context.setOffline(false);
  await expect(banner).toHaveCount(0);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await chat.settled();
});

test('a browser that translates the page while words arrive breaks nothing', async ({ chat, page }) => {
  await chat.openNew('tokens:100x20');
  await chat.send('Count');
  await expect(chat.assistant(2)).toContainText('token 3 ');
  // As browsers do: every text is put in a font, or a font with other words is put in its place, again and again.
  await page.evaluate(() => {
    const translate = () => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      texts.forEach((text, n) => {
        if (text.parentNode?.nodeName === 'FONT' || text.data.trim() === '') return;
        const font = document.createElement('font');
        text.replaceWith(font);
        if (n % 2 === 0) font.append(text);
        else font.textContent = text.data;
      });
    };
    setInterval(translate, 100);
  });
  await expect(chat.assistant(2)).toContainText('token 99');
  await chat.settled();
  const text = await chat.assistant(2).innerText();
  for (const n of [4, 50, 98]) expect(text.split(`token ${n} `)).toHaveLength(2);
  await chat.box.fill('And now?');
  await chat.sendButton.click();
  await expect(chat.user(3)).toContainText('And now?');
  await expect(chat.assistant(4)).toContainText('token 9 ');
  await expect(page.getByText(/could not be shown/)).toBeHidden();
});

test('a tab over an update says so, and a reload keeps what was written', async ({
  chat,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/404|ERR_INTERNET_DISCONNECTED|Failed to (fetch|load)/);
  await chat.openWith(['Before the update']);
  await chat.box.fill('A draft over an update');
  await updateUnder(page);
  // Its code was not asked for yet.
  await page.getByRole('button', { name: /^Model: / }).click();
  await expect(page.getByText(/^Bough was updated/).first()).toBeVisible();
  await expect(page.getByText(/could not be shown/)).toBeHidden();
  await expect(chat.box).toHaveValue('A draft over an update');
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await expect(chat.box).toHaveValue('A draft over an update');
  await expect(page.getByText(/^Bough was updated/)).toBeHidden();
  await expect(chat.assistant(2)).toContainText('Before the update');
});

/** From now on the server's page is that of another build, and the code of this one is gone. */
async function updateUnder(page: Page): Promise<void> {
  await page.route('**/assets/*.js', (route) => route.fulfill({ status: 404, body: '' }));
  await page.route(new URL('/', page.url()).href, async (route) => {
    const response = await route.fetch().catch(() => undefined);
    if (!response) return route.abort();
    const html = (await response.text()).replace(/\/assets\/index-[^"]+\.js/, '/assets/index-another.js');
    await route.fulfill({ response, body: html });
  });
}

test('a server that was away and comes back updated says so by itself', async ({
  bough,
  chat,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(
    /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|Failed to (fetch|load)|Refused to apply style|404/,
  );
  await chat.openWith(['Before the update']);
  await chat.assistant(2).getByRole('button', { name: 'Edit' }).click();
  await chat.editor.fill('An edit over an update');
  await chat.box.fill('A draft over an update');
  await updateUnder(page);
  await bough.end();
  await expect(page.getByText(/Can't reach Bough/).first()).toBeVisible();
  await bough.restart();
  const note = page.getByText(/^Bough was updated/).first();
  await expect(note).toBeVisible({ timeout: 40_000 });
  // It goes on as it is until then.
  await chat.box.press('Enter');
  await expect(chat.assistant(4)).toBeVisible();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await expect(chat.editor).toHaveValue('An edit over an update');
  await expect(note).toBeHidden();
});

test('a first formula over an update says why it is no formula, and is one after the reload', async ({
  chat,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/404|Failed to (fetch|load)/);
  await chat.openWith(['Before the update'], 'echo');
  await updateUnder(page);
  const reply = await chat.ask('It is $E = mc^2$ then', 4);
  await expect(page.getByText(/^Bough was updated/).first()).toBeVisible();
  await expect(reply).toContainText('E = mc^2');
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await expect(reply.locator('math')).toHaveCount(1);
});

test('on a tablet Enter breaks the line until a real keyboard is told, and then sends', async ({
  bough,
  browser,
}) => {
  const context = await browser.newContext({
    viewport: { width: 1024, height: 768 },
    hasTouch: true,
    isMobile: true,
  });
  try {
    const page = await context.newPage();
    const faults = watch(page, []);
    const chat = new ChatPage(page, bough.url);
    await chat.openNew();
    await expect(chat.box).toHaveAccessibleDescription(/^Enter breaks the line\. The Send button sends/);
    await chat.box.tap();
    await page.keyboard.type('one');
    await page.keyboard.press('Enter');
    await page.keyboard.type('two');
    await expect(chat.box).toHaveValue('one\ntwo');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('three');
    await expect(chat.box).toHaveAccessibleDescription(/^Enter sends/);
    await page.keyboard.press('Enter');
    await expect(chat.user(1)).toContainText('three');
    await expect(chat.box).toHaveValue('');
    expect(faults).toEqual([]);
  } finally {
    await context.close();
  }
});

test('links are copied over plain http, where browsers have no clipboard', async ({ chat, page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await chat.openWith(['Copy me']);
  await chat.assistant(2).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Copy link' }).click();
  await expect(page.getByText('Link copied').first()).toBeVisible();
  await chat.box.focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(chat.box).toHaveValue(/\/c\/.+m=/);
});

test('behind a proxy that holds answers back, the page says so in place of connecting for ever', async ({
  bough,
  page,
}) => {
  const faults = watch(page, []);
  const front = await frontOf([bough.url], { holdsBack: true });
  try {
    await page.goto(front.url);
    await expect(page.getByRole('paragraph').filter({ hasText: 'A proxy seems to hold back' })).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByText(/^Connecting/)).toBeHidden();
    expect(faults).toEqual([]);
  } finally {
    await front.close();
  }
});
