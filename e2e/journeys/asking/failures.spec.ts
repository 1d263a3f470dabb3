import { expect, test } from '../../fixtures.ts';

const before: [model: string, sentence: RegExp][] = [
  ['401', /key/i],
  ['429:7', /too many|rate|limit/i],
  ['500', /server|provider/i],
  ['empty', /empty|nothing/i],
];

for (const [model, sentence] of before) {
  test(`a reply that fails before its first word (${model}) says why, and "Try again" takes its place`, async ({
    chat,
    page,
  }) => {
    await chat.openNew(model);
    await chat.send('Will this work?');
    await expect(chat.log.getByText(sentence).first()).toBeVisible();
    await expect(chat.user(1)).toContainText('Will this work?');
    await chat.chooseModel(/^Demo \(not an AI\)/);
    await chat.log.getByRole('button', { name: 'Try again' }).click();
    await chat.settled();
    await expect(page.getByRole('article')).toHaveCount(2);
    await expect(page.getByRole('group', { name: 'Versions' })).toHaveCount(0);
  });
}

for (const model of ['cut:5', 'error-event']) {
  test(`a reply that breaks after some words (${model}) keeps them and says what happened`, async ({
    chat,
  }) => {
    await chat.openNew(model);
    await chat.send('Will this break?');
    const reply = chat.assistant(2);
    await expect(reply.getByRole('button', { name: 'Try again' })).toBeVisible();
    await expect(reply).toContainText(/\w+ \w+/);
    await chat.settled();
  });
}

test('a part of the page that cannot be loaded says so in its place, and comes with another try', async ({
  chat,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/Failed to (fetch|load)|ERR_FAILED/);
  await chat.openWith(['Which tree keeps its leaves?']);
  // What is loaded by then stays.
  await expect(page.getByRole('button', { name: 'Find in this conversation' })).toBeVisible();
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.getByRole('button', { name: 'Access', exact: true }).click();
  const failed = page.getByRole('dialog', { name: 'Could not be opened' });
  await expect(failed).toContainText('This part could not be loaded.');
  await failed.getByRole('button', { name: 'Close' }).click();
  await expect(failed).toBeHidden();
  await expect(chat.user(1)).toBeVisible();

  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByText('This part could not be loaded.').last()).toBeVisible();
  await expect(chat.sidebar.getByRole('link').first()).toBeVisible();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Settings', exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Access', exact: true }).first().click();
  await expect(page.getByRole('dialog', { name: 'Access' })).toBeVisible();
});
