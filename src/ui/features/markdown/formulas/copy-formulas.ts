/**
 * Copying what is selected with formulas in it: each is its TeX in dollars. By itself a browser copies the letters of a formula two or
 * three times over, once for the eye and once for screen readers.
 */

/** The attribute that holds the TeX of a formula, dollars included. */
export const SOURCE = 'data-tex';

let listening = false;

/** Listens from now on, once for the page: a selection may go over several messages. */
export function copyFormulasAsTex(): void {
  if (listening) return;
  listening = true;
  document.addEventListener('copy', copy);
}

function copy(event: ClipboardEvent): void {
  const selection = document.getSelection();
  if (event.defaultPrevented || !event.clipboardData || !selection || selection.isCollapsed) return;
  const copied = withTex(selection.getRangeAt(0));
  if (!copied) return;
  event.clipboardData.setData('text/plain', copied.text);
  event.clipboardData.setData('text/html', copied.html);
  event.preventDefault();
}

/** The words in a range, formulas as their TeX. */
export const textInRange = (range: Range): string => withTex(range)?.text ?? range.toString();

/** The same without its lines and what only the page says, buttons: letter by letter as it was written, but for signs of formatting. */
export function plainTextIn(range: Range): string {
  const box = document.createElement('div');
  box.append(range.cloneContents());
  for (const formula of box.querySelectorAll(`[${SOURCE}]`))
    formula.replaceWith(formula.getAttribute(SOURCE) ?? '');
  for (const other of box.querySelectorAll('button, .sr-only, [aria-hidden="true"]')) other.remove();
  return box.textContent ?? '';
}

/** What is in a range, whole formulas as TeX; undefined if there are none in it. */
function withTex(selected: Range): { text: string; html: string } | undefined {
  const range = selected.cloneRange();
  const first = formulaOf(range.startContainer);
  const last = formulaOf(range.endContainer);
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const around = elementOf(range.commonAncestorContainer);
  const box = document.createElement('div');
  box.append(range.cloneContents());
  const formulas = box.querySelectorAll(`[${SOURCE}]`);
  if (formulas.length === 0) return undefined;
  for (const formula of formulas) formula.replaceWith(formula.getAttribute(SOURCE) ?? '');
  for (const other of box.querySelectorAll('button, .sr-only, [aria-hidden="true"]')) other.remove();
  return { text: textOf(box, around), html: box.innerHTML };
}

const elementOf = (node: Node | null): Element | null =>
  node instanceof Element ? node : (node?.parentElement ?? null);
const formulaOf = (node: Node) => elementOf(node)?.closest(`[${SOURCE}]`);

/** Its lines as they would be laid out where it came from: only what is on the page has any. */
function textOf(box: HTMLElement, around: Element | null): string {
  box.className = 'md';
  box.style.cssText = 'position: fixed; inset-inline-start: -9999px; top: 0; width: 40rem';
  box.ariaHidden = 'true';
  (around?.closest('dialog') ?? document.body).append(box);
  const text = box.innerText;
  box.remove();
  return text.replace(/\n{3,}/g, '\n\n').trim();
}
