import type { Page } from '@playwright/test';
import { expect, test, watch } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';
import { ChatPage, openModels } from '../../pages/chat-page.ts';
import { startBough } from '../../server.ts';

test.use({ server: 'own' });

const models = (page: Page) => page.getByRole('dialog', { name: 'Models' });

test('from an empty page to a first answer: a key is added, tested and used, and never comes back', async ({
  page,
  provider,
}) => {
  const bough = await startBough();
  const faults = watch(page, []);
  try {
    const chat = new ChatPage(page, bough.url);
    await chat.openNew();
    const card = page.getByRole('region', { name: 'Connect a model' });
    await card.getByRole('button', { name: 'Start Ollama' }).click();
    await expect(card).toContainText('ollama pull');
    await card.getByRole('button', { name: 'Add a key' }).click();
    const form = models(page).getByRole('form', { name: 'Add an endpoint' });
    await expect(form.getByRole('textbox', { name: 'Base URL' })).toBeFocused();
    await form
      .getByRole('textbox', { name: 'Base URL' })
      .fill(`${new URL(provider.baseUrl).origin}/as/401/v1`);
    await form.getByLabel('Key').fill('sk-secret-1');
    await form.getByRole('button', { name: 'Test' }).click();
    await expect(form.getByRole('alert')).toContainText(/did not accept the API key/);
    await form.getByRole('textbox', { name: 'Base URL' }).fill(provider.baseUrl);
    await form.getByRole('button', { name: 'Test' }).click();
    await expect(form.getByRole('status')).toContainText(/It answers: \d+ models/);
    await form.getByRole('textbox', { name: 'Name' }).fill('My server');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    const group = models(page).getByRole('group', { name: 'My server' });
    await expect(group).toContainText('with a key');
    await group.getByRole('radio', { name: /^echo/ }).click();
    await expect(page.getByRole('form', { name: 'Composer' }).getByText('on My server')).toBeVisible();
    await expect(card).toBeHidden();
    // What opened the dialog is gone with the card.
    await expect(chat.box).toBeFocused();
    await chat.ask('Are you there?', 2);
    await expect(chat.assistant(2)).toContainText('Are you there?');
    expect((await provider.log()).at(-1)?.authorization).toBe('Bearer sk-secret-1');
    const list = await page.request.get(`${bough.url}/api/models`);
    expect(await list.text()).not.toContain('sk-secret-1');
    expect(faults).toEqual([]);
  } finally {
    await page.close();
    await bough.stop();
  }
});

test('an endpoint is changed and removed in place, with the keyboard', async ({ page, provider }) => {
  const bough = await startBough();
  try {
    const chat = new ChatPage(page, bough.url);
    await chat.openNew();
    await openModels(page);
    await models(page).getByRole('button', { name: 'Add an endpoint' }).press('Enter');
    await page.keyboard.type(provider.baseUrl);
    await page.keyboard.press('Enter');
    const host = new URL(provider.baseUrl).host;
    await models(page)
      .getByRole('button', { name: `Change ${host}` })
      .press('Enter');
    const form = models(page).getByRole('form', { name: `Change ${host}` });
    await form.getByRole('textbox', { name: 'Name' }).fill('Renamed');
    await page.keyboard.press('Enter');
    await expect(models(page).getByRole('group', { name: 'Renamed' })).toBeVisible();
    await models(page).getByRole('button', { name: 'Remove Renamed' }).press('Enter');
    await expect(models(page).getByRole('button', { name: 'Keep' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(models(page).getByRole('button', { name: 'Remove Renamed' })).toBeFocused();
    await page.keyboard.press('Enter');
    await models(page).getByRole('button', { name: 'Remove', exact: true }).press('Enter');
    await expect(models(page).getByRole('group', { name: 'Renamed' })).toBeHidden();
    await expect(models(page).getByRole('region', { name: 'Connect a model' })).toBeVisible();
  } finally {
    await page.close();
    await bough.stop();
  }
});

test('a server without a list is used by the name of its model, with its query and its header', async ({
  page,
  provider,
}) => {
  const bough = await startBough();
  try {
    const chat = new ChatPage(page, bough.url);
    await chat.openNew();
    await openModels(page);
    const dialog = models(page);
    await dialog.getByRole('button', { name: 'Add an endpoint' }).click();
    const baseUrl = `${new URL(provider.baseUrl).origin}/for/azure/listless/v1?api-version=7`;
    await dialog.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl);
    await dialog.getByLabel('Key', { exact: true }).fill('marked.key');
    await dialog.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText('name its models under Models');
    await dialog.getByRole('textbox', { name: 'Header (optional)' }).fill('api-key');
    await dialog.getByRole('textbox', { name: 'Models (optional)' }).fill('words');
    await dialog.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(dialog.getByRole('status')).toContainText('It answers: 1 model (words).');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByRole('radio', { name: /^words/ }).click();
    await page.keyboard.press('Escape');
    await chat.send('Hello');
    await expect(page.getByRole('article', { name: 'Assistant, message 2' })).toContainText(
      'The quick brown fox',
    );
    const asked = (await provider.log()).filter(({ headers }) => headers['api-key'] === 'marked.key');
    expect(asked.length).toBeGreaterThan(0);
    expect(
      asked.every(({ query, authorization }) => query === '?api-version=7' && authorization === null),
    ).toBe(true);
  } finally {
    await page.close();
    await bough.stop();
  }
});

test('a source that is away says what to do, and what is not for chats stands behind "All"', async ({
  chat,
  page,
}) => {
  await chat.openNew();
  await openModels(page);
  await models(page).getByRole('button', { name: 'Add an endpoint' }).click();
  await models(page).getByRole('textbox', { name: 'Base URL' }).fill('http://127.0.0.1:9/v1');
  await page.keyboard.press('Enter');
  const away = models(page).getByRole('group', { name: '127.0.0.1:9' });
  await expect(away).toContainText(/Nothing answers at 127\.0\.0\.1:9\. Start the server there/);
  await expect(models(page).getByRole('radio', { name: /embedding/ })).toBeHidden();
  await models(page).getByRole('checkbox', { name: /^All/ }).check();
  await expect(models(page).getByRole('radio', { name: /embedding/ })).toBeVisible();
  await models(page).getByRole('searchbox', { name: 'Filter models' }).fill('tok 100');
  await expect(models(page).getByRole('radio')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Model: tokens:100x20' })).toBeVisible();
  await openModels(page);
  await models(page).getByRole('button', { name: 'Remove 127.0.0.1:9' }).click();
  await models(page).getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(away).toBeHidden();
});

test('model and temperature are the conversation’s, in every tab', async ({ chat, openTab, provider }) => {
  await chat.openWith(['Hello to two tabs'], 'echo');
  const other = await openTab();
  await other.page.goto(chat.page.url());
  await expect(other.page.getByRole('button', { name: 'Model: echo' })).toBeVisible();
  await openModels(other.page);
  await other.page.getByRole('slider', { name: 'Temperature' }).fill('0.3');
  await other.page.getByRole('radio', { name: /^window:600/ }).click();
  await expect(chat.page.getByRole('button', { name: 'Model: window:600' })).toBeVisible();
  await chat.ask('Now the other model', 4);
  const asked = (await provider.log()).findLast(({ body }) => JSON.stringify(body).includes('Now the other'));
  expect(asked?.body).toMatchObject({ model: 'window:600', temperature: 0.3 });
  await chat
    .assistant(4)
    .getByRole('button', { name: /^Details: / })
    .click();
  const details = chat.page.getByRole('dialog', { name: 'Details of the reply' });
  await expect(details).toContainText('Temperature0.3');
  await expect(details).toContainText(/Cost.*\$0\.0\d+, by prices of/);
  await expect(details.getByRole('row', { name: /Whole conversation 2/ })).toBeVisible();
});

test('"Regenerate with…" asks another model once, and the conversation keeps its own', async ({
  chat,
  page,
}) => {
  await chat.openWith(['Say it once'], 'echo');
  await chat.assistant(2).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Regenerate with…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Regenerate with' });
  await dialog.getByRole('radio', { name: /^reasoning/ }).click();
  await chat.settled();
  await expect(chat.assistant(2)).toContainText('2 / 2');
  await expect(chat.assistant(2)).toContainText('reasoning');
  await expect(page.getByRole('button', { name: 'Model: echo' })).toBeVisible();
});

test('regenerating with a model that cannot read it all asks first', async ({
  chat,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/422/);
  await chat.openWith(['Long words. '.repeat(120), 'And a short question'], 'echo');
  await chat.assistant(4).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Regenerate with…' }).click();
  await page.getByRole('radio', { name: /^window:600/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Too large for the model' });
  await expect(dialog).toContainText(/it would read the last 1 of 3/);
  await dialog.getByRole('button', { name: 'Leave out the oldest' }).click();
  await expect(chat.assistant(4)).toContainText('read only the last of 3 messages');
});

test('axe finds nothing in the card of an empty page and what a test says, on a phone', async ({
  page,
  provider,
}) => {
  const bough = await startBough();
  try {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(bough.url);
    const card = page.getByRole('region', { name: 'Connect a model' });
    await card.getByRole('button', { name: 'Start Ollama' }).click();
    await expect(card.getByText('Bough keeps looking')).toBeInViewport();
    expect(await axeFaults(page)).toEqual([]);
    await card.getByRole('button', { name: 'Add a key' }).click();
    const form = models(page).getByRole('form', { name: 'Add an endpoint' });
    const answers = [
      ['http://127.0.0.1:9/v1', 'alert', /Nothing answers at 127\.0\.0\.1:9/],
      ['https://models.invalid', 'alert', /The name models\.invalid was not found/],
      ['http://169.254.169.254/v1', 'alert', /clouds keep secrets/],
      ['ftp://models.invalid', 'alert', /no address of a server/],
      [provider.baseUrl.replace('http:', 'https:'), 'alert', /should begin with http: or https:/],
      [
        provider.baseUrlAs('redirect:http://127.0.0.1:9/'),
        'alert',
        /follows to no other host\. If that is where they should go, check its address under Models/,
      ],
      [
        provider.baseUrlAs('html'),
        'alert',
        /no answer of a server of models\. Check its address under Models\.$/,
      ],
      [provider.baseUrl, 'status', /It answers: \d+ models/],
    ] as const;
    for (const [address, role, sentence] of answers) {
      await form.getByRole('textbox', { name: 'Base URL' }).fill(address);
      await form.getByRole('button', { name: 'Test' }).click();
      await expect(form.getByRole(role)).toContainText(sentence);
      expect(await axeFaults(page)).toEqual([]);
    }
  } finally {
    await page.close();
    await bough.stop();
  }
});

test('axe finds nothing in the dialogs of models, on a phone', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.openWith(['Hello'], 'echo');
  await chat
    .assistant(2)
    .getByRole('button', { name: /^Details: / })
    .click();
  await expect(page.getByRole('dialog', { name: 'Details of the reply' })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await openModels(page);
  await models(page).getByRole('button', { name: 'Add an endpoint' }).click();
  expect(await axeFaults(page)).toEqual([]);
});
