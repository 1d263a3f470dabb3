import * as strings from './strings.ts';

/**
 * Puts text on the clipboard. Over plain http off this computer browsers have no `navigator.clipboard`: there it is copied
 * from a field, as it was of old. Rejects where the browser does not let it.
 */
export async function copyText(text: string): Promise<void> {
  const { clipboard } = navigator as { clipboard?: Clipboard };
  if (clipboard) return clipboard.writeText(text);
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  // What is outside an open dialog cannot be selected.
  (before?.closest('dialog') ?? document.body).append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  if (!copied) throw new Error(strings.cannotCopy);
}
