import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { ChatPage } from '../pages/chat-page.ts';
import { startBough } from '../server.ts';

/** Waits until a reply of the slow demo shows some words (its header has words too) and returns them. */
async function someWords(reply: Locator): Promise<string> {
  await expect(reply).toContainText(/This demo is slow \w+/);
  return (await reply.innerText()).replace(/^[\s\S]*?(?=This demo)/, '');
}

test('a reload in mid-reply keeps every word and the reply goes on', async ({ chat, page }) => {
  await chat.openNew();
  await chat.chooseModel('tokens:100x20');
  await chat.send('Count slowly');
  await expect(chat.assistant(2)).toContainText('token 9 ');
  await page.reload();
  await expect(chat.assistant(2)).toContainText('token 9 ');
  await chat.settled();
  const text = await chat.assistant(2).innerText();
  for (let n = 0; n < 100; n += 1) expect(text).toContain(`token ${n} `.trimEnd());
  expect(text.split('token 41 ').length).toBe(2);
});

test('Stop ends the reply at the provider and keeps its text', async ({ chat, provider }) => {
  await chat.openNew();
  await chat.chooseModel('tokens:100x20');
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

test('what is typed while a reply streams is kept, and Enter does not lose it', async ({ chat, page }) => {
  await chat.openNew();
  await chat.chooseModel('tokens:2000x20');
  await chat.send('Count');
  await expect(chat.assistant(2)).toContainText('token 3 ');
  await chat.box.fill('A second thought');
  await chat.box.press('Enter');
  await expect(chat.box).toHaveValue('A second thought');
  await page.getByRole('button', { name: 'Stop and send' }).click();
  await expect(chat.user(3)).toContainText('A second thought');
  await expect(chat.assistant(2)).toContainText('Stopped');
});

test('a server killed in mid-reply ends it as interrupted with its text, at once on restart', async ({
  page,
}) => {
  const bough = await startBough({ BOUGH_DEMO_MODES: '1' });
  try {
    const chat = new ChatPage(page, bough.url);
    await chat.openNew();
    await chat.chooseModel(/Demo: slow/);
    await chat.send('Tell me something long');
    const words = (await someWords(chat.assistant(2))).split(/\s+/).slice(0, 3);
    await bough.end('SIGKILL');
    await expect(page.getByText(/Can't reach Bough/).first()).toBeVisible();
    await chat.box.fill('Are you there?');
    await chat.box.press('Enter');
    const composer = page.getByRole('form', { name: 'Composer' });
    await expect(composer).toContainText('not known whether the reply goes on. Your text is kept here');
    await expect(page.getByText('A reply is still being written')).toBeHidden();
    await expect(chat.stopButton).toBeHidden();
    const moving = () =>
      chat.log.evaluate(
        (log) =>
          log.getAnimations({ subtree: true }).filter(({ playState }) => playState === 'running').length,
      );
    await expect.poll(moving).toBe(0);
    await bough.restart();
    await expect(chat.assistant(2)).toContainText('Interrupted');
    await expect(composer).toContainText('Your text has not been sent. It can be now.');
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
