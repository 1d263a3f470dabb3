/**
 * Folders typed for agents, by the chat they are for, and those an agent has worked in. The latter are kept over reloads; what holds in a chat is
 * its own setting.
 */
import { create } from 'zustand';
import { ownOf } from '../../../protocol/own-property.ts';
import { load, save } from './browser-storage.ts';

const KEY = 'folders';
const RECENT = 8;

interface Folders {
  readonly typed: Readonly<Record<string, string>>;
  /** Chats that something was sent in with what is typed, and no agent has answered yet. */
  readonly sent: ReadonlySet<string>;
  /** The latest first. */
  readonly recent: readonly string[];
}

export const useFolders = create<Folders>()(() => ({
  typed: {},
  sent: new Set(),
  recent: read(load(KEY)),
}));

export function typeFolder(chat: string, folder: string): void {
  useFolders.setState(({ typed }) => ({ typed: { ...typed, [chat]: folder } }));
}

/** The last part of a folder's path: what it is called. */
export const folderName = (path: string): string => path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;

/** What was typed for the chat, else what it is set to, else the last one used. */
export function folderFor(chat: string, set: string | undefined): string {
  const { typed, recent } = useFolders.getState();
  return ownOf(typed, chat) ?? set ?? recent[0] ?? '';
}

/** It was sent with, in this chat; whether it is there nobody knows yet. */
export function sentFolder(chat: string, folder: string): void {
  typeFolder(chat, folder);
  useFolders.setState(({ sent }) => ({ sent: new Set([...sent, chat]) }));
}

/** An agent works in it, in this chat: from now on it is offered elsewhere too, if it was sent from here. */
export function workedIn(chat: string, folder: string): void {
  const { recent, sent } = useFolders.getState();
  if (!sent.has(chat)) return;
  useFolders.setState({ sent: new Set([...sent].filter((other) => other !== chat)) });
  keepRecent([folder, ...recent.filter((other) => other !== folder)]);
}

/** It is not there, or not to be worked in: it is not offered any more. */
export function refusedFolder(folder: string): void {
  const { recent } = useFolders.getState();
  if (recent.includes(folder)) keepRecent(recent.filter((other) => other !== folder));
}

function keepRecent(folders: readonly string[]): void {
  const recent = folders.slice(0, RECENT);
  save(KEY, recent);
  useFolders.setState({ recent });
}

function read(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string').slice(0, RECENT) : [];
}
