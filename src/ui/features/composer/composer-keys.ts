/** What a key does in the message box. Pure; docs/interface.md, "Keys". */

export interface BoxKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** An input method is composing: its keys are not ours. */
  readonly composing: boolean;
}

export interface BoxState {
  /** The main pointer is a finger: Enter breaks the line, and Send is a button. */
  readonly coarse: boolean;
  readonly empty: boolean;
}

/** `none`: the text box does what it always does with the key. */
export type BoxAction = 'send' | 'last-message' | 'none';

export function boxAction(event: BoxKey, { coarse, empty }: BoxState): BoxAction {
  if (event.composing || event.altKey) return 'none';
  const mod = event.ctrlKey || event.metaKey;
  if (event.key === 'Enter') {
    if (event.shiftKey) return 'none';
    return mod || !coarse ? 'send' : 'none';
  }
  const plainUp = event.key === 'ArrowUp' && !mod && !event.shiftKey;
  return plainUp && empty ? 'last-message' : 'none';
}

/** Keys that a keyboard on the screen has not, or does not tell of by their place. */
const ONLY_HARDWARE: ReadonlySet<string> = new Set(
  [
    'Shift',
    'Control',
    'Meta',
    'Alt',
    'Tab',
    'Escape',
    'ArrowUp',
    'ArrowDown',
    'ArrowLeft',
    'ArrowRight',
  ].concat(['Home', 'End', 'PageUp', 'PageDown', 'Delete', 'CapsLock']),
);

/** The key of a real keyboard, as far as that can be told. */
export function isHardware({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): boolean {
  return code !== '' && ONLY_HARDWARE.has(key);
}
