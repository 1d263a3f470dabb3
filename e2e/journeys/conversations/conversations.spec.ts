import { expect, test } from '../../fixtures.ts';

test('rename, archive, restore, delete and undo a conversation', async ({ chat, page }) => {
  const name = `Plan ${Date.now()}`;
  await chat.openWith(['A conversation to look after']);
  const entry = (title: string) => chat.sidebar.getByRole('link', { name: new RegExp(title) });
  const menu = async (item: string, title: string) => {
    await entry(title).hover();
    await chat.sidebar.getByRole('button', { name: `More actions for ${title}` }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  await menu('Rename', 'A conversation to look after');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(entry(name)).toBeVisible();
  await expect(page).toHaveTitle(new RegExp(name));

  await menu('Archive', name);
  await expect(entry(name)).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(entry(name)).toBeVisible();

  await menu('Delete', name);
  await expect(entry(name)).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(entry(name)).toBeVisible();

  await page.reload();
  await expect(entry(name)).toBeVisible();
});

test('a draft outlives a reload, each conversation its own', async ({ chat, page }) => {
  await chat.openWith(['Something to come back to']);
  await chat.box.fill('half a thought');
  await page.reload();
  await expect(chat.box).toHaveValue('half a thought');
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await expect(chat.box).toHaveValue('');
  await page.goBack();
  await expect(chat.box).toHaveValue('half a thought');
});

test('an address without a conversation says so and leads back', async ({ chat, page, expectedErrors }) => {
  expectedErrors.push(/404/);
  await page.goto(`${chat.url}/c/no-such-conversation`);
  await expect(page.getByText(/no conversation|not found|does not exist|deleted/i).first()).toBeVisible();
});

test('rename by a press on the title, archive and delete from the menu of the head, and undo', async ({
  chat,
  page,
}) => {
  await chat.openWith(['A week in Kyoto'], 'echo');
  const head = page.getByRole('banner');
  await head.getByRole('button', { name: 'A week in Kyoto' }).click();
  await head.getByRole('textbox', { name: 'Title' }).fill('Kyoto in May');
  await page.keyboard.press('Enter');
  const title = head.getByRole('heading', { name: 'Kyoto in May' }).getByRole('button');
  await expect(title).toBeFocused();
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Tools' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await choose('Rename this chat');
  await expect(head.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(title).toBeFocused();
  // Who leaves the field for elsewhere stays there.
  await choose('Rename this chat');
  await chat.box.click();
  await expect(title).toBeVisible();
  await expect(chat.box).toBeFocused();
  await choose('Archive this chat');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText(/^Archived: not in the list/)).toBeHidden();
  await choose('Delete this chat');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: /Kyoto in May/ })).toBeVisible();
});
