/** Whatever a block is, it is formatted when it is whole, however long: by a real worker, and laid out slice by slice. */
import fc from 'fast-check';
import { createElement, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { placeFor } from '../../../../protocol/reading/formatting-limits.ts';
import { noBlocks, splitBlocks } from '../../../../protocol/reading/split-blocks.ts';
import { prepare } from '../blocks/references.ts';
import { FormattedText } from '../formatted-text.tsx';
import { renderBlock } from '../render-block.ts';
import { LongBlock } from './long-block.tsx';

let box: HTMLElement;
let root: Root;

beforeEach(() => {
  box = document.createElement('div');
  document.body.append(box);
  root = createRoot(box);
});

afterEach(() => {
  root.unmount();
  box.remove();
});

const draw = (node: ReactNode) => flushSync(() => root.render(node));

/** The text once all of it is formatted. */
async function formatted(text: string): Promise<HTMLElement> {
  draw(createElement(FormattedText, { text, scope: 'm1', growing: false }));
  await expect.poll(() => box.querySelectorAll('[data-loading]').length, { timeout: 15_000 }).toBe(0);
  return box;
}

const LONG = 33_000;
/** As many of `part` as make a long text; it is given the number of each. */
function many(part: (n: number) => string, length = LONG): string {
  let text = '';
  for (let n = 1; text.length < length; n += 1) text += part(n);
  return text;
}

const words = (n: number) => `some *words* and **more** of \`them\` ${n}`;
const indented = (text: string, by: string) => text.replace(/^(?=.)/gm, by);
const item = (text: string) => `- first\n${indented(text, '  ')}`;
const quote = (text: string) => text.replace(/^/gm, '> ').replace(/\n> $/, '');

const nested = many((n) => `- item ${words(n)}\n`);
const numbered = many((n) => `${n + 6}. item ${words(n)}\n`);
const paragraphs = many((n) => `Paragraph ${words(n)}\n\n`);
const rows = many((n) => `| ${n} | ${words(n)} | b |\n`);
const table = `| n | words | c |\n|---|---|---|\n${rows}`;
const code = `\`\`\`ts\n${many((n) => `let a${n} = [${n}, '*'];\n`)}\`\`\``;
const line = many((n) => `A sentence with ${words(n)}, and then some more of it without signs. `);

const KINDS: readonly (readonly [string, string, (box: HTMLElement) => void])[] = [
  [
    'an item that holds a list',
    item(nested),
    (md) => expect(md.querySelectorAll('li li').length).toBeGreaterThan(500),
  ],
  [
    'an item that holds a numbered list, with its numbers',
    item(`\n${numbered}`),
    (md) => {
      expect(md.querySelectorAll('ol')).toHaveLength(1);
      expect(md.querySelector('ol')?.start).toBe(7);
      expect(md.querySelectorAll('ol > li').length).toBeGreaterThan(500);
    },
  ],
  [
    'an item of many paragraphs',
    item(`\n${paragraphs}`),
    (md) => expect(md.querySelectorAll('li > p').length).toBeGreaterThan(500),
  ],
  [
    'an item that holds code',
    item(code),
    (md) => expect(md.querySelector('li pre')?.textContent).toContain("let a99 = [99, '*'];"),
  ],
  [
    'an item that holds a table',
    item(`\n${table}`),
    (md) => expect(md.querySelectorAll('li tbody tr')).toHaveLength(rows.split('\n').length - 1),
  ],
  [
    'an item that holds a quote',
    item(`\n${quote(nested)}`),
    (md) => expect(md.querySelectorAll('li > blockquote > ul > li').length).toBeGreaterThan(500),
  ],
  [
    'an item of one line',
    `- ${line}`,
    (md) => expect(md.querySelectorAll('li strong').length).toBeGreaterThan(300),
  ],
  [
    'a second item that is long',
    `${many((n) => `- item ${n}\n`, 11_900)}- long\n${indented(
      many((n) => `- item ${words(n)}\n`, 29_000),
      '  ',
    )}`,
    (md) => expect(md.querySelectorAll('li li').length).toBeGreaterThan(300),
  ],
  [
    'lists in lists',
    indented(
      many((n) => `${'  '.repeat(n % 8)}- item ${words(n)}\n`),
      '  ',
    ).replace(/^/, '- first\n'),
    (md) => expect(md.querySelectorAll('li li li').length).toBeGreaterThan(300),
  ],
  [
    'a quote that holds a list',
    quote(nested),
    (md) => expect(md.querySelectorAll('blockquote li').length).toBeGreaterThan(500),
  ],
  [
    'a quote that holds one item',
    quote(item(nested)),
    (md) => expect(md.querySelectorAll('blockquote li li').length).toBeGreaterThan(500),
  ],
  [
    'a quote that holds code',
    quote(code),
    (md) => expect(md.querySelector('blockquote pre')?.textContent).toContain("let a99 = [99, '*'];"),
  ],
  [
    'a quote that holds a table',
    quote(table),
    (md) => expect(md.querySelectorAll('blockquote tbody tr')).toHaveLength(rows.split('\n').length - 1),
  ],
  [
    'a quote of one line',
    quote(line),
    (md) => expect(md.querySelectorAll('blockquote strong').length).toBeGreaterThan(300),
  ],
  [
    'a paragraph of one line',
    line,
    (md) => expect(md.querySelectorAll('p strong').length).toBeGreaterThan(300),
  ],
  [
    'a paragraph that is one word',
    'word'.repeat(12_000),
    (md) => expect(md.querySelector('p')?.textContent).toHaveLength(48_000),
  ],
  ['a heading', `## ${line}`, (md) => expect(md.querySelectorAll('h2 strong').length).toBeGreaterThan(300)],
  [
    'a heading that is underlined',
    `${line}\n===`,
    (md) => expect(md.querySelectorAll('h2 strong').length).toBeGreaterThan(300),
  ],
  [
    'indented code',
    many((n) => `    let a${n} = '*b*';\n`),
    (md) => expect(md.querySelector('pre')?.textContent).toContain("let a99 = '*b*';"),
  ],
  [
    'code in a fence',
    code,
    (md) => expect(md.querySelector('pre')?.textContent).toContain("let a99 = [99, '*'];"),
  ],
  [
    'a comment of HTML',
    `<!-- ${many((n) => `${words(n)}\n\n`)} -->`,
    (md) => expect(md.querySelector('.md-lines')?.textContent).toContain('**more** of `them` 99'),
  ],
  [
    'HTML',
    `<div>\n${many((n) => `${words(n)}\n`, 20_000)}${'word '.repeat(5_000)}</div>`,
    (md) => expect(md.querySelector('.md-lines')?.textContent).toContain('**more** of `them` 99'),
  ],
  [
    'a note',
    `See[^1].\n\n[^1]: ${line}`,
    (md) => {
      expect(md.querySelectorAll('section li strong').length).toBeGreaterThan(300);
      const link = md.querySelector<HTMLAnchorElement>('sup a');
      expect(link?.hash).toBe(`#${md.querySelector('section li')?.id}`);
    },
  ],
  [
    'many notes',
    `${many((n) => `Word[^${n}]\n\n`, 6_000)}${many((n) => `[^${n}]: The ${n}th note ${words(n)} ${'and more '.repeat(10)}\n\n`, 70_000)}`,
    (md) => {
      expect(md.querySelectorAll('section li').length).toBeGreaterThan(300);
      expect([...md.querySelectorAll('sup a')].slice(0, 3).map((one) => one.textContent)).toEqual([
        '1',
        '2',
        '3',
      ]);
    },
  ],
  [
    'a table with a long row',
    `| a | b |\n|---|---|\n| ${line} | 2 |\n| 3 | 4 |\n`,
    (md) => expect(md.querySelectorAll('td strong').length).toBeGreaterThan(300),
  ],
  [
    'a table with a long head',
    `| ${line} | b |\n|---|---|\n| 3 | 4 |\n`,
    (md) => expect(md.querySelectorAll('th strong').length).toBeGreaterThan(300),
  ],
  [
    'a table of many small cells',
    `|${'a|'.repeat(30)}\n|${'-|'.repeat(30)}\n${`|${'1|'.repeat(30)}\n`.repeat(390)}`,
    (md) => expect(md.querySelectorAll('td').length).toBe(30 * 390),
  ],
  [
    'words with many links whose addresses stand elsewhere',
    `${many((n) => `[word ${n}][${n}] `, 9_000)}\n\n${many((n) => `[${n}]: https://example.org/${'a'.repeat(40)}/${n}\n`, 60_000)}`,
    (md) => expect(md.querySelectorAll('a[href^="https://example.org"]').length).toBeGreaterThan(400),
  ],
  [
    'more emphasis than is read at once',
    many((n) => `**a** ${n} `, 20_000),
    (md) => expect(md.querySelectorAll('strong').length).toBeGreaterThan(1_000),
  ],
  [
    'a formula that is too long for one',
    `$$\n${'x + '.repeat(10_000)}x\n$$`,
    (md) => expect(md.textContent).toContain('x + x + x'),
  ],
];

test.each(KINDS)('%s', async (_name, text, looks) => {
  const md = await formatted(text);
  expect(md.querySelector('.md-written')).toBeNull();
  expect(md.textContent).not.toMatch(/^[ \t]*(?:[-*>] |\|)/m);
  looks(md);
});

const wholeBlock = fc
  .tuple(
    fc.constantFrom(...'lqnp'),
    fc.array(fc.constantFrom(...'lqnpcth'), { minLength: 1, maxLength: 3 }),
    fc.nat(3),
  )
  .map(([outer, inner, deep]) => {
    const parts = inner.map((kind) => partOf(kind, deep, LONG / inner.length));
    return partOf(outer, 0, 0, parts.join('\n\n'));
  });

/** A piece of markdown; `held` is what it is around. */
function partOf(kind: string, deep: number, length: number, held?: string): string {
  const within =
    held ??
    (deep > 0 ? partOf('lqnp'[deep] as string, deep - 1, length) : many((n) => `${words(n)}\n`, length));
  if (kind === 'l') return `- one *item*\n\n${indented(within, '  ')}\n- two`;
  if (kind === 'n') return `4. one\n${indented(within, '   ')}\n5. two\n\n   more`;
  if (kind === 'q') return quote(within);
  if (kind === 'c') return `\`\`\`\n${many((n) => `a(${n}); // *b*\n`, length)}\`\`\``;
  if (kind === 't') return `[a][x] and ![b](c) and https://d.example <br> ${many(words, length)} $x^2$`;
  if (kind === 'h') return `### A *heading*\n\n${within}\n\n---`;
  return `${within}\n\n[x]: https://x.example`;
}

/** As `toBe`, with no more of two long texts than where they begin to differ. */
function expectSame(one: string, other: string): void {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const near = (text: string) => text.slice(Math.max(0, at - 200), at + 200);
  expect(near(one)).toBe(near(other));
}

test('in slices it is what it is at once', async () => {
  await fc.assert(
    fc.asyncProperty(wholeBlock, async (text) => {
      draw(createElement(LongBlock, { text, scope: 'm1', name: 'm1 0', onPage: undefined }));
      await expect.poll(() => box.querySelectorAll('[data-loading]').length, { timeout: 15_000 }).toBe(0);
      const inSlices = box.innerHTML;
      draw(null);
      draw(renderBlock(text, { scope: 'm1', growing: false }));
      // What shows code, and pictures, has names of its own each time.
      const plain = (html: string) => html.replace(/ (?:id|aria-controls)="_r_\w+_"/g, '');
      expectSame(plain(inSlices), plain(box.innerHTML));
      draw(null);
    }),
    { numRuns: 6 },
  );
}, 120_000);

test('a table in several pieces has its buttons once', async () => {
  const md = await formatted(item(`\n${table}`));
  expect(md.querySelectorAll('table').length).toBeGreaterThan(3);
  expect(md.querySelectorAll('.md-table-tools')).toHaveLength(1);
  const tools = md.querySelector('.md-table-tools');
  expect([...md.querySelectorAll('.md-table-frame')].at(-1)?.contains(tools)).toBe(true);
  const copied: string[] = [];
  const { writeText } = navigator.clipboard;
  navigator.clipboard.writeText = async (text) => void copied.push(text);
  tools?.querySelector('button')?.click();
  await expect.poll(() => copied).toHaveLength(1);
  navigator.clipboard.writeText = writeText;
  expect(copied[0]?.split('\r\n')).toHaveLength(rows.trim().split('\n').length + 1);
});

test('names of characters are what they are on the page', async () => {
  const names = many((n) => `&copy; &notit; &semi; &nope; &ngE; ${n} `);
  const md = await formatted(names);
  expect(md.textContent).toContain('© &notit; ; &nope; ≧̸ 1');
});

test('what would take a worker too long, too, is shown as it was written, with a word', async () => {
  for (const text of [
    'a]'.repeat(14_000),
    `${'a|'.repeat(1_000)}\n${'-|'.repeat(1_000)}\n${'b\n'.repeat(1_000)}`,
  ]) {
    const blocks = prepare(splitBlocks(noBlocks, text, true).blocks).blocks;
    expect(blocks.some((block) => placeFor(block.text) === 'nowhere')).toBe(true);
    const md = await formatted(text);
    expect(md.textContent).toContain('Shown as it was written');
  }
});

test('while it grows it is shown as it is written', () => {
  draw(createElement(FormattedText, { text: item(nested), scope: 'm1', growing: true }));
  expect(box.textContent).toContain('formatted when it is whole');
});

/** Draws `text` as it comes, no faster than it is read; `look` after each step. */
async function written(text: string, scope: string, look: (shown: number) => void = () => {}): Promise<void> {
  const count = (words: string | null) => words?.split('words').length ?? 0;
  for (let length = 7_000; length < text.length; length += 1_000) {
    const shown = text.slice(0, length);
    draw(createElement(FormattedText, { text: shown, scope, growing: true }));
    await new Promise(requestAnimationFrame);
    await expect.poll(() => count(box.textContent), { timeout: 15_000 }).toBeGreaterThan(count(shown) - 20);
    look(length);
  }
  draw(createElement(FormattedText, { text, scope, growing: false }));
  await expect.poll(() => box.textContent?.includes(END), { timeout: 15_000 }).toBe(true);
  const waiting = () => box.querySelectorAll('.md-written, [data-loading]').length;
  await expect.poll(waiting, { timeout: 15_000 }).toBe(0);
}

const END = 'the very last';

test.each([
  ['an item that holds a list', `${item(many((n) => `- item ${words(n)}\n`, 14_000))}  - ${END}`],
  [
    'a quote that holds a table',
    quote(
      `| n | w | c |\n|---|---|---|\n${many((n) => `| ${n} | ${words(n)} | b |\n`, 14_000)}| 1 | ${END} | b |`,
    ),
  ],
  ['a paragraph', `${many((n) => `A sentence with ${words(n)}. `, 14_000)}${END}`],
])(
  'while it is written what is formatted of %s is never raw again, and at its end it is what it is at once',
  async (_name, text) => {
    let before = 20;
    await written(text, `w${text.length}`, (shown) => {
      const { length } = box.querySelectorAll('em');
      expect(length, `formatted of ${shown} characters`).toBeGreaterThanOrEqual(before);
      before = length;
    });
    const bySteps = box.innerHTML;
    draw(null);
    draw(createElement(FormattedText, { text, scope: `w${text.length}`, growing: false }));
    await expect
      .poll(() => box.querySelectorAll('.md-written, [data-loading]').length, { timeout: 15_000 })
      .toBe(0);
    // Whether a table is wider than its place is seen once it is laid out.
    const plain = (html: string) =>
      html.replace(/ (?:data-more|tabindex)="\w+"|, scroll sideways for more columns/g, '');
    expectSame(plain(bySteps), plain(box.innerHTML));
  },
);

test('what was read stays the same elements, with what is selected in it, while more is written', async () => {
  const text = `${item(many((n) => `- item ${words(n)}\n`, 20_000))}  - ${END}`;
  const seen = new Set<Element | undefined>();
  await written(text, 'kept', (shown) => {
    const third = box.querySelectorAll('li li')[2];
    seen.add(third);
    if (shown === 7_000) getSelection()?.selectAllChildren(third as Element);
    if (shown > 7_000) expect(String(getSelection())).toBe('item some words and more of them 3');
  });
  seen.add(box.querySelectorAll('li li')[2]);
  expect(String(getSelection())).toBe('item some words and more of them 3');
  // The page's, then the worker's.
  expect(seen.size).toBe(2);
}, 60_000);

test('where the worker dies it goes on by the page, and every word is there', async () => {
  const { Worker } = globalThis;
  let asked = 0;
  class Mortal extends Worker {
    override postMessage(message: unknown) {
      asked += 1;
      if (asked === 2) this.dispatchEvent(new Event('error', { cancelable: true }));
      else super.postMessage(message);
    }
  }
  Object.assign(globalThis, { Worker: Mortal });
  // The one that is kept is ended.
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  try {
    const text = `${item(many((n) => `- item ${words(n)}\n`, 20_000))}  - ${END}`;
    await written(text, 'mortal');
    expect(asked).toBeGreaterThanOrEqual(2);
    expect(box.querySelectorAll('li li')).toHaveLength(text.split('\n').length - 1);
  } finally {
    Object.assign(globalThis, { Worker });
  }
}, 60_000);

test('without a worker it is formatted by the page, and what is too much for that when it is written as it is', async () => {
  const { Worker } = globalThis;
  Object.assign(globalThis, { Worker: undefined });
  try {
    await written(`${item(many((n) => `- item ${words(n)}\n`, 20_000))}  - ${END}`, 'no worker');
    expect(box.querySelectorAll('li li').length).toBeGreaterThan(300);
  } finally {
    Object.assign(globalThis, { Worker });
  }
}, 60_000);
