/** Branches of an agent with files of their own, in a repository of git. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { axeFaults } from '../pages/axe.ts';
import type { ChatPage } from '../pages/chat-page.ts';
import type { BoughServer } from '../server.ts';

test.use({ server: 'own' });
test.skip(spawnSync('git', ['version']).status !== 0, 'skipped: no git');

const SCRIPT = join(import.meta.dirname, '../../src/server/agents/testing/scripted-agent.mjs');

function git(cwd: string, ...args: string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  return execFileSync('git', [...who, ...args], { cwd }).toString();
}

/** The scripted agent, and a repository it can work in. */
async function prepare(chat: ChatPage, { data }: BoughServer): Promise<string> {
  const env = { SCRIPT_STORE: join(data, 'sessions-of-the-agent.json'), SCRIPT_FORKS: 'message' };
  const Scripted = { command: process.execPath, args: [SCRIPT], env };
  await writeFile(join(data, 'agents.json'), JSON.stringify({ agent_servers: { Scripted } }));
  const folder = join(data, 'files', 'project');
  await mkdir(folder, { recursive: true });
  git(folder, 'init', '-q', '-b', 'main');
  await writeFile(join(folder, 'notes.txt'), 'one\ntwo\n');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'Notes');
  await chat.openNew();
  await chat.chooseModel('Scripted');
  await chat.page.getByRole('textbox', { name: 'Folder' }).fill(folder);
  return folder;
}

/** The copies of the branches of the only chat. */
async function copies({ data }: BoughServer): Promise<string[]> {
  const [chat = ''] = await readdir(join(data, 'worktrees'));
  const names = (await readdir(join(data, 'worktrees', chat))).filter((name) => !name.endsWith('.json'));
  return names.map((name) => join(data, 'worktrees', chat, name));
}

test('a branch of an agent gets a copy of the folder with the files of its fork point', async ({
  chat,
  bough,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/409/);
  const folder = await prepare(chat, bough);
  const first = await chat.ask('put notes.txt first', 2);
  await expect(first).toContainText('This turn: 1 file, +1 −2');
  await chat.ask('put second.txt more', 4);
  await chat.user(3).hover();
  await chat.user(3).getByRole('button', { name: 'Edit' }).click();
  const editor = page.getByRole('textbox', { name: 'Edit message' });
  await editor.fill('put own.txt mine');
  await page.getByRole('button', { name: 'Save & send' }).click();
  const dialog = page.getByRole('dialog', { name: 'Files of this branch' });
  await expect(dialog).toContainText('Another branch has worked in');
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(editor).toHaveValue('put own.txt mine');
  await page.getByRole('button', { name: 'Save & send' }).click();
  await dialog.getByRole('button', { name: 'Each branch its own copy' }).click();
  await chat.settled();
  await expect(chat.assistant(4)).toContainText('This turn: 1 file, +1 −0');
  const [copy = ''] = await copies(bough);
  expect(readFileSync(join(copy, 'notes.txt'), 'utf8')).toBe('first\n');
  expect(existsSync(join(copy, 'second.txt'))).toBe(false);
  expect(existsSync(join(folder, 'own.txt'))).toBe(false);
  expect(git(folder, 'status', '--porcelain')).toBe(' M notes.txt\n?? second.txt\n');
  // It is asked once.
  await chat.user(3).hover();
  await chat.user(3).getByRole('button', { name: 'Edit' }).click();
  await expect(editor).toHaveAccessibleDescription(/The branch gets a copy of the folder/);
  await editor.fill('put another.txt x');
  await page.getByRole('button', { name: 'Save & send' }).click();
  await expect(chat.assistant(4)).toContainText('Wrote another.txt', { timeout: 20_000 });
  await chat.settled();
  expect(await copies(bough)).toHaveLength(2);
});

test('all in one folder, where that was chosen', async ({ chat, bough, page, expectedErrors }) => {
  expectedErrors.push(/409/);
  const folder = await prepare(chat, bough);
  await chat.ask('put notes.txt first', 2);
  await chat.assistant(2).hover();
  await chat.assistant(2).getByRole('button', { name: 'Regenerate' }).click();
  await page
    .getByRole('dialog', { name: 'Files of this branch' })
    .getByRole('button', { name: 'All in one folder' })
    .click();
  await chat.settled();
  expect(existsSync(join(bough.data, 'worktrees'))).toBe(false);
  expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('first\n');
});
