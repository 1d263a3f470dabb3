import type { Locator } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { startBough } from '../../server.ts';

/** Waits until a reply of the slow demo shows some words (its header has words too) and returns them. */
async function someWords(reply: Locator): Promise<string> {
  await expect(reply).toContainText(/This demo is slow \w+/);
  return (await reply.innerText()).replace(/^[\s\S]*?(?=This demo)/, '');
}

test('a reload in mid-reply keeps every word and the reply goes on', async ({ chat, page }) => {
  await chat.openNew('tokens:100x20');
  await chat.send('Count slowly');
  await expect(chat.assistant(2)).toContainText('token 9 ');
  await page.reload();
  // It may be over by now: then its end can be known before its last words are read.
  await expect(chat.assistant(2)).toContainText('token 99', { timeout: 30_000 });
  await chat.settled();
  const text = await chat.assistant(2).innerText();
  for (let n = 0; n < 100; n += 1) expect(text).toContain(`token ${n} `.trimEnd());
  expect(text.split('token 41 ').length).toBe(2);
});

test('Stop ends the reply at the provider and keeps its text', async ({ chat, provider }) => {
  await chat.openNew('tokens:100x20');
  await chat.send('Count until I stop you');
  await expect(chat.assistant(2)).toContainText('token 5 ');
  await chat.stopButton.click();
  await chat.settled();
  await expect(chat.assistant(2)).toContainText('Stopped');
  await expect(chat.assistant(2)).toContainText('token 5 ');
  await expect(chat.assistant(2)).not.toContainText('token 99');
  await expect
    .poll(async () =>
      (await provider.log()).some(
        (entry) => entry.aborted && JSON.stringify(entry.body).includes('until I stop'),
      ),
    )
    .toBe(true);
});

test('what is sent while a reply streams waits for its turn, can be changed, and goes by itself', async ({
  chat,
  page,
}) => {
  await chat.openNew('echo');
  await chat.send('script: tokens:200x10');
  await expect(chat.assistant(2)).toContainText('token 1 ');
  const queue = page.getByRole('list', { name: 'Queued messages' });
  await chat.box.fill('A second thought');
  await chat.box.press('Enter');
  await expect(chat.box).toHaveValue('');
  await expect(queue).toContainText('Sends when this reply is done');
  await queue.getByRole('button', { name: 'Edit “A second thought”' }).click();
  await expect(queue).toBeHidden();
  await chat.box.fill('A better thought');
  await page.getByRole('button', { name: 'Send when this reply is done' }).click();
  await chat.box.fill('And one more');
  await chat.box.press('Enter');
  await expect(queue.getByRole('listitem')).toHaveCount(2);
  await page.reload();
  await expect(queue.getByRole('listitem')).toHaveCount(2);
  await queue.getByRole('button', { name: 'Remove “And one more” from the queue' }).click();
  await expect(queue.getByRole('listitem')).toHaveCount(1);
  await expect(chat.user(3)).toContainText('A better thought', { timeout: 60_000 });
  await expect(chat.assistant(4)).toContainText('A better thought');
  await expect(chat.assistant(2)).toContainText('token 199');
  await expect(queue).toBeHidden();
});

test('"Stop and send" does both', async ({ chat, page }) => {
  await chat.openNew('tokens:2000x20');
  await chat.send('Count');
  await expect(chat.assistant(2)).toContainText('token 3 ');
  await chat.box.fill('A second thought');
  await chat.box.press('Enter');
  await page.getByRole('button', { name: 'Stop and send' }).click();
  await expect(chat.user(3)).toContainText('A second thought');
  await expect(chat.assistant(2)).toContainText('Stopped');
});

test('what is sent offline goes in its order, each after the reply to the one before', async ({
  chat,
  page,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED|Failed to (fetch|load)/);
  await chat.openWith(['One'], 'echo');
  await context.setOffline(true);
  await chat.send('Two');
  await expect(chat.user(3)).toContainText('Waiting for the connection');
  await chat.box.fill('Three');
  await chat.box.press('Enter');
  await expect(page.getByRole('list', { name: 'Queued messages' })).toContainText('Three');
  await context.setOffline(false);
  await expect(chat.assistant(6)).toContainText('Three');
  await expect(chat.assistant(4)).toContainText('Two');
});

test('a server killed in mid-reply ends it as interrupted with its text, at once on restart', async ({
  page,
}) => {
  const bough = await startBough({ BOUGH_DEMO_MODES: '1' });
  try {
    const chat = new ChatPage(page, bough.url);
    await chat.openNew(/Demo: slow/);
    await chat.send('Tell me something long');
    const words = (await someWords(chat.assistant(2))).split(/\s+/).slice(0, 3);
    await bough.end('SIGKILL');
    await expect(page.getByText(/Can't reach Bough/).first()).toBeVisible();
    await chat.box.fill('Are you there?');
    await chat.box.press('Enter');
    const queue = page.getByRole('list', { name: 'Queued messages' });
    await expect(queue).toContainText(
      'Connection lost. The reply may still be running. Sends when it is done',
    );
    await expect(chat.stopButton).toBeHidden();
    const moving = () =>
      chat.log.evaluate(
        (log) =>
          log.getAnimations({ subtree: true }).filter(({ playState }) => playState === 'running').length,
      );
    await expect.poll(moving).toBe(0);
    await bough.restart();
    await expect(chat.assistant(2)).toContainText('Interrupted');
    await expect(queue).toContainText('Not sent: the reply before it was interrupted');
    await queue.getByRole('button', { name: 'Edit' }).click();
    await expect(chat.box).toHaveValue('Are you there?');
    await chat.box.fill('');
    for (const word of words) await expect(chat.assistant(2)).toContainText(word);
    await chat.assistant(2).getByRole('button', { name: 'Try again' }).click();
    await expect(chat.page.getByRole('group', { name: 'Versions' })).toContainText('2 / 2');
    await chat.page.getByRole('button', { name: 'Previous version' }).click();
    await expect(chat.assistant(2)).toContainText('Interrupted');
  } finally {
    await bough.stop();
  }
});

test('a reply that was stopped is continued from its words, twice, also by a model that takes no beginning', async ({
  page,
  provider,
}) => {
  const base = provider.baseUrlAs('no-prefix:300');
  const bough = await startBough({ OPENAI_BASE_URL: base, OPENAI_API_KEY: 'test-key' });
  try {
    const chat = new ChatPage(page, bough.url);
    const next = chat.assistant(2).getByRole('button', { name: 'Continue', exact: true });
    await chat.openNew();
    await chat.send('What does the fox do?');
    await expect(chat.assistant(2)).toContainText('The quick');
    await chat.stopButton.click();
    await chat.settled();
    await next.click();
    await expect(chat.assistant(2)).toContainText('continued');
    await expect(chat.assistant(2)).toContainText('lazy dog');
    await chat.stopButton.click();
    await chat.settled();
    await next.focus();
    await page.keyboard.press('Enter');
    await expect(chat.assistant(2)).toContainText('日本語 too.');
    await chat.settled();
    await page.reload();
    const reply = chat.assistant(2);
    await expect(reply).toContainText(
      'The quick brown fox jumps over the lazy dog 🦊, naïve and unhurried, in 日本語 too.',
    );
    expect((await reply.innerText()).match(/quick/g)).toHaveLength(1);
    await expect(reply).toContainText('continued');
    await expect(reply.getByRole('button', { name: 'Version 3 of 3' })).toBeVisible();
    await expect(next).toBeHidden();
    const asked = (await provider.log()).filter(({ body }) => JSON.stringify(body).includes('fox do'));
    expect(JSON.stringify(asked.at(-1)?.body)).toContain('was cut off');
  } finally {
    await bough.stop();
  }
});
