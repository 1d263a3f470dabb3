/** A conversation as one HTML file that needs no server and no network: thread, versions, tree, finding, pictures (decision 0251). */
import { setImmediate as breath } from 'node:timers/promises';
import type { Element, Nodes as HtmlNodes, Root as HtmlRoot } from 'hast';
import type { Nodes as MarkdownNodes, Root as MarkdownRoot } from 'mdast';
import rehypeSanitize, { defaultSchema, type Options as Schema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import {
  filesOf,
  isAudio,
  isImage,
  type Message,
  nameOfAuthor,
  type Part,
  plainOf,
  shorten,
} from '../../../../protocol/index.ts';
import { LANGUAGE } from '../../../../protocol/language.ts';
import { ALERTS, type AlertKind, takeAlert } from '../../../../protocol/reading/alerts.ts';
import { plainLine } from '../../../../protocol/reading/first-line.ts';
import { shallow, tooHeavyToExport } from '../../../../protocol/reading/formatting-limits.ts';
import { withoutOverrides } from '../../../../protocol/reading/overrides.ts';
import { type Block, noBlocks, splitBlocks } from '../../../../protocol/reading/split-blocks.ts';
import { markOf, shownRole } from '../../../../tree/index.ts';
import type { ChosenMessages } from '../chosen.ts';
import { type MediaOf, titleOf } from '../readable.ts';
import { PAGE_POLICY, SCRIPT } from './script.ts';
import { style } from './style.ts';
import type { PageData, PageMessage } from './viewer.ts';

export async function htmlPage(chosen: ChosenMessages, mediaOf: MediaOf): Promise<string> {
  const { path } = chosen;
  const data: PageData = { messages: await pageMessages(chosen, mediaOf), leaf: path.at(-1) ?? null };
  const title = escaped(titleOf(chosen));
  // Inside of a script nothing but "</script" and "<!--" means something.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="${LANGUAGE}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${PAGE_POLICY}">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header class="bar"><h1>${title}</h1><label>Find <input id="find" type="search" autocomplete="off"></label><output id="found" for="find"></output></header>
<div class="panes"><main id="thread" aria-label="Messages"></main><nav id="tree" aria-label="Tree"></nav></div>
<noscript><p class="note">This page shows the conversation with a script that is in this file. Allow it to run, or open the file in another browser.</p></noscript>
<script type="application/json" id="data">${json}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** How long messages are read before others that wait for the server have their turn, in ms. */
const TURN = 20;

async function pageMessages(chosen: ChosenMessages, mediaOf: MediaOf): Promise<PageMessage[]> {
  const made: PageMessage[] = [];
  let since = performance.now();
  for (const message of chosen.messages) {
    made.push(pageMessage(chosen, message, mediaOf));
    if (performance.now() - since < TURN) continue;
    await breath();
    since = performance.now();
  }
  return made;
}

function pageMessage({ whole }: ChosenMessages, message: Message, mediaOf: MediaOf): PageMessage {
  const { id, parent, role, author, time, parts } = message;
  const text = plainOf(parts);
  const { star, label } = markOf(whole.tree, id);
  return {
    ...{ id, parent, time, text, role: shownRole(role) },
    who: role === 'system' ? 'System prompt' : nameOfAuthor(author) || 'You',
    html: parts.map((part, i) => partHtml(part, `${id}-${i}`, mediaOf)).join('\n'),
    first: shorten(plainLine(text), 80),
    ...(star && { star }),
    ...(label && { label }),
  };
}

/** @param scope prefix of the ids inside: unique on the page */
function partHtml(part: Part, scope: string, mediaOf: MediaOf): string {
  if (part.kind === 'text') return markdownHtml(part.text, scope);
  if (part.kind === 'reasoning') return folded('Thoughts', part.text);
  if (part.kind === 'tool')
    return folded(
      `Tool: ${part.name}`,
      [part.input, part.output ?? part.error ?? ''].filter(Boolean).join('\n\n'),
    );
  const [file] = filesOf([part]);
  if (file) {
    const url = mediaOf(file.hash);
    const name = escaped(file.name);
    if (url && isImage(file)) return `<img src="${url}" alt="${name}">`;
    const player =
      url && isAudio(file) ? `<audio controls preload="none" src="${url}" aria-label="${name}"></audio>` : '';
    return `<p class="file">File: ${name}</p>${player}`;
  }
  const plain = plainOf([part]).trim();
  return plain === '' ? '' : `<pre>${escaped(plain)}</pre>`;
}

const folded = (name: string, text: string): string =>
  `<details><summary>${escaped(name)}</summary><pre>${escaped(text)}</pre></details>`;

/** Pictures that lead elsewhere would tell others who reads this. Ids have the prefix of their text already, and nobody else can make one. */
const schema = {
  ...defaultSchema,
  clobberPrefix: '',
  tagNames: defaultSchema.tagNames?.filter((name) => name !== 'img'),
  attributes: {
    ...defaultSchema.attributes,
    blockquote: [['dataAlert', ...ALERTS], ['role', 'note'], 'ariaLabel'],
  },
} satisfies Schema;

const toHtml = (scope: string) =>
  unified()
    .use(remarkParse)
    .use(remarkGfm, { singleTilde: false })
    .use(remarkCjkFriendly)
    .use(remarkCjkStrikethrough, { singleTilde: false })
    .use(() => htmlAsText)
    .use(() => namedAlerts)
    .use(remarkRehype, { clobberPrefix: `${scope}-` })
    .use(() => withoutOthers)
    .use(rehypeSanitize, schema)
    .use(() => directed)
    .use(rehypeStringify);

/** HTML is shown as the text it is, as in the page; but for the line breaks models put into cells. */
function htmlAsText(tree: MarkdownRoot): void {
  replaceNodes<MarkdownNodes>(tree, (node, parent): MarkdownNodes => {
    if (node.type !== 'html') return node;
    if (/^<br\s*\/?>$/i.test(node.value.trim())) return { type: 'break' };
    const text: MarkdownNodes = { type: 'text', value: node.value };
    const isBlock = ['root', 'blockquote', 'listItem', 'footnoteDefinition'].includes(parent.type);
    return isBlock ? { type: 'paragraph', children: [text] } : text;
  });
}

const ALERT_NAMES: Readonly<Record<AlertKind, string>> = {
  note: 'Note',
  tip: 'Tip',
  important: 'Important',
  warning: 'Warning',
  caution: 'Caution',
};

/** GitHub's alerts, each under its name. */
function namedAlerts(tree: MarkdownRoot): void {
  replaceNodes<MarkdownNodes>(tree, (node) => {
    const alert = takeAlert(node);
    if (!alert || node.type !== 'blockquote') return node;
    const name: MarkdownNodes = { type: 'strong', children: [{ type: 'text', value: ALERT_NAMES[alert] }] };
    node.children.unshift({ type: 'paragraph', children: [name] });
    node.data = { hProperties: { role: 'note', ariaLabel: ALERT_NAMES[alert], dataAlert: alert } };
    return node;
  });
}

/** Pictures of others as links; of links those that lead somewhere from here. */
function withoutOthers(tree: HtmlRoot): void {
  replaceNodes<HtmlNodes>(tree, (node) => {
    if (node.type !== 'element') return node;
    if (node.tagName === 'img') {
      const { src, alt } = node.properties;
      const children: HtmlNodes[] = [{ type: 'text', value: `Image: ${alt || src}` }];
      return withAddress({ type: 'element', tagName: 'a', properties: { href: src }, children } as Element);
    }
    return node.tagName === 'a' ? withAddress(node) : node;
  });
}

function withAddress(link: Element): Element {
  if (!/^(?:https?:|mailto:|#)/i.test(String(link.properties.href))) delete link.properties.href;
  return link;
}

const DIRECTED = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'blockquote',
  'table',
  'th',
  'td',
]);

/** Each block from the side its words are read from; code from the left. */
function directed(tree: HtmlRoot): void {
  replaceNodes<HtmlNodes>(tree, (node, parent) => {
    if (node.type !== 'element') return node;
    // What has a side of its own says nothing about that of what is around it.
    const isWithin = node.tagName === 'p' && parent.type === 'element' && parent.tagName !== 'section';
    if (DIRECTED.has(node.tagName) && !isWithin) node.properties.dir = 'auto';
    if (node.tagName === 'pre' || node.tagName === 'code') node.properties.dir = 'ltr';
    return node;
  });
}

/** Every node below `tree` by what stands in its place; without recursion, whatever others wrote. */
function replaceNodes<N extends { readonly type: string }>(
  tree: N,
  replaced: (node: N, parent: N) => N,
): void {
  const queue = [tree];
  for (let parent = queue.pop(); parent; parent = queue.pop()) {
    if (!('children' in parent)) continue;
    const around = parent as N & { children: N[] };
    around.children = around.children.map((child) => replaced(child, around));
    queue.push(...around.children);
  }
}

/**
 * What others wrote is hostile: no HTML of theirs, no scripts, no other host's pictures. As one text, so that notes, addresses and lists are what they
 * are in it; where one block is too much for that, block by block, and what is too much is shown as it was written, with a word.
 */
function markdownHtml(source: string, scope: string): string {
  const { text, blocks } = splitBlocks(noBlocks, shallow(withoutOverrides(source)), true);
  const isTooMuch = text.length > WHOLE || blocks.some((block) => tooHeavyToExport(block.text));
  if (!isTooMuch) return String(toHtml(scope).processSync(putTogether(blocks)));
  return blocks.map((block, i) => blockHtml(block, `${scope}-${i}`)).join('\n');
}

/** Longer texts are read by their blocks, in characters. */
const WHOLE = 150_000;

/** The text again, its fences mended. What goes on with a table has the head of that, written again. */
const putTogether = (blocks: readonly Block[]): string =>
  blocks
    .map(({ text, continues, rows }) => {
      if (!continues) return `\n\n${text}`;
      return `\n${rows ? text.split('\n').slice(2).join('\n') : text}`;
    })
    .join('');

function blockHtml({ text, number }: Block, scope: string): string {
  if (tooHeavyToExport(text))
    return `<pre>${escaped(text)}</pre>\n<p class="written">Shown as it was written: too much to format.</p>`;
  const html = String(toHtml(scope).processSync(text));
  return number === undefined ? html : html.replace(/^<ol(?: start="\d+")?>/, `<ol start="${number}">`);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
