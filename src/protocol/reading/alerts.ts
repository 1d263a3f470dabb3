/**
 * Alerts as GitHub has them: a quote whose first line is `[!NOTE]`. Read in the page and for what is exported; each names and draws them itself. Works on
 * the tree that Markdown is read into (mdast), of which it takes only the shape. Pure, apart from changing the quote it is given.
 */
export const ALERTS = ['note', 'tip', 'important', 'warning', 'caution'] as const;
export type AlertKind = (typeof ALERTS)[number];

/** A node of that tree. */
interface MarkdownNode {
  readonly type: string;
}

const MARK = new RegExp(`^\\[!(${ALERTS.join('|')})\\][ \\t]*(?:\\n|$)`, 'i');

/**
 * What a quote is an alert of; its mark is taken off, and the paragraph that had nothing else. Undefined: it is a quote like any other, and stays
 * as it is. Where more stands on the line of the mark it is one, as on GitHub.
 */
export function takeAlert(quote: MarkdownNode): AlertKind | undefined {
  if (quote.type !== 'blockquote') return undefined;
  const blocks = childrenOf(quote);
  const [first] = blocks;
  const words = first?.type === 'paragraph' ? childrenOf(first) : [];
  const [text, next] = words;
  if (!hasValue(text)) return undefined;
  const mark = MARK.exec(text.value);
  if (!mark) return undefined;
  const rest = text.value.slice(mark[0].length);
  if (rest === '' && next && next.type !== 'break' && !mark[0].endsWith('\n')) return undefined;
  text.value = rest;
  if (rest === '') words.splice(0, next?.type === 'break' ? 2 : 1);
  if (words.length === 0) blocks.shift();
  return (mark[1] as string).toLowerCase() as AlertKind;
}

const childrenOf = (node: MarkdownNode): MarkdownNode[] =>
  'children' in node ? (node.children as MarkdownNode[]) : [];

const hasValue = (node: MarkdownNode | undefined): node is MarkdownNode & { value: string } =>
  node?.type === 'text' && 'value' in node;
