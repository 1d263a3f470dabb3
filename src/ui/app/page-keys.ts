/** The keys that act wherever the focus is, one list for the keys themselves, the palette and the shortcut sheet (docs/interface.md). */
export interface PageKey {
  readonly id: 'palette' | 'find' | 'shortcuts' | 'new-chat' | 'undo';
  readonly name: string;
  /** The key, lower case; with Ctrl/Cmd unless `plain`. */
  readonly key: string;
  readonly shift?: boolean;
  readonly plain?: boolean;
  /** Not while text is being written. */
  readonly outsideText?: boolean;
}

export const PAGE_KEYS: readonly PageKey[] = [
  { id: 'palette', name: 'Search chats and actions', key: 'k' },
  { id: 'find', name: 'Find in this conversation', key: 'f' },
  { id: 'shortcuts', name: 'Keyboard shortcuts', key: '/' },
  { id: 'shortcuts', name: 'Keyboard shortcuts', key: '?', plain: true, shift: true, outsideText: true },
  { id: 'new-chat', name: 'New chat', key: 'o', shift: true },
  { id: 'undo', name: 'Undo', key: 'z', outsideText: true },
];
