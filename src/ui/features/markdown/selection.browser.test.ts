/** What is selected while a reply grows stays selected, in a real browser: only there has a selection a place. */
import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import '../../styles.css';
import { FormattedText } from './formatted-text.tsx';

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

const show = (text: string, growing = true) =>
  flushSync(() => root.render(createElement(FormattedText, { text, scope: 'm1', growing })));

/** Selects `words`, from their end to their beginning if `backwards`. */
function select(words: string, backwards = false): void {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const [from, to] = backwards ? [at + words.length, at] : [at, at + words.length];
    document.getSelection()?.setBaseAndExtent(node, from, node, to);
    return;
  }
  throw new Error(`"${words}" is not there`);
}

const selected = () => document.getSelection()?.toString();

test.each([
  ['the growing paragraph', 'Some words and', ' more words', 'words'],
  ['bold words that are not closed yet', 'Some **bold wor', 'ds** and more', 'bold'],
  ['a paragraph that becomes two', 'Some words', ' and\n\nmore', 'Some'],
  [
    'words before a link whose address comes late',
    'See [here][a] for more.',
    '\n\nMore.\n\n[a]: https://a.example',
    'for more',
  ],
  ['the words of such a link', 'See [here] for more.', '\n\n[here]: https://a.example', 'here'],
  ['words behind a note that comes late', 'One[^1] and two.', '\n\n[^1]: The note.', 'and two'],
  ['a list that goes on', '- one\n- two', ' and\n- three', 'two'],
  ['an item that becomes loose', '- one\n- two', '\n\n- three', 'one'],
  ['growing code', '```\nlet a = 1;\nlet b', ' = 2;\nlet c = 3;', 'let a = 1;'],
  ['a row of a growing table', '| a | b |\n|---|---|\n| one | two', ' three |\n| 4 | 5 |', 'two'],
  ['a quote', '> some words', ' and more', 'some words'],
  ['a heading', '# A title', ' that goes on\n\nText', 'title'],
])('in %s', (_name, before, more, words) => {
  for (const backwards of [false, true]) {
    show(before);
    select(words, backwards);
    for (let length = 1; length <= more.length; length += 1) {
      show(before + more.slice(0, length));
      expect(selected()).toBe(words);
    }
    show(before + more, false);
    expect(selected()).toBe(words);
    root.render(null);
    document.getSelection()?.removeAllRanges();
  }
});

test('from a finished block into the growing one', () => {
  show('First words.\n\nSecond wor');
  const [first, second] = box.querySelectorAll('p');
  document.getSelection()?.setBaseAndExtent(first?.firstChild as Node, 6, second?.firstChild as Node, 6);
  const before = selected();
  show('First words.\n\nSecond words and more.');
  expect(selected()).toBe(before);
});

test('what is selected elsewhere, or nothing, is left alone', () => {
  const other = document.createElement('p');
  other.textContent = 'Elsewhere';
  box.before(other);
  show('Some words');
  document.getSelection()?.selectAllChildren(other);
  show('Some words and more');
  expect(selected()).toBe('Elsewhere');
  document.getSelection()?.removeAllRanges();
  show('Some words and more still');
  expect(document.getSelection()?.rangeCount).toBe(0);
  other.remove();
});

test('no bars are seen while a table of forty long rows comes, nor after', async () => {
  const row = (n: number) => `| ${n} | ${'some words of a cell, '.repeat(40)} | \`a|b\` |\n`;
  const text = `Look:\n\n| n | words | code |\n|---|---|---|\n${Array.from({ length: 40 }, (_, n) => row(n)).join('')}`;
  expect(text.length).toBeGreaterThan(30_000);
  for (let length = 7; length < text.length; length += 211) {
    show(text.slice(0, length));
    expect(box.textContent?.replaceAll('a|b', '')).not.toContain('|');
  }
  show(text, false);
  await expect.poll(() => box.querySelectorAll('tbody tr').length).toBe(40);
  expect(box.textContent?.replaceAll('a|b', '')).not.toContain('|');
});

test.each([
  [
    'an item that holds a list',
    (n: number) => `  - Some *words* about **thing ${n}** and more\n`,
    '- first\n',
  ],
  ['a paragraph on one line', (n: number) => `Some *words* about **thing ${n}** and more. `, ''],
])('what is selected stays selected when a long block is formatted: %s', async (_name, part, first) => {
  const text = first + Array.from({ length: 1_000 }, (_, n) => part(n)).join('');
  for (const backwards of [false, true]) {
    show('Some other text.', false);
    show(text, false);
    select('words* about **thing 503', backwards);
    await expect.poll(() => box.querySelectorAll('[data-loading]').length, { timeout: 15_000 }).toBe(0);
    expect(selected()).toBe('words about thing 503');
    const { anchorNode, focusNode } = document.getSelection() as Selection;
    const order = anchorNode?.compareDocumentPosition(focusNode as Node) ?? 0;
    expect(Boolean(order & Node.DOCUMENT_POSITION_PRECEDING)).toBe(backwards);
  }
});
