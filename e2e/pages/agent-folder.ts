/** The scripted agent, in a folder or in a repository of git. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { BoughServer } from '../server.ts';
import type { ChatPage } from './chat-page.ts';

export const hasGit = spawnSync('git', ['version']).status === 0;

/** The command of the scripted agent, in Node. */
export const SCRIPT = join(import.meta.dirname, '../../src/server/agents/testing/scripted-agent.mjs');

export function git(cwd: string, ...args: string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  return execFileSync('git', [...who, ...args], { cwd }).toString();
}

/** What the scripted agent keeps of its sessions. */
export const sessionsOf = ({ data }: BoughServer): string => join(data, 'sessions-of-the-agent.json');

/** The scripted agent, configured by hand; gives a folder to work in. */
export async function configureAgent(bough: BoughServer, env: Record<string, string> = {}): Promise<string> {
  const { data } = bough;
  const all = { SCRIPT_STORE: sessionsOf(bough), ...env };
  const Scripted = { command: process.execPath, args: [SCRIPT], env: all };
  await writeFile(join(data, 'agents.json'), JSON.stringify({ agent_servers: { Scripted } }));
  const folder = join(data, 'files', 'project');
  await mkdir(folder, { recursive: true });
  return folder;
}

/** A new chat with the agent, before its first message. */
export async function openAgent(chat: ChatPage, folder: string): Promise<void> {
  await chat.openNew();
  await chat.chooseModel('Scripted');
  await chat.page.getByRole('textbox', { name: 'Folder' }).fill(folder);
}

/** The agent is configured and a chat with it opened; gives its folder. */
export async function startAgent(chat: ChatPage, bough: BoughServer, env?: Record<string, string>) {
  const folder = await configureAgent(bough, env);
  await openAgent(chat, folder);
  return folder;
}

/** The same in a repository of git, by an agent that forks its sessions at messages. */
export async function prepare(chat: ChatPage, bough: BoughServer): Promise<string> {
  const folder = await configureAgent(bough, { SCRIPT_FORKS: 'message' });
  git(folder, 'init', '-q', '-b', 'main');
  await writeFile(join(folder, 'notes.txt'), 'one\ntwo\n');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'Notes');
  await openAgent(chat, folder);
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
  await chat.edit(chat.user(at), text);
  await page
    .getByRole('dialog', { name: 'Files of this branch' })
    .getByRole('button', { name: 'Each branch its own copy' })
    .click();
  // The agent says where it wrote.
  await expect(chat.assistant(at + 1)).toContainText('/worktrees/');
  await chat.settled();
}
