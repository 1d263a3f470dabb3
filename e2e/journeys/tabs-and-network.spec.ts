import { expect, test } from '../fixtures.ts';

test('two tabs on one conversation see the same, live', async ({ chat, openTab, page }) => {
  await chat.openNew();
  await chat.ask('Hello from the first tab', 2);
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
  await chat.openNew();
  await chat.ask('Where do we part?', 2);
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
  const notice = (tab: typeof chat) => tab.page.getByText('Another message came first');
  await expect(notice(other)).toBeVisible();
  await expect(notice(chat)).toBeHidden();
  await other.page.getByRole('button', { name: 'Show the other' }).click();
  await expect(other.user(3)).toContainText('Left, says the first tab');
  await expect(other.assistant(4)).toContainText('Left, says the first tab');
});

test('a message written offline is kept and sent once the connection is back', async ({
  chat,
  context,
  expectedErrors,
  page,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED|Failed to (fetch|load)/);
  await chat.openNew();
  await chat.ask('Before the tunnel', 2);
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
  await chat.openNew();
  await chat.chooseModel('tokens:100x20');
  await chat.send('Count through the tunnel');
  await expect(chat.assistant(2)).toContainText('token 5 ');
  await context.setOffline(true);
  await chat.page.waitForTimeout(1_000);
  await context.setOffline(false);
  await chat.settled();
  const text = await chat.assistant(2).innerText();
  expect([...text.matchAll(/token (\d+)/g)].map((match) => Number(match[1]))).toEqual([...Array(100).keys()]);
});
