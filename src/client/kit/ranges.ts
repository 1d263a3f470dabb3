/** Which ranges of which branches to read for a set of messages: few large GETs instead of many small ones. Pure. */
import { childrenOf, type MessageHeader, type Tree } from '../../tree/index.ts';

/** Messages that lie one after another in the stream of one branch, oldest first. */
export type MessageRange = readonly MessageHeader[];

/** Most messages of one range. A thread opened cold shows a screenful of it and has the rest ready above. */
export const PAGE = 50;

/**
 * @param wanted messages to read, in any order
 * @param has true for a message that need not be read; read again only where it lies between others
 * @returns ranges that together hold all of `wanted`; each is filled up to `PAGE` with what lies before, then after it
 */
export function rangesFor(
  tree: Tree,
  wanted: Iterable<MessageHeader>,
  has: (id: string) => boolean,
): MessageRange[] {
  const left = new Map([...wanted].sort((a, b) => b.time - a.time).map((header) => [header.id, header]));
  const ranges: MessageRange[] = [];
  for (const last of left.values()) {
    const range = withNewer(tree, withOlder(tree, last, has), has);
    for (const { id } of range) left.delete(id);
    ranges.push(range);
  }
  return ranges;
}

function withOlder(tree: Tree, last: MessageHeader, has: (id: string) => boolean): MessageHeader[] {
  const range = [last];
  let used = 1;
  for (let at = before(tree, last); at && range.length < PAGE; at = before(tree, at)) {
    range.push(at);
    if (!has(at.id)) used = range.length;
  }
  return range.slice(0, used).reverse();
}

function withNewer(tree: Tree, range: MessageHeader[], has: (id: string) => boolean): MessageHeader[] {
  const filled = [...range];
  let at = after(tree, filled[filled.length - 1] as MessageHeader);
  while (at && filled.length < PAGE && !has(at.id)) {
    filled.push(at);
    at = after(tree, at);
  }
  return filled;
}

function before(tree: Tree, header: MessageHeader): MessageHeader | undefined {
  const parent = header.parent === null ? undefined : tree.messages.get(header.parent);
  return parent && follows(header, parent) ? parent : undefined;
}

function after(tree: Tree, header: MessageHeader): MessageHeader | undefined {
  return childrenOf(tree, header.id)
    .map((id) => tree.messages.get(id))
    .find((child) => child !== undefined && follows(child, header));
}

/** `header` comes right after `earlier` in the stream that owns both. */
function follows(header: MessageHeader, earlier: MessageHeader): boolean {
  return header.branch === earlier.branch && header.start === earlier.end;
}
