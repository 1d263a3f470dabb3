/**
 * What happens to a parsed block before it becomes elements: raw HTML turns into the text it is, marks of formulas turn
 * into formulas. Pure, apart from changing the tree it is given, as plugins of remark do.
 */
import type { Nodes, Paragraph, Parents, PhrasingContent, Root, RootContent } from 'mdast';
import { takeAlert } from '../../../protocol/reading/alerts.ts';
import { type Formula, MARK_START, splitMarks } from '../../../protocol/reading/formulas.ts';
import { inDisplayStyle } from './formulas/tex-dialect.ts';
import * as strings from './strings.ts';

/** The element formulas become; markdown cannot make it, since its HTML is text. */
export const FORMULA_TAG = 'md-formula';

/** Raw HTML as text, but for the line breaks models put into table cells. */
export function plainHtml() {
  return (tree: Root) =>
    walk(tree, (node, parent) => {
      if (node.type !== 'html') return undefined;
      if (/^<br\s*\/?>$/i.test(node.value.trim())) return [{ type: 'break' }];
      const text: PhrasingContent = { type: 'text', value: node.value };
      return inline(parent) ? [text] : [{ type: 'paragraph', children: [text], data: lines } as Paragraph];
    });
}

/** Alerts as quotes that say what they are; `elements.tsx` draws them. */
export function markAlerts() {
  return (tree: Root) =>
    walk(tree, (node) => {
      const alert = takeAlert(node);
      if (alert && node.type === 'blockquote')
        node.data = { hProperties: { role: 'note', ariaLabel: strings.alerts[alert], dataAlert: alert } };
      return undefined;
    });
}

const lines = { hProperties: { className: ['md-lines'] } };
const inline = (parent: Parents): boolean =>
  !['root', 'blockquote', 'listItem', 'footnoteDefinition'].includes(parent.type);

/** Formulas in place of their marks; back to their source where a mark stands in code or an address. */
export function placeFormulas(formulas: readonly Formula[]) {
  const source = (text: string) =>
    splitMarks(text)
      .map((part, i) => (i % 2 === 0 ? part : (formulas[Number(part)]?.source ?? '')))
      .join('');

  return () => (tree: Root) =>
    walk(tree, (node) => {
      if (node.type === 'paragraph') loneFormula(node, formulas);
      if (node.type === 'text')
        return node.value.includes(MARK_START) ? split(node.value, formulas) : undefined;
      for (const key of ['value', 'url', 'alt', 'title'] as const) restore(node, key, source);
      return undefined;
    });
}

function restore(node: Nodes, key: string, source: (text: string) => string): void {
  const fields = node as unknown as Record<string, unknown>;
  const value = fields[key];
  // An address has its marks encoded by the parser.
  const text = typeof value === 'string' && key === 'url' ? decodeMarks(value) : value;
  if (typeof text === 'string' && text.includes(MARK_START)) fields[key] = source(text);
}

const decodeMarks = (url: string): string => url.replace(/%EE%80%80(\d+)%EE%80%81/gi, '\uE000$1\uE001');

function split(value: string, formulas: readonly Formula[]): PhrasingContent[] {
  return splitMarks(value).flatMap((part, i): PhrasingContent[] => {
    if (i % 2 === 0) return part === '' ? [] : [{ type: 'text', value: part }];
    const formula = formulas[Number(part)];
    return formula ? [element(formula, 'inline')] : [];
  });
}

/** A paragraph that is nothing but a display formula shows it as a block of its own. */
function loneFormula(node: Paragraph, formulas: readonly Formula[]): void {
  const [only, ...others] = node.children;
  if (only?.type !== 'text' || others.length > 0) return;
  const [before, index, after] = splitMarks(only.value.trim());
  const formula = before === '' && after === '' ? formulas[Number(index)] : undefined;
  if (formula?.display) node.children = [element(formula, 'block')];
}

function element({ tex, open, display }: Formula, place: 'block' | 'inline'): PhrasingContent {
  const shown = display && place === 'inline' ? inDisplayStyle(tex) : tex;
  const source = display ? `$$${tex}$$` : `$${tex}$`;
  const hProperties = { tex: shown, source, place, ...(open && { open: 'open' }) };
  return { type: 'formula', data: { hName: FORMULA_TAG, hProperties } } as unknown as PhrasingContent;
}

type Replace = (node: Nodes, parent: Parents) => readonly Nodes[] | undefined;

/** Visits every node below `tree`, without recursion; what `replace` returns takes the node's place and is not visited. */
export function walk(tree: Root, replace: Replace): void {
  const parents: Parents[] = [tree];
  for (let parent = parents.pop(); parent; parent = parents.pop()) {
    const children: Nodes[] = [];
    for (const child of parent.children as Nodes[]) {
      const replaced = replace(child, parent);
      if (replaced) children.push(...replaced);
      else {
        children.push(child);
        if ('children' in child) parents.push(child);
      }
    }
    parent.children = children as RootContent[];
  }
}
