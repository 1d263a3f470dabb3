import { expect, test } from '../../fixtures.ts';

// A default system prompt is one of every new chat of its server.
test.use({ server: 'own' });

test('keeps prompts of my own, inserts one by a slash, and begins new chats with a default', async ({
  chat,
  page,
}) => {
  await chat.openNew();
  const box = page.getByRole('textbox', { name: 'Message', exact: true });
  await box.fill('/');
  await expect(page.getByText(/^None yet/)).toBeVisible();
  await page.getByRole('option', { name: 'Add a prompt…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Prompts' });
  const form = dialog.getByRole('form', { name: 'Add a prompt' });
  await expect(form.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await form.getByRole('textbox', { name: 'Name' }).fill('Review');
  await form.getByRole('textbox', { name: 'Text' }).fill('Review this line by line.');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('listitem')).toContainText(['Review']);
  await dialog.getByRole('textbox', { name: 'Default system prompt' }).fill('Answer like a pirate.');
  await dialog
    .getByRole('form', { name: 'Default system prompt' })
    .getByRole('button', { name: 'Save' })
    .click();
  await expect(dialog.getByText('Default system prompt saved')).toBeVisible();

  // Deleting is undone, and another tab sees what is kept.
  await dialog.getByRole('button', { name: 'Delete “Review”' }).click();
  await expect(dialog.getByText(/^No prompts yet/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole('textbox', { name: 'Message', exact: true }).fill('/re');
  await expect(other.getByRole('option', { name: /^Review/ })).toBeVisible();
  await other.close();
  await page.keyboard.press('Escape');

  await expect(page.getByRole('button', { name: 'System prompt: Answer like a pirate.' })).toBeVisible();
  await chat.chooseModel('echo');
  await box.fill('');
  await box.pressSequentially('/rev');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('Review this line by line.');
  await page.keyboard.press('Enter');
  await expect(chat.assistant(2)).toBeVisible();
  await expect(page.getByText('System prompt: Answer like a pirate.').first()).toBeVisible();
});
