/** Folders typed for agents, by the chat they are for, and those used before. Kept over reloads; what holds in a chat is its own setting. */
import { create } from 'zustand';
import { load, save } from './browser-storage.ts';

const KEY = 'folders';
const RECENT = 8;

interface Folders {
  readonly typed: Readonly<Record<string, string>>;
  /** The latest first. */
  readonly recent: readonly string[];
}

export const useFolders = create<Folders>()(() => ({ typed: {}, recent: read(load(KEY)) }));

export function typeFolder(chat: string, folder: string): void {
  useFolders.setState(({ typed }) => ({ typed: { ...typed, [chat]: folder } }));
}

/** The last part of a folder's path: what it is called. */
export const folderName = (path: string): string => path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;

/** What was typed for the chat, else what it is set to, else the last one used. */
export function folderFor(chat: string, set: string | undefined): string {
  const { typed, recent } = useFolders.getState();
  return typed[chat] ?? set ?? recent[0] ?? '';
}

/** It was sent with, in this chat. */
export function noteFolder(chat: string, folder: string): void {
  const { recent: before, typed } = useFolders.getState();
  const recent = [folder, ...before.filter((other) => other !== folder)].filter(Boolean).slice(0, RECENT);
  save(KEY, recent);
  useFolders.setState({ recent, typed: { ...typed, [chat]: folder } });
}

function read(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string').slice(0, RECENT) : [];
}
