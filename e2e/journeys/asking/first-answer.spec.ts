import { expect, test, watch } from '../../fixtures.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { startProvider } from '../../provider/start.ts';
import { startBough } from '../../server.ts';

test('a first answer without a key, from an empty page', async ({ page }) => {
  const bough = await startBough();
  const faults = watch(page, []);
  try {
    const chat = new ChatPage(page, bough.url);
    await chat.openNew();
    await expect(page.getByRole('button', { name: /^Model: Demo \(not an AI\)/ })).toBeVisible();
    const answer = await chat.ask('What is a bough?', 2);
    await expect(chat.user(1)).toContainText('What is a bough?');
    await expect(answer).toContainText('not an AI');
    await expect(answer).toContainText(/1 message; .*What is a bough\?/);
    await expect(page).toHaveURL(/\/c\/[\w-]+$/);
    await expect(page).toHaveTitle(/What is a bough\?/);
    await expect(chat.sidebar.getByRole('link', { name: /What is a bough\?/ })).toBeVisible();
    expect(faults).toEqual([]);
  } finally {
    await page.close();
    await bough.stop();
  }
});

test('a server started while the page is open is found by itself, answers, and gives the chat a title', async ({
  page,
}) => {
  const before = await startProvider();
  await before.stop();
  const bough = await startBough({ OLLAMA_HOST: `127.0.0.1:${before.port}`, BOUGH_TITLES: '1' });
  const faults = watch(page, []);
  try {
    const chat = new ChatPage(page, bough.url);
    await chat.openNew();
    const sentence = `Nothing answers at 127.0.0.1:${before.port}. Start the server there, or check OLLAMA_HOST.`;
    await expect(page.getByText(sentence)).toBeVisible();
    const card = page.getByRole('region', { name: 'Connect a model' });
    await card.getByRole('button', { name: 'Start Ollama' }).click();
    const provider = await startProvider(before.port);
    try {
      await expect(page.getByRole('button', { name: 'Model: echo' })).toBeVisible();
      await expect(card).toBeHidden();
      await expect(page.getByText(sentence)).toBeHidden();
      await chat.chooseModel('titled');
      await chat.ask('What does the fox do?', 2);
      await expect(page).toHaveTitle(/^The fox and the dog · /);
      await expect(chat.sidebar.getByRole('link', { name: 'The fox and the dog' })).toBeVisible();
      const asked = (await provider.log()).filter(({ path }) => path === '/api/chat');
      expect(asked.map(({ body }) => (body.options as { num_ctx: number }).num_ctx)).toEqual([8_192, 8_192]);
    } finally {
      await provider.stop();
    }
    expect(faults).toEqual([]);
  } finally {
    await page.close();
    await bough.stop();
  }
});

test('a suggestion of the empty page fills the composer and sends nothing', async ({ chat, page }) => {
  await chat.openNew();
  const suggestions = page.getByRole('list', { name: /suggestions|examples/i }).getByRole('button');
  const text = (await suggestions.first().innerText()).trim();
  await suggestions.first().click();
  await expect(chat.box).toBeFocused();
  expect(await chat.box.inputValue()).toContain(text.split('\n')[0]?.slice(0, 12));
  await expect(page).toHaveURL(`${chat.url}/`);
});

test('an answer from an OpenAI-compatible server carries exactly the visible context', async ({
  chat,
  provider,
}) => {
  await chat.openNew();
  await chat.chooseModel(/^echo/);
  await chat.ask('First question', 2);
  await chat.ask('Second question', 4);
  const log = await provider.log();
  const request = log.filter((entry) => JSON.stringify(entry).includes('Second question')).at(-1);
  const body = request?.body as { messages: { role: string; content: string }[] } | undefined;
  expect(body?.messages.map((message) => message.role)).toEqual(['user', 'assistant', 'user']);
  expect(body?.messages[0]?.content).toContain('First question');
  await expect(chat.page.getByRole('button', { name: /^Model: echo/ })).toBeVisible();
});
