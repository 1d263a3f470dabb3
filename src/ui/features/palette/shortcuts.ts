/** What the shortcut sheet lists: the keys that act anywhere from their own list, the others where they act (docs/interface.md). Pure. */
import { PAGE_KEYS } from '../../app/page-keys.ts';
import { shortcutName } from '../../components/index.ts';

export interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
}

export interface ShortcutGroup {
  readonly where: string;
  readonly shortcuts: readonly Shortcut[];
}

export function shortcutGroups(): readonly ShortcutGroup[] {
  return [
    {
      where: 'Anywhere',
      shortcuts: [
        ...anywhere(),
        one('F3', 'Next hit, while find is open'),
        one('Esc', 'Close, cancel or stop: the nearest'),
      ],
    },
    {
      where: 'Message box',
      shortcuts: [
        one('Enter', 'Send'),
        one('Shift+Enter', 'New line'),
        one('↑', 'To the last message, from an empty box'),
      ],
    },
    {
      where: 'A message that has the focus',
      shortcuts: [
        { keys: ['↑', '↓'], does: 'The neighbours' },
        { keys: ['←', '→'], does: 'Previous, next version' },
        { keys: ['[', ']'], does: 'The fork above, below' },
        one('E', 'Edit'),
        one('R', 'Regenerate'),
        ...MESSAGE_SHORTCUTS,
      ],
    },
    {
      where: 'The tree’s outline',
      shortcuts: [
        { keys: ['↑', '↓', 'Home', 'End'], does: 'Move; letters find a row' },
        { keys: ['→', '←'], does: 'Open or go in, close or go out' },
        one('Enter', 'Go there, unfold'),
        one('Shift+Space', 'Select the row, for several'),
        one('Shift+F10', 'All that can be done with it'),
        one('Delete', 'Prune'),
      ],
    },
    {
      where: 'The list of chats',
      shortcuts: [
        { keys: ['↑', '↓', 'Home', 'End'], does: 'Move' },
        one('F2', 'Rename'),
        one('Delete', 'Delete'),
      ],
    },
  ];
}

const one = (keys: string, does: string): Shortcut => ({ keys: [keys], does });

/** Keys of a focused message besides those of the thread itself; `act` is the action's id. */
export const MESSAGE_SHORTCUTS: readonly (Shortcut & { readonly act: string })[] = [
  { keys: ['S'], does: 'Star', act: 'star' },
  { keys: ['L'], does: 'Label and colour', act: 'label' },
  { keys: ['Delete'], does: 'Prune: hide it and all that follows', act: 'prune' },
];

function anywhere(): readonly Shortcut[] {
  const byName = new Map<string, string[]>();
  for (const { name, key, shift = false, plain } of PAGE_KEYS) {
    const keys = plain ? key : shortcutName(key.toUpperCase(), { shift });
    byName.set(name, [...(byName.get(name) ?? []), keys]);
  }
  return [...byName].map(([does, keys]) => ({ keys, does }));
}
