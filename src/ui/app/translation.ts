/**
 * Browsers that translate a page put `<font>` elements in the place of texts, or around them, behind React's back. Then React cannot
 * take away what is not where it put it, and the page breaks; and what it writes into a text that is not in the page any more is
 * never seen. This keeps both right: what stands for a text goes with it, and a text that changes comes back (to be translated anew).
 */

/** The element that stands in the place of a text. */
const standIns = new WeakMap<Node, Element>();
let seen = false;

const isFont = (node: Node | null): node is HTMLElement => node?.nodeName === 'FONT';

export function bearTranslation(root: Node = document.body): void {
  new MutationObserver((records) => records.forEach(note)).observe(root, { childList: true, subtree: true });
  const { insertBefore, removeChild } = Node.prototype;
  Node.prototype.removeChild = function <T extends Node>(this: Node, child: T): T {
    const there = seen ? placeIn(this, child) : child;
    if (there) removeChild.call(this, there);
    return child;
  };
  Node.prototype.insertBefore = function <T extends Node>(this: Node, node: T, before: Node | null): T {
    if (seen) standIns.get(node)?.remove();
    const there = seen && before ? placeIn(this, before) : before;
    insertBefore.call(this, node, there ?? null);
    return node;
  };
}

/** What of `parent` stands for its former child: the child, what took its place, or what was put around either. */
function placeIn(parent: Node, child: Node): Node | undefined {
  let at: Node | null = child.isConnected ? child : (standIns.get(child) ?? child);
  while (at && at.parentNode !== parent) at = isFont(at.parentNode) ? at.parentNode : null;
  return at ?? undefined;
}

function note({ addedNodes, removedNodes, previousSibling, nextSibling }: MutationRecord): void {
  if ([...addedNodes].some(isFont)) seen = true;
  if (!seen) return;
  for (const text of removedNodes) {
    if (!(text instanceof Text) || text.isConnected) continue;
    const font = [...addedNodes, previousSibling, nextSibling].find(
      (node) => isFont(node) && node.isConnected && !taken.has(node),
    );
    if (font instanceof Element) replaced(text, font);
  }
}

const taken = new WeakSet<Node>();

/** What is written into `text` from now on is seen: it takes its place back. */
function replaced(text: Text, font: Element): void {
  standIns.set(text, font);
  taken.add(font);
  Object.defineProperty(text, 'nodeValue', {
    configurable: true,
    get: () => text.data,
    set(value: string) {
      Reflect.deleteProperty(text, 'nodeValue');
      standIns.delete(text);
      if (font.isConnected) font.replaceWith(text);
      text.nodeValue = value;
    },
  });
}
