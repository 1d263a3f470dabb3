/** Words that are selected in one message of a thread. */
import { plainTextIn, textInRange } from '../../markdown/index.ts';

export interface SelectedWords {
  readonly message: string;
  readonly words: string;
  /** What the message says before them; undefined: they are not among its words. */
  readonly before: string | undefined;
  /** Where they are in the window. */
  readonly box: DOMRect;
}

/** Undefined: nothing is selected, or not in one message alone. */
export function selectedWords(): SelectedWords | undefined {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0).cloneRange();
  const article = articleOf(range.startContainer);
  const message = article?.closest<HTMLElement>('[data-key]')?.dataset.key;
  if (!article || message === undefined) return undefined;
  // A paragraph that is selected by three presses ends at the start of what comes next.
  if (!article.contains(range.endContainer)) {
    if (range.endOffset > 0) return undefined;
    range.setEnd(article, article.childNodes.length);
  }
  const words = wordsIn(range);
  if (words === '') return undefined;
  return { message, words, before: wordsBefore(article, range), box: range.getBoundingClientRect() };
}

/** Of the parts that are words: what is thought, and what stands around, are none. */
function wordsBefore(article: Element, selected: Range): string | undefined {
  let before = '';
  for (const part of article.querySelectorAll('[data-words]')) {
    const range = document.createRange();
    range.selectNodeContents(part);
    const isThere = part.contains(selected.startContainer);
    if (isThere) range.setEnd(selected.startContainer, selected.startOffset);
    before += plainTextIn(range);
    if (isThere) return before;
  }
  return undefined;
}

const articleOf = (node: Node): Element | null =>
  (node instanceof Element ? node : node.parentElement)?.closest('article') ?? null;

function wordsIn(range: Range): string {
  if (!document.getSelection()?.toString().trim()) return '';
  const box = range.commonAncestorContainer;
  const isEditing = box instanceof Element && box.querySelector('textarea') !== null;
  return isEditing ? '' : textInRange(range).trim();
}
