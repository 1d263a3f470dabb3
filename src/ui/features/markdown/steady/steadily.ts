import { flushSync } from 'react-dom';
import { findWordPlace, type WordPlace, wordPlace } from '../../../components/word-place.ts';
import { tellOfReformatting } from './reformatting.ts';

/** Makes a change that formats text which is shown already, at once: what is selected stays selected, and what is read stays where it is. */
export function steadily(change: () => void): void {
  tellOfReformatting();
  const restore = heldSelection();
  flushSync(change);
  restore?.();
}

/** One end of what is selected. */
interface SelectedEnd {
  readonly node: Node;
  readonly offset: number;
  /** The text it is in, and where; undefined for an end outside of formatted text, which stays. */
  readonly within: { readonly text: Element; readonly place: WordPlace } | undefined;
}

function heldSelection(): (() => void) | undefined {
  const selection = document.getSelection();
  const { anchorNode, focusNode } = selection ?? {};
  if (!selection || selection.isCollapsed || !anchorNode || !focusNode) return undefined;
  const ends = [endAt(anchorNode, selection.anchorOffset), endAt(focusNode, selection.focusOffset)] as const;
  if (ends.every(({ within }) => !within)) return undefined;
  const range = selection.getRangeAt(0);
  const isForward = range.startContainer === anchorNode && range.startOffset === selection.anchorOffset;
  return () => {
    const [anchor, focus] = ends;
    if (
      isStill(anchor, selection.anchorNode, selection.anchorOffset) &&
      isStill(focus, selection.focusNode, selection.focusOffset)
    )
      return;
    const [from, to] = [now(anchor, isForward), now(focus, !isForward)];
    if (from.node.isConnected && to.node.isConnected)
      selection.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  };
}

function endAt(node: Node, offset: number): SelectedEnd {
  const text = (node instanceof Element ? node : node.parentElement)?.closest('.md');
  return { node, offset, within: text ? { text, place: wordPlace(text, node, offset) } : undefined };
}

const isStill = (end: SelectedEnd, node: Node | null, offset: number): boolean =>
  end.node === node && end.offset === offset && node.isConnected;

function now(end: SelectedEnd, begins: boolean): { readonly node: Node; readonly offset: number } {
  const { node, offset, within } = end;
  if (!within || (node.isConnected && within.text.contains(node) && node.nodeType === Node.TEXT_NODE))
    return { node, offset };
  return findWordPlace(within.text, within.place, begins) ?? { node, offset };
}
