/** Keys of actions: how one is described, whether an event is it on any keyboard layout, and how people write it. Pure. */
import { hasMod, inTextField, shortcutName } from '../components/keys.ts';

export interface Key {
  /** As `KeyboardEvent.key` says on a layout with Latin letters; letters lower case. */
  readonly key: string;
  /** With Cmd on Apple's systems, Ctrl elsewhere. */
  readonly mod?: true;
  /** With Shift; not asked for signs, which are typed with or without it by layout. */
  readonly shift?: true;
  /** Not while text is being written. */
  readonly outsideText?: true;
}

/** What of a keyboard event says which key it is. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'target'
>;

/** Whether `event` is `wanted`, modifiers and all. */
export function isKey(wanted: Key, event: KeyPress): boolean {
  if (wanted.outsideText && event.target !== null && inTextField(event.target)) return false;
  if (!hasModifiersOf(wanted, event)) return false;
  return event.key.toLowerCase() === wanted.key.toLowerCase() || isByPlace(wanted.key, event);
}

const isSign = (key: string): boolean => key.length === 1 && !/[a-z0-9 ]/i.test(key);

function hasModifiersOf({ key, mod, shift }: Key, event: KeyPress): boolean {
  if (mod) {
    if (!hasMod(event) || event.altKey) return false;
  } else if (isSign(key)) {
    // Many layouts type signs with AltGr, which is Ctrl+Alt, or with Option: that is no modifier of theirs.
    if (event.metaKey || (event.ctrlKey && !event.altKey)) return false;
  } else if (event.ctrlKey || event.metaKey || event.altKey) return false;
  return isSign(key) || event.shiftKey === (shift ?? false);
}

const BRACKETS: Readonly<Record<string, string>> = { BracketLeft: '[', BracketRight: ']' };

/**
 * A layout that has no Latin letters, or none of these brackets by themselves, has another sign in their place: then the place counts.
 * Never in place of a Latin letter: who types on Dvorak means the letter.
 */
function isByPlace(wanted: string, { key, code, shiftKey, altKey }: KeyPress): boolean {
  if (/^[a-z]$/.test(wanted)) return code === `Key${wanted.toUpperCase()}` && !isLatin(key);
  if (BRACKETS[code] !== wanted || shiftKey || altKey) return false;
  return key.length !== 1 || !/[a-z0-9[\]]/i.test(key);
}

/** A character that is typed on layouts with Latin letters. A dead key says only that it is one. */
function isLatin(key: string): boolean {
  return key.length > 1 ? key !== 'Dead' && key !== 'Unidentified' : key <= '~';
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  ' ': 'Space',
};

/** As people write it: "S", "Ctrl+Shift+O", "⇧⌘O". */
export function keyName({ key, mod, shift }: Key): string {
  const name = NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  if (mod) return shortcutName(name, { shift: shift ?? false });
  return shift ? `Shift+${name}` : name;
}
