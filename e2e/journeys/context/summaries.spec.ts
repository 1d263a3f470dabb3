import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { violationsIn } from '../../pages/axe.ts';
import type { ChatPage } from '../../pages/chat-page.ts';

const LONG = 'The oldest words of all. '.repeat(16);
const SUMMARISE = { name: 'Summarise earlier messages' } as const;
const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Summary', exact: true });
const wordsOf = (page: Page) => dialogOf(page).getByRole('textbox', { name: 'Summary' });
const summaryOf = (chat: ChatPage, messages = '') =>
  chat.log.getByRole('region', { name: new RegExp(`^Summary of ${messages}`) });
const useIt = (page: Page) => dialogOf(page).getByRole('button', { name: 'Use it' }).click();

/** The model has written the summary to its end. */
const isWritten = (page: Page) => expect(wordsOf(page)).toHaveValue(/wall\.$/);

/** Two long turns with a model that reads 600 tokens: a third does not fit. */
async function fill(chat: ChatPage): Promise<void> {
  await chat.openWith([`First. ${LONG}`, `Second. ${LONG}`], 'window:600');
}

/** Words for the second message with which it does not fit any more. */
const TOO_LONG = `Second, otherwise. ${LONG.repeat(2)}${'More words. '.repeat(12)}`;

async function editByKey(chat: ChatPage, text: string): Promise<void> {
  await chat.user(3).focus();
  await chat.page.keyboard.press('e');
  await chat.editor.fill(text);
  await chat.saveAndSend();
}

/** Has the summary written anew so that it stands for the last turn, too. */
async function keepNoTurn(page: Page): Promise<void> {
  await dialogOf(page)
    .getByRole('spinbutton', { name: /Turns that stay/ })
    .fill('0');
  await dialogOf(page).getByRole('button', { name: 'Write it again' }).click();
  await isWritten(page);
}

/** Has the last reply written again by a model that reads 470 tokens. */
async function regenerateBySmaller(chat: ChatPage): Promise<void> {
  await chat.inMenu(chat.assistant(4), /^Regenerate with…/);
  const models = chat.page.getByRole('dialog', { name: 'Regenerate with' });
  await models.getByRole('radio', { name: /^window:470/ }).click();
}

async function summariseByItself(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Context: / }).click();
  const byItself = page
    .getByRole('dialog', { name: 'Context and cost' })
    .getByRole('radio', { name: /^Summarise by itself when it is full/ });
  await byItself.click();
  await expect(byItself).toBeChecked();
  await page.keyboard.press('Escape');
}

const wasSummarisedFor = (chat: ChatPage, n: number) =>
  expect(chat.assistant(n)).toContainText('Earlier messages were summarised for this', { timeout: 30_000 });

test('I have earlier messages summarised when the window is full, and go on', async ({
  chat,
  page,
  provider,
}) => {
  await fill(chat);
  await page.getByRole('button', SUMMARISE).click();
  const dialog = dialogOf(page);
  const words = wordsOf(page);
  await expect(words).toHaveValue(/They plan a small garden: .* shade of the wall\.$/);
  await expect(dialog).toContainText('Stands for 2 messages. The last turn stays word for word.');
  await words.fill('They plan a garden. Settled: raised beds.');
  await useIt(page);
  await expect(dialog).toBeHidden();
  const summary = chat.log.getByRole('region', { name: 'Summary of 2 messages, 7 words' });
  await expect(summary).toBeVisible();

  await chat.ask('And now?', 6);
  const asked = (await provider.log()).at(-1)?.body as { messages: { role: string; content: unknown }[] };
  const sent = JSON.stringify(asked.messages);
  expect(sent).toContain('Settled: raised beds.');
  expect(sent).toContain('Second. The oldest');
  expect(sent).not.toContain('First. The oldest');

  await page.reload();
  await summary.getByRole('button', { name: 'Read' }).click();
  await expect(summary).toContainText('Settled: raised beds.');
  await summary.getByRole('button', { name: 'What it stands for' }).click();
  await expect(chat.user(1)).toBeInViewport();
  await page.goBack();

  await summary.getByRole('button', { name: 'Edit' }).click();
  await expect(words).toHaveValue('They plan a garden. Settled: raised beds.');
  await expect(dialog).toContainText('The last 2 turns stay word for word.');
  await words.fill('They plan a garden with a big pond.');
  await useIt(page);
  await expect(dialog).toBeHidden();
  await expect(chat.log.getByRole('region', { name: 'Summary of 2 messages, 8 words' })).toBeVisible();
  await chat.ask('A pond?', 8);
  expect(JSON.stringify((await provider.log()).at(-1)?.body)).toContain('with a big pond');
});

test('by keyboard from the palette; cancelling leaves nothing, undoing takes it back', async ({
  chat,
  page,
}) => {
  await fill(chat);
  const open = async () => {
    await chat.inPalette('Summarise');
    await page.keyboard.press('Enter');
    await isWritten(page);
  };
  await open();
  await page.keyboard.press('Escape');
  await expect(dialogOf(page)).toBeHidden();
  await expect(summaryOf(chat)).toHaveCount(0);

  await open();
  const use = dialogOf(page).getByRole('button', { name: 'Use it' });
  // Its last words can be there before it is whole.
  await expect(use).toBeEnabled();
  await use.press('Enter');
  await expect(summaryOf(chat, '2 messages')).toBeVisible();
  await chat.log.getByRole('article').last().focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(summaryOf(chat)).toHaveCount(0);
  await chat.ask('Short.', 6);
});

test('a message that does not fit is sent after the summary that makes room for it', async ({
  chat,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/422/);
  await fill(chat);
  await chat.send(`Third. ${'More words. '.repeat(40)}`);
  const refused = chat.user(5);
  await refused.getByRole('button', SUMMARISE).click();
  await isWritten(page);
  await keepNoTurn(page);
  await useIt(page);
  await expect(chat.assistant(6)).toContainText('More words.');
  await expect(summaryOf(chat, '4 messages')).toBeVisible();
});

test('an edit by hand that does not fit is sent after a summary too, and stays a version', async ({
  chat,
  page,
  provider,
  expectedErrors,
}) => {
  expectedErrors.push(/422/);
  await fill(chat);
  await editByKey(chat, TOO_LONG);
  await chat.user(3).getByRole('button', SUMMARISE).click();
  await isWritten(page);
  await keepNoTurn(page);
  await wordsOf(page).fill('They plan a garden.');
  await useIt(page);
  await expect(summaryOf(chat, '2 messages')).toBeVisible();
  await expect(chat.assistant(4)).toContainText('Second, otherwise.');
  await chat.settled();
  expect(JSON.stringify((await provider.log()).at(-1)?.body)).toContain('They plan a garden.');
  const versions = chat.user(3).getByRole('group', { name: 'Versions' });
  await expect(versions).toContainText('2 / 2');
  await versions.getByRole('button', { name: 'Previous version' }).click();
  await expect(chat.user(3)).toContainText('Second. The oldest');
  await expect(summaryOf(chat)).toHaveCount(0);
});

test('a reply by a smaller model is asked for after a summary, chosen where it would not fit', async ({
  chat,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/422|503/);
  await fill(chat);
  await regenerateBySmaller(chat);
  const dialog = page.getByRole('dialog', { name: 'Too large for the model' });
  await expect(dialog.getByRole('button')).toContainText([
    ...['Cancel', 'Another model', 'Summarise earlier messages', 'Leave out the oldest'],
  ]);
  expect(await violationsIn(page, 'dialog')).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('too-large.png') });
  await dialog.getByRole('button', SUMMARISE).click();
  await wasSummarisedFor(chat, 4);
  await chat.settled();
  await expect(chat.user(3).getByRole('group', { name: 'Versions' })).toContainText('2 / 2');
});

test('on a phone, and nothing is found by axe, in the tree neither', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await fill(chat);
  await page.getByRole('button', { name: /^Context: / }).click();
  await page.getByRole('dialog', { name: 'Context and cost' }).getByRole('button', SUMMARISE).click();
  await isWritten(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsIn(page, 'dialog')).toEqual([]);
  }
  await useIt(page);
  await expect(summaryOf(chat, '2 messages')).toBeVisible();
  expect(await violationsIn(page, '[role=log]')).toEqual([]);

  await page.getByRole('radio', { name: 'Tree' }).click();
  const row = page.getByRole('treeitem', { name: /Second\..* a summary follows/ });
  await row.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Read the summary' }).click();
  const read = page.getByRole('dialog', { name: /^Summary of 2 messages/ });
  await expect(read).toContainText('They plan a small garden');
  await page.keyboard.press('Escape');
  await expect(read).toBeHidden();
});

test('set so, an edit and a reply by a smaller model make room too', async ({
  chat,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/503/);
  await fill(chat);
  await summariseByItself(page);
  await editByKey(chat, TOO_LONG);
  await expect(chat.user(3)).toContainText('Second, otherwise.');
  await wasSummarisedFor(chat, 4);
  await chat.settled();
  const versions = chat.user(3).getByRole('group', { name: 'Versions' });
  await expect(versions).toContainText('2 / 2');
  const summary = summaryOf(chat, '2 messages');
  await expect(summary).toBeVisible();
  await versions.getByRole('button', { name: 'Previous version' }).click();
  await expect(summary).toHaveCount(0);

  await regenerateBySmaller(chat);
  await expect(
    page.getByRole('region', { name: 'Notices' }).getByText(/^Earlier messages are being summarised first/),
  ).toBeVisible();
  await wasSummarisedFor(chat, 4);
  await chat.settled();
  await expect(versions).toContainText('3 / 3');
  await expect(chat.user(3)).toContainText('Second. The oldest');
});

test('a chat that is set so summarises by itself when it is full, and the reply says it', async ({
  chat,
  page,
  provider,
  expectedErrors,
}) => {
  expectedErrors.push(/503/);
  await fill(chat);
  await summariseByItself(page);
  await chat.box.fill(`Third. ${'More words. '.repeat(20)}`);
  await expect(page.getByText(/^Earlier messages will be summarised first/)).toBeVisible();
  await chat.sendButton.click();
  await wasSummarisedFor(chat, 6);
  await chat.settled();
  const summary = summaryOf(chat, '\\d messages');
  await summary.getByRole('button', { name: 'Read' }).click();
  await expect(summary).toContainText('Made by itself, because the chat was full');
  const asked = (await provider.log())
    .map(({ body }) => JSON.stringify(body))
    .filter((body) => body.includes('Third.'));
  expect(asked.at(-1)).toContain('They plan a small garden');
  expect(asked.at(-1)).not.toContain('First. The oldest');
});
