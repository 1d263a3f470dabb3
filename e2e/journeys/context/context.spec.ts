import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';

const LONG = 'The oldest words of all. '.repeat(40);
const meter = { name: /^Context: / } as const;

test('I see how full the window gets, and choose what happens when it is', async ({
  chat,
  page,
  provider,
  expectedErrors,
}) => {
  expectedErrors.push(/422/);
  await chat.openNew('window:600');
  await expect(page.getByRole('button', meter)).toBeHidden();
  await chat.box.fill('Hello');
  await expect(page.getByRole('button', { name: 'Context: about 6 of 600 tokens' })).toBeVisible();
  await chat.ask(LONG, 2);
  await expect(page.getByRole('button', { name: /^Context: \d+ of 600 tokens$/ })).toBeVisible();

  await chat.box.fill(`And now this. ${'More words. '.repeat(40)}`);
  const note = page.getByText(/more than the model can read: about \d+ tokens, and window:600 can read 600/);
  await expect(note).toBeVisible();
  await chat.sendButton.click();
  const refused = chat.user(3);
  await expect(refused).toContainText('This conversation is too large for the model');
  await refused.getByRole('button', { name: 'Leave out the oldest' }).click();
  await expect(chat.assistant(4)).toContainText('read only the last of 3 messages');
  await chat.settled();
  const asked = (await provider.log()).findLast(({ body }) => JSON.stringify(body).includes('And now this.'));
  expect(JSON.stringify(asked?.body)).not.toContain('The oldest words');

  await page.reload();
  await expect(chat.assistant(4)).toContainText('read only the last of 3 messages');
  await chat.box.fill('Go on');
  await expect(page.getByText(/reads only the newest messages/)).toBeVisible();
});

test('the choice is made before sending, with the keyboard, and taken back in the dialog', async ({
  chat,
  page,
}) => {
  await chat.openWith([LONG], 'window:600');
  await chat.box.fill('More words. '.repeat(60));
  await page.getByRole('button', { name: 'Leave out the oldest' }).press('Enter');
  await expect(page.getByText(/reads only the newest messages/)).toBeVisible();
  await page.getByRole('button', meter).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Context and cost' });
  await expect(dialog.getByRole('radio', { name: /Leave out the oldest/ })).toBeChecked();
  await expect(dialog.getByRole('row', { name: /This branch 1 [\d,]+ [\d,]+ \$0\.00\d\d/ })).toBeVisible();
  await dialog.getByRole('radio', { name: /Ask me before/ }).click();
  await expect(dialog.getByRole('radio', { name: /Ask me before/ })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Leave out the oldest' })).toBeVisible();
});

test('what is too large goes to another model instead', async ({ chat, page, expectedErrors }) => {
  expectedErrors.push(/422/);
  await chat.openWith([LONG], 'window:600');
  await chat.send('More words. '.repeat(60));
  await chat.user(3).getByRole('button', { name: 'Another model' }).click();
  await page.getByRole('dialog', { name: 'Models' }).getByRole('radio', { name: /^echo/ }).click();
  await expect(chat.assistant(4)).toContainText('More words.');
  await expect(page.getByRole('button', { name: 'Model: echo' })).toBeVisible();
});

test('axe finds nothing in the meter, its note and dialog', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.openWith([LONG], 'window:600');
  await chat.box.fill('More words. '.repeat(60));
  await expect(page.getByRole('button', { name: 'Leave out the oldest' })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', meter).click();
  await expect(page.getByRole('dialog', { name: 'Context and cost' })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
});
