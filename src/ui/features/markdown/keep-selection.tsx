import { Component, createRef, type ReactNode } from 'react';

interface KeepSelectionProps {
  readonly growing: boolean;
  readonly children: ReactNode;
}

/** One end of what is selected. */
interface End {
  readonly node: Node;
  readonly offset: number;
  /** Where it is in this text; undefined for an end outside it. */
  readonly place: Place | undefined;
}

interface Place {
  /** The child of the text it is in. */
  readonly child: number;
  /** How many characters of the child are before it. */
  readonly offset: number;
  /** All its characters. */
  readonly text: string;
}

type Held = readonly [anchor: End, focus: End];

/**
 * Formatted text in which what is selected stays selected while it grows: a text node that is written anew, as the last one of a
 * growing paragraph is, would lose it.
 */
export class KeepSelection extends Component<KeepSelectionProps> {
  private readonly box = createRef<HTMLDivElement>();

  override getSnapshotBeforeUpdate(): Held | null {
    const selection = document.getSelection();
    const { anchorNode, focusNode } = selection ?? {};
    if (!selection || selection.isCollapsed || !anchorNode || !focusNode) return null;
    const anchor = this.end(anchorNode, selection.anchorOffset);
    const focus = this.end(focusNode, selection.focusOffset);
    return anchor.place || focus.place ? [anchor, focus] : null;
  }

  override componentDidUpdate(_props: KeepSelectionProps, _state: unknown, held: Held | null): void {
    if (!held) return;
    const selection = document.getSelection();
    const [first, second] = held;
    const backwards = isAfter(first, second);
    const [anchor, focus] = [this.now(first, !backwards), this.now(second, backwards)];
    if (!selection || !anchor.node.isConnected || !focus.node.isConnected) return;
    const stayed =
      selection.anchorNode === anchor.node &&
      selection.anchorOffset === anchor.offset &&
      selection.focusNode === focus.node &&
      selection.focusOffset === focus.offset;
    if (!stayed) selection.setBaseAndExtent(anchor.node, anchor.offset, focus.node, focus.offset);
  }

  override render(): ReactNode {
    const { growing, children } = this.props;
    return (
      <div ref={this.box} className="md" data-growing={growing || undefined}>
        {children}
      </div>
    );
  }

  private end(node: Node, offset: number): End {
    const box = this.box.current;
    if (!box?.contains(node) || node === box) return { node, offset, place: undefined };
    const child = [...box.children].findIndex((one) => one.contains(node));
    const before = document.createRange();
    before.setStart(box.children[child] as Element, 0);
    before.setEnd(node, offset);
    const text = box.children[child]?.textContent ?? '';
    return { node, offset, place: { child, offset: before.toString().length, text } };
  }

  /** Where an end is after the text has changed; `begins` if the selection begins there. */
  private now({ node, offset, place }: End, begins: boolean): TextPoint {
    const child = place && this.box.current?.children[place.child];
    if (!place || !child) return { node, offset };
    return spotIn(child, movedOffset(place, child.textContent ?? '', begins), begins) ?? { node, offset };
  }
}

/** Told by the places: the nodes may be gone. An end outside has not moved. */
function isAfter(one: End, other: End): boolean {
  if (one.place && other.place)
    return (
      one.place.child - other.place.child > 0 ||
      (one.place.child === other.place.child && one.place.offset > other.place.offset)
    );
  return Boolean(one.node.compareDocumentPosition(other.node) & Node.DOCUMENT_POSITION_PRECEDING);
}

interface TextPoint {
  readonly node: Node;
  readonly offset: number;
}

const LENGTHS = [40, 16, 6, 3];

/**
 * The same place in a text of which a part became other, as `[a]` a link or `**b` bold: a selection begins before the same words, and
 * ends behind the same ones.
 */
function movedOffset({ offset, text }: Omit<Place, 'child'>, now: string, begins: boolean): number {
  const same = now.startsWith(text.slice(0, offset));
  if (same && (!begins || now.startsWith(text.slice(offset, offset + 6), offset))) return offset;
  let before = 0;
  while (before < offset && text[before] === now[before]) before += 1;
  for (const length of LENGTHS) {
    const words = begins
      ? text.slice(offset, offset + length)
      : text.slice(Math.max(0, offset - length), offset);
    const found =
      words === '' ? -1 : now.indexOf(words, begins ? before : Math.max(0, before - words.length));
    if (found >= 0) return begins ? found : found + words.length;
  }
  return Math.min(before, now.length);
}

/** A place between two nodes is in the second for what begins there, in the first for what ends there. */
function spotIn(element: Element, offset: number, begins: boolean): TextPoint | undefined {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = offset;
  let last: TextPoint | undefined;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = node as Text;
    if (begins ? left < length : left <= length) return { node, offset: left };
    left -= length;
    last = { node, offset: length };
  }
  return last;
}
