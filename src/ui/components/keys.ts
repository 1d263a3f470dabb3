/** Questions about keys that several parts ask. */

interface Modifiers {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

function isApple(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
}

/** Cmd on Apple's systems, Ctrl elsewhere; never both. */
export function hasMod(event: Modifiers): boolean {
  return isApple() ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
}

/** A shortcut with the platform's modifier, as people write it there: "Ctrl+Shift+O", "⇧⌘O". */
export function shortcutName(key: string, { shift = false } = {}): string {
  return isApple() ? `${shift ? '⇧' : ''}⌘${key}` : `Ctrl+${shift ? 'Shift+' : ''}${key}`;
}

/** Whether a key pressed there writes or edits text, so that it is the field's and not ours. */
export function inTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type=radio], [type=checkbox], [type=button]), textarea, [contenteditable]') !==
      null
  );
}

/** Keys pressed while an input method composes belong to it; Safari says so only with key code 229. */
export function isComposing(event: { readonly isComposing: boolean; readonly keyCode: number }): boolean {
  return event.isComposing || event.keyCode === 229;
}
