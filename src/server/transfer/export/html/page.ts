/** A conversation as one HTML file that needs no server and no network: thread, versions, tree, finding, pictures (decision 0251). */
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkCjkFriendly from 'remark-cjk-friendly';
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
import { plainLine } from '../../../../protocol/reading/first-line.ts';
import { shallow, tooHeavy } from '../../../../protocol/reading/formatting-limits.ts';
import { noBlocks, splitBlocks } from '../../../../protocol/reading/split-blocks.ts';
import { markOf, shownRole } from '../../../../tree/index.ts';
import type { ChosenMessages } from '../chosen.ts';
import { type MediaOf, titleOf } from '../readable.ts';
import { PAGE_POLICY, SCRIPT } from './script.ts';
import { style } from './style.ts';
import type { PageData, PageMessage } from './viewer.ts';

export function htmlPage(chosen: ChosenMessages, mediaOf: MediaOf): string {
  const { messages, path } = chosen;
  const data: PageData = {
    messages: messages.map((message) => pageMessage(chosen, message, mediaOf)),
    leaf: path.at(-1) ?? null,
  };
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

function pageMessage({ whole }: ChosenMessages, message: Message, mediaOf: MediaOf): PageMessage {
  const { id, parent, role, author, time, parts } = message;
  const text = plainOf(parts);
  const { star, label } = markOf(whole.tree, id);
  return {
    ...{ id, parent, time, text, role: shownRole(role) },
    who: role === 'system' ? 'System prompt' : nameOfAuthor(author) || 'You',
    html: parts.map((part) => partHtml(part, mediaOf)).join('\n'),
    first: shorten(plainLine(text), 80),
    ...(star && { star }),
    ...(label && { label }),
  };
}

function partHtml(part: Part, mediaOf: MediaOf): string {
  if (part.kind === 'text') return markdownHtml(part.text);
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

/** Pictures that lead elsewhere would tell others who reads this. */
const schema = {
  ...defaultSchema,
  tagNames: defaultSchema.tagNames?.filter((name) => name !== 'img'),
};

const toHtml = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkCjkFriendly)
  .use(remarkRehype)
  .use(rehypeSanitize, schema)
  .use(rehypeStringify)
  .freeze();

/**
 * What others wrote is hostile: no HTML of theirs, no scripts, no other host's pictures. Block by block, within the limits of the page: what is
 * beyond them is shown as it was written.
 */
function markdownHtml(text: string): string {
  const { blocks } = splitBlocks(noBlocks, shallow(text), true);
  return blocks
    .map((block) =>
      tooHeavy(block.text) ? `<pre>${escaped(block.text)}</pre>` : String(toHtml.processSync(block.text)),
    )
    .join('\n');
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
