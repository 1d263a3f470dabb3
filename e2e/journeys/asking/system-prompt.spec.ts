import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';
import type { ScriptedProvider } from '../../provider/start.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'System prompt' });
const field = (page: Page) => dialog(page).getByRole('textbox', { name: 'System prompt' });
const save = (page: Page) => dialog(page).getByRole('button', { name: 'Save', exact: true });

async function openFromTools(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Tools' }).click();
  await page.getByRole('menuitem', { name: 'System prompt' }).click();
}

async function set(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await save(page).click();
  await expect(dialog(page)).toBeHidden();
}

/** What the model was sent for the question `asked`: roles, and the words of the system prompt. */
async function sentFor(provider: ScriptedProvider, asked: string) {
  const bodies = (await provider.log()).map(
    ({ body }) => body.messages as { role: string; content: unknown }[],
  );
  const sent = bodies.findLast((messages) => JSON.stringify(messages?.at(-1) ?? '').includes(asked));
  return sent?.map(({ role, content }) => (role === 'system' ? `system: ${content}` : role));
}

test('give a chat a system prompt before its first message', async ({ chat, page, provider }) => {
  await chat.openNew('echo');
  await chat.box.fill('Where shall we go?');
  await page.getByRole('button', { name: 'System prompt' }).click();
  await set(page, 'Answer like a pirate.');
  await expect(chat.log).toContainText('System prompt: Answer like a pirate.');
  await expect(chat.box).toHaveValue('Where shall we go?');
  await chat.sendButton.click();
  await expect(chat.assistant(2)).toContainText('Where shall we go?');
  await chat.settled();
  expect(await sentFor(provider, 'Where shall we go?')).toEqual(['system: Answer like a pirate.', 'user']);
});

test('change it from here on, take it away, undo that', async ({ chat, page, provider }) => {
  await chat.openWith(['One'], 'echo');
  await openFromTools(page);
  await set(page, 'Be brief.');
  await chat.ask('Two', 4);
  expect(await sentFor(provider, 'Two')).toEqual(['system: Be brief.', 'user', 'assistant', 'user']);

  await openFromTools(page);
  await expect(field(page)).toHaveValue('Be brief.');
  await dialog(page).getByRole('button', { name: 'Remove' }).click();
  await expect(chat.log).toContainText('No system prompt from here on');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(chat.log.getByText('No system prompt from here on')).toBeHidden();
  await chat.ask('Three', 6);
  expect((await sentFor(provider, 'Three'))?.[0]).toBe('system: Be brief.');
  // A prompt is no message: neither counted nor a version.
  await expect(page.getByRole('group', { name: 'Versions' })).toHaveCount(0);
});

test('go another way from a reply with another system prompt, and come back', async ({
  chat,
  page,
  provider,
}) => {
  await chat.openWith(['One', 'Two'], 'echo');
  await chat.assistant(2).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'System prompt from here on' }).click();
  await expect(dialog(page)).toContainText('the other branch keeps its 2 messages');
  await set(page, 'Be a poet.');
  await expect(chat.log).toContainText('2 messages continue on version 1');
  await expect(chat.box).toBeFocused();
  await chat.ask('Two in verse', 4);
  expect((await sentFor(provider, 'Two in verse'))?.[0]).toBe('system: Be a poet.');
  await expect(chat.user(3).getByRole('group', { name: 'Versions' })).toContainText('2 / 2');
  await page.getByRole('radio', { name: 'Split', exact: true }).click();
  const instructed = page.locator('[data-card]').filter({ hasText: 'A system prompt begins here' });
  await expect(instructed).toHaveCount(1);
  await expect(instructed).toContainText('Two in verse');
  await page.getByRole('radio', { name: 'Chat', exact: true }).click();
  await chat.user(3).getByRole('button', { name: 'Previous version' }).click();
  await expect(chat.user(3)).toContainText('Two');
  await expect(chat.log.getByText('System prompt: Be a poet.')).toBeHidden();
});

test('say a message again under another system prompt', async ({ chat, page, provider }) => {
  await chat.openWith(['Which city?'], 'echo');
  await chat.user(1).focus();
  await chat.user(1).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'System prompt from here on' }).click();
  await set(page, 'You are a guide.');
  await expect(chat.box).toHaveValue('Which city?');
  await chat.sendButton.click();
  await expect(chat.user(1).getByRole('group', { name: 'Versions' })).toContainText('2 / 2');
  await chat.settled();
  expect(await sentFor(provider, 'Which city?')).toEqual(['system: You are a guide.', 'user']);
});

test('while a reply is written the prompt waits for it, and what was typed is kept', async ({
  chat,
  page,
  openTab,
}) => {
  await chat.openNew('echo');
  await chat.send('script: stall@words');
  await expect(chat.assistant(2)).toContainText('The quick');
  await openFromTools(page);
  await field(page).fill('Be quick.');
  await page.keyboard.press('Escape');
  await openFromTools(page);
  await expect(field(page)).toHaveValue('Be quick.');
  await expect(dialog(page)).toContainText('Not saved yet');
  await save(page).click();
  await expect(dialog(page)).toContainText('The prompt is saved when it finishes');
  const other = await openTab();
  await other.page.goto(page.url());
  await other.stopButton.click();
  await expect(dialog(page)).toBeHidden();
  await expect(chat.log).toContainText('System prompt: Be quick.');
});

test('axe finds nothing in the dialog', async ({ chat, page }) => {
  await chat.openNew();
  await page.getByRole('button', { name: 'System prompt' }).click();
  await field(page).fill('Be brief.');
  expect(await axeFaults(page)).toEqual([]);
});
