import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { violationsIn } from '../../pages/axe.ts';

test.use({ server: 'own' });

const run = promisify(execFile);

/** The lines for curl in the note. */
async function linesForCurl(): Promise<string> {
  const note = await readFile(join(import.meta.dirname, '../../../docs/join.md'), 'utf8');
  const found = [...note.matchAll(/```sh\n(.*?)```/gs)].map(([, code = '']) => code);
  return found.find((code) => code.includes('Hello from curl')) ?? '';
}

/** A token for a program, for this conversation alone, that the demo answers. */
async function makeToken(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Access' }).click();
  const access = page.getByRole('dialog', { name: 'Access' });
  await access.getByLabel('Name').fill(name);
  await access.getByRole('radio', { name: 'Joins by the protocol' }).check({ force: true });
  await access.getByRole('checkbox', { name: 'Only in the conversation that is open' }).check();
  await access
    .getByRole('combobox', { name: 'Who answers what it says' })
    .selectOption({ label: 'Demo (not an AI)' });
  expect(await violationsIn(page, 'dialog')).toEqual([]);
  await access.getByRole('button', { name: 'Make a token' }).click();
  const made = access.getByRole('region', { name: 'The new token' });
  await expect(made.getByRole('textbox', { name: 'Address of the streams' })).toHaveValue(
    /\/v1\/stream\/c\//,
  );
  const token = await made.getByRole('textbox', { name: 'Token', exact: true }).inputValue();
  await made.getByRole('button', { name: 'Done' }).click();
  await expect(access.getByText(/Joins by the protocol · one conversation · answered by Demo/)).toBeVisible();
  await page.keyboard.press('Escape');
  return token;
}

test('ten lines of curl put a fork into an open tab, and it is answered there', async ({
  chat,
  page,
  bough,
}) => {
  test.skip(process.platform === 'win32');
  await chat.openWith(['What is a bough?']);
  const conversation = /\/c\/([^/?]+)/.exec(page.url())?.[1] ?? '';
  const token = await makeToken(page, 'A friend');
  await page.getByRole('radio', { name: 'Split', exact: true }).click();
  const tree = page.getByRole('region', { name: 'Conversation tree' });
  await expect(tree.getByText('Your next message goes here').first()).toBeVisible();

  const env = { ...process.env, BOUGH: bough.url, CONVERSATION: conversation, TOKEN: token };
  await run('sh', ['-ec', await linesForCurl()], { env, timeout: 30_000 });

  await expect(tree.getByText('Hello from curl').first()).toBeVisible();
  const said = page.getByRole('article', { name: 'A friend, message 3' });
  await expect(said).toContainText('Hello from curl');
  await expect(said.getByText('A friend')).toBeVisible();
  await expect(chat.assistant(4)).toContainText(/\w/);
});
