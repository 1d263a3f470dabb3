import type { Locator } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import type { ChatPage } from '../../pages/chat-page.ts';

const action = (message: Locator, name: string) => message.getByRole('button', { name, exact: true });

/** Opens a chat with an echo and says these things, one after the other; each is answered with itself. */
async function say(chat: ChatPage, ...texts: readonly string[]): Promise<void> {
  await chat.openNew('echo');
  for (const [index, text] of texts.entries()) await chat.ask(text, 2 * index + 2);
}

async function edit(chat: ChatPage, n: number, text: string, how: 'Save' | 'Save only' | 'Save & send') {
  await action(chat.message(n), 'Edit').click();
  await chat.editor.fill(text);
  await action(chat.message(n), how).click();
}

const versions = (message: Locator) => message.getByRole('group', { name: 'Versions' });

test('edit an early message, see where the rest is and switch back', async ({ chat, page }) => {
  await say(chat, 'Which city first?', 'Budget for two?', 'Book it');
  await action(chat.user(3), 'Edit').click();
  const box = chat.editor;
  await expect(box).toBeFocused();
  await expect(box).toHaveValue('Budget for two?');
  await expect(chat.user(3)).toContainText('Saves as version 2. Version 1 keeps its 3 messages');
  await box.fill('Budget for three?');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(chat.user(3)).toContainText('Budget for three?');
  await expect(chat.user(3)).toBeFocused();
  await expect(chat.assistant(4)).toContainText('Budget for three?');
  await chat.settled();
  await expect(versions(chat.user(3))).toHaveText('2 / 2');
  await expect(page.getByText('3 messages continue on version 1')).toBeVisible();

  await page.getByRole('button', { name: 'View', exact: true }).click();
  await expect(chat.user(3)).toContainText('Budget for two?');
  await expect(chat.user(5)).toContainText('Book it');
  await expect(page.getByText(/messages continue on/)).toBeHidden();

  await action(chat.user(3), 'Next version').click();
  await expect(chat.assistant(4)).toContainText('Budget for three?');
  await page.reload();
  await expect(versions(chat.user(3))).toContainText('/ 2');
  await expect(chat.user(1)).toContainText('Which city first?');
});

test('an edit that was begun is there after a reload, in its own tab alone', async ({
  chat,
  openTab,
  page,
}) => {
  await say(chat, 'Budget for two?');
  await action(chat.user(1), 'Edit').click();
  const box = chat.editor;
  await box.fill('Budget for three, and a dog?');
  await page.reload();
  await expect(box).toHaveValue('Budget for three, and a dog?');
  const other = await openTab();
  await other.page.goto(page.url());
  await expect(other.user(1)).toContainText('Budget for two?');
  await expect(other.editor).toBeHidden();
  await page.getByRole('button', { name: 'Save only' }).click();
  await expect(chat.user(1)).toContainText('Budget for three, and a dog?');
  await page.reload();
  await expect(versions(chat.user(1))).toHaveText('2 / 2');
  await expect(box).toBeHidden();
});

test('regenerate three times: four versions, none lost', async ({ chat, page }) => {
  await say(chat, 'Tell me again');
  for (const n of [2, 3, 4]) {
    await action(chat.assistant(2), 'Regenerate').click();
    await expect(versions(chat.assistant(2))).toHaveText(`${n} / ${n}`);
    await chat.settled();
  }
  await page.reload();
  await expect(versions(chat.assistant(2))).toContainText('/ 4');
  const shown = Number((await versions(chat.assistant(2)).innerText()).trim()[0]);
  for (let n = shown + 1; n <= 4; n += 1) await action(chat.assistant(2), 'Next version').click();
  for (const n of [4, 3, 2, 1]) {
    await expect(versions(chat.assistant(2))).toHaveText(`${n} / 4`);
    await expect(chat.assistant(2)).toContainText('Tell me again');
    if (n > 1) await action(chat.assistant(2), 'Previous version').click();
  }
});

test('fork from the middle and continue both', async ({ chat, page }) => {
  await say(chat, 'Trip', 'Kyoto', 'Book Kyoto');
  await action(chat.assistant(2), 'Fork from here').click();
  await expect(page.getByText('New branch after “Trip”', { exact: true })).toBeVisible();
  await expect(chat.box).toBeFocused();
  await expect(chat.user(5)).toContainText('Book Kyoto');
  await page.keyboard.press('Escape');
  await expect(page.getByText('New branch after “Trip”', { exact: true })).toBeHidden();

  await action(chat.assistant(2), 'Fork from here').click();
  await chat.ask('Osaka', 4);
  await expect(chat.user(3)).toContainText('Osaka');
  await expect(page.getByText('3 messages continue on branch 1')).toBeVisible();
  await chat.ask('Book Osaka', 6);

  await action(chat.user(3), 'Previous version').click();
  await expect(chat.user(5)).toContainText('Book Kyoto');
  await chat.ask('And a train', 8);

  await page.getByRole('button', { name: 'Forks on this path' }).click();
  await page.getByRole('menuitem', { name: /Kyoto 1 \/ 2/ }).click();
  await expect(chat.user(3)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(chat.user(5)).toContainText('Book Osaka');
  await page.reload();
  await expect(versions(chat.user(3))).toContainText('/ 2');
});

test('edit the first message, and a reply', async ({ chat, page }) => {
  await say(chat, 'Hello', 'How are you?');
  await edit(chat, 1, 'Good morning', 'Save only');
  await expect(chat.user(1)).toContainText('Good morning');
  await expect(page.getByText('3 messages continue on version 1')).toBeVisible();
  await page.getByRole('button', { name: 'Ask for a reply' }).click();
  await expect(chat.assistant(2)).toContainText('Good morning');
  await chat.settled();

  await edit(chat, 2, 'Good morning to you', 'Save');
  await expect(chat.assistant(2)).toContainText('edited by you');
  await expect(chat.assistant(2)).toContainText('Good morning to you');
  await expect(versions(chat.assistant(2))).toHaveText('2 / 2');
  await page.reload();
  await expect(versions(chat.assistant(2))).toContainText('/ 2');
  await action(chat.user(1), 'Previous version').click();
  await expect(chat.user(3)).toContainText('How are you?');
});

test('switch versions in mid-reply: every word is there on coming back', async ({ chat, page }) => {
  await chat.openWith(['Count'], 'tokens:100x20');
  await action(chat.assistant(2), 'Regenerate').click();
  await expect(versions(chat.assistant(2))).toHaveText('2 / 2');
  await expect(chat.assistant(2)).toContainText('token 3 ');
  await action(chat.assistant(2), 'Previous version').click();
  await expect(versions(chat.assistant(2))).toHaveText('1 / 2');
  await expect(chat.assistant(2)).toContainText('token 99');
  await action(chat.assistant(2), 'Next version').click();
  await chat.settled();
  const text = await chat.assistant(2).innerText();
  for (let n = 0; n < 100; n += 1) expect(text.split(`token ${n} `.trimEnd()).length).toBeGreaterThan(1);
  expect(text.split('token 21 ').length).toBe(2);
  await page.reload();
  await expect(versions(chat.assistant(2))).toHaveText('2 / 2');
  await expect(chat.assistant(2)).toContainText('token 99');
});

test('a press on a version counts although the reply above it grows meanwhile', async ({ chat, page }) => {
  await page.setViewportSize({ width: 600, height: 900 });
  await chat.openWith(['Count'], 'tokens:100x20');
  await action(chat.assistant(2), 'Regenerate').click();
  await expect(versions(chat.assistant(2))).toHaveText('2 / 2');
  await expect(chat.assistant(2)).toContainText('token 3 ');
  const button = action(chat.assistant(2), 'Previous version');
  // Pressed right after it has moved: it rests for as long as a line takes, and would else be gone before it is pressed.
  const { x, y } = await button.evaluate(placeOnceMoved);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await expect.poll(async () => (await button.boundingBox())?.y ?? 0).toBeGreaterThan(y);
  await page.mouse.up();
  await expect(versions(chat.assistant(2))).toHaveText('1 / 2');
  await expect(chat.assistant(2)).toContainText('token 99');
});

/** The middle of an element in the frame after it has moved. */
function placeOnceMoved(element: Element): Promise<{ x: number; y: number }> {
  const before = element.getBoundingClientRect().y;
  return new Promise((resolve) => {
    const look = () => {
      const { x, y, width, height } = element.getBoundingClientRect();
      if (y === before) requestAnimationFrame(look);
      else resolve({ x: x + width / 2, y: y + height / 2 });
    };
    look();
  });
}

test('an edit that is not saved is kept while one looks elsewhere', async ({ chat, page }) => {
  await say(chat, 'Draft of a question');
  await action(chat.user(1), 'Edit').click();
  await chat.editor.fill('Half of another question');
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await expect(page).toHaveURL(`${chat.url}/`);
  await page.goBack();
  const box = chat.editor;
  await expect(box).toHaveValue('Half of another question');
  await box.press('Escape');
  await expect(box).toBeHidden();
  await expect(chat.user(1)).toContainText('Draft of a question');
});
