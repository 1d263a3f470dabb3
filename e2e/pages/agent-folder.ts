/** The scripted agent at work in a repository of git, for journeys about the files of branches. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { BoughServer } from '../server.ts';
import type { ChatPage } from './chat-page.ts';

export const hasGit = spawnSync('git', ['version']).status === 0;

const SCRIPT = join(import.meta.dirname, '../../src/server/agents/testing/scripted-agent.mjs');

export function git(cwd: string, ...args: string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  return execFileSync('git', [...who, ...args], { cwd }).toString();
}

/** The scripted agent, and a repository it can work in. */
export async function prepare(chat: ChatPage, { data }: BoughServer): Promise<string> {
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
export async function copies({ data }: BoughServer): Promise<string[]> {
  const [chat = ''] = await readdir(join(data, 'worktrees'));
  const names = (await readdir(join(data, 'worktrees', chat))).filter((name) => !name.endsWith('.json'));
  return names.map((name) => join(data, 'worktrees', chat, name));
}

/** Edits the message at a place of the path, in a branch with a copy of its own where that is not chosen yet. */
export async function editApart(chat: ChatPage, at: number, text: string): Promise<void> {
  const { page } = chat;
  await chat.user(at).hover();
  await chat.user(at).getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Edit message' }).fill(text);
  await page.getByRole('button', { name: 'Save & send' }).click();
  await page
    .getByRole('dialog', { name: 'Files of this branch' })
    .getByRole('button', { name: 'Each branch its own copy' })
    .click();
  // The agent says where it wrote.
  await expect(chat.assistant(at + 1)).toContainText('/worktrees/');
  await chat.settled();
}

/** Chooses in the menu "More" of a message. */
export async function inMenu(
  chat: ChatPage,
  message: 'user' | 'assistant',
  at: number,
  item: string | RegExp,
) {
  const shown = chat[message](at).first();
  await shown.hover();
  await shown.getByRole('button', { name: 'More' }).click();
  await chat.page.getByRole('menuitem', { name: item }).click();
}
