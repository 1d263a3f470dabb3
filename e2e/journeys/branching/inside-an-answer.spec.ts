import type { Locator } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';

const WORDS = 'The quick brown fox jumps over the lazy dog 🦊, naïve and unhurried, in 日本語 too.';

/** Selects words inside an element, as somebody would with the mouse. */
function select(within: Locator, words: string): Promise<void> {
  return within.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at < 0) continue;
      document.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
      return;
    }
    throw new Error(`No “${wanted}” there.`);
  }, words);
}

const lastAsked = async (log: Promise<readonly { readonly body: unknown }[]>) =>
  JSON.stringify((await log).at(-1)?.body);

test('I have a reply go on otherwise from words I select in it', async ({ chat, page, provider }) => {
  await chat.openNew('titled');
  const reply = await chat.ask('What does the fox do?', 2);
  await expect(reply).toContainText(WORDS);
  await select(reply, 'jumps over');
  await page
    .getByRole('toolbar', { name: 'Selected words' })
    .getByRole('button', { name: 'Continue from here' })
    .click();
  await expect(reply).toContainText('continued from your cut');
  await expect(reply).toContainText(WORDS);
  await chat.settled();
  expect((await reply.innerText()).match(/quick/g)).toHaveLength(1);
  await expect(reply.getByRole('button', { name: 'Version 2 of 2' })).toBeVisible();
  const asked = (await provider.log()).filter(({ body }) => JSON.stringify(body).includes('was cut off'));
  expect(JSON.stringify(asked.at(-1)?.body)).toContain('The quick brown fox');
  expect(JSON.stringify(asked.at(-1)?.body)).not.toContain('jumps over the lazy');

  await page.reload();
  await expect(reply).toContainText('continued from your cut');
  await select(reply, 'naïve');
  await reply.focus();
  await page.keyboard.press('c');
  await expect(reply.getByRole('button', { name: 'Version 3 of 3' })).toBeVisible();
  await expect(reply).toContainText(WORDS);
});

test('without selected words its menu says what to do, and the start of a reply is refused', async ({
  chat,
  page,
}) => {
  await chat.openNew('titled');
  const reply = await chat.ask('What does the fox do?', 2);
  const menu = await chat.menuOf(reply);
  const item = menu.getByRole('menuitem', { name: 'Continue from here' });
  await expect(item).toHaveAttribute('aria-disabled', 'true');
  await expect(item).toHaveAccessibleDescription(
    'First select words in the reply: it continues in their place.',
  );
  await page.keyboard.press('Escape');
  await select(reply, 'The quick');
  await reply.focus();
  await page.keyboard.press('c');
  await expect(page.getByText('The reply begins there. Regenerate it instead.').first()).toBeVisible();
  await expect(reply.getByRole('button', { name: /^Version/ })).toHaveCount(0);
});

test('I ask for another reply with an instruction, on a phone too', async ({ chat, page, provider }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.openNew('echo');
  const reply = await chat.ask('Tell me of the fox.', 2);
  const menu = await chat.menuOf(reply);
  await menu.getByRole('menuitem', { name: 'Regenerate with…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Regenerate with' });
  await dialog.getByRole('textbox', { name: 'Instruction (optional)' }).fill('Shorter, with an example');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFaults(page, { part: 'dialog' })).toEqual([]);
  }
  await page.keyboard.press('Enter');
  await expect(reply).toContainText('Asked: “Shorter, with an example”');
  await chat.settled();
  expect(await lastAsked(provider.log())).toContain('[For this answer: Shorter, with an example]');
  await page.reload();
  await expect(reply).toContainText('Asked: “Shorter, with an example”');
  await expect(chat.user(1)).not.toContainText('Shorter');
});
