/** Where formulas are painted, in a real browser: inside their message, whatever they say, and on the line of the words around them. */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import '../../../styles.css';
import { FormattedText } from '../formatted-text.tsx';

const WIDTH = 340;
let box: HTMLElement;

beforeAll(async () => {
  await page.viewport(390, 640);
  await Promise.all([import('./formulas.ts'), import('katex/contrib/mhchem')]);
});

afterEach(() => box.remove());

/** Shows a text in a box in the middle of an empty page, its formulas typeset. */
async function show(text: string): Promise<HTMLElement> {
  box = document.createElement('div');
  box.style.cssText = `position: absolute; left: 25px; top: 240px; width: ${WIDTH}px`;
  document.body.append(box);
  createRoot(box).render(createElement(FormattedText, { text, scope: 'm1', growing: false }));
  await expect.poll(() => box.querySelector('.katex')).not.toBeNull();
  await expect.poll(() => box.querySelector('.md-tex')).toBeNull();
  await document.fonts.ready;
  return box.querySelector('.md') as HTMLElement;
}

/** The part of the page that is red or yellow, in CSS pixels; undefined if nothing is. */
async function coloured(): Promise<DOMRect | undefined> {
  const base64 = await page.screenshot({ base64: true, save: false });
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), {
    width: image.width,
    height: image.height,
  });
  const ctx = canvas.getContext('2d') as CanvasRenderingContext2D;
  ctx.drawImage(image, 0, 0);
  const { data } = ctx.getImageData(0, 0, image.width, image.height);
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1];
  for (let at = 0; at < data.length; at += 4) {
    if ((data[at] as number) < 200 || (data[at + 2] as number) > 90) continue;
    const [x, y] = [(at / 4) % image.width, Math.floor(at / 4 / image.width)];
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
  }
  const scale = image.width / window.innerWidth;
  return right < 0
    ? undefined
    : new DOMRect(left / scale, top / scale, (right - left) / scale, (bottom - top) / scale);
}

const BOX = '\\colorbox{red}{\\text{XXXX}}';

describe('nothing is painted outside the message', () => {
  test.each([
    ['smashed and lowered', `$\\smash[b]{\\raisebox{-20em}{${BOX}}}$`],
    ['smashed and raised', `$\\rlap{\\kern-10em\\raisebox{8em}{\\smash{\\colorbox{yellow}{\\text{X}}}}}$`],
    ['raised in a formula of its own', `$$\\smash{\\raisebox{9em}{${BOX}}}$$`],
    ['lowered in a formula of its own', `$$\\smash{\\raisebox{-9em}{${BOX}}}$$`],
    ['to the left', `$\\kern-20em ${BOX}$`],
    ['to the right', `$\\rlap{\\kern 18em ${BOX}}$`],
    ['by negative space', `$\\hspace{-19em}${BOX}$`],
    ['by an overlap to the left', `$\\llap{${BOX}\\kern 15em}$`],
    ['by a phantom', `$\\vphantom{\\rule{1em}{9em}}\\smash{\\raisebox{12em}{${BOX}}}$`],
    ['in a list', `- a $\\smash{\\raisebox{9em}{${BOX}}}$`],
    ['in a table', `| a |\n|---|\n| $\\smash{\\raisebox{9em}{${BOX}}}$ |`],
    ['in a quote', `> $\\smash{\\raisebox{-9em}{${BOX}}}$`],
    ['a rule as wide as allowed', '$\\color{red}\\rule{20em}{1em}\\rule{20em}{1em}\\rule{20em}{1em}$'],
  ])('%s', async (_name, text) => {
    const within = (await show(text)).getBoundingClientRect();
    const paint = await coloured();
    if (!paint) return;
    expect(paint.left).toBeGreaterThanOrEqual(within.left - 6);
    expect(paint.right).toBeLessThanOrEqual(within.right + 6);
    expect(paint.top).toBeGreaterThanOrEqual(within.top - 6);
    expect(paint.bottom).toBeLessThanOrEqual(within.bottom + 6);
  });

  test('the measure sees what is painted', async () => {
    await show(`$${BOX}$`);
    expect((await coloured())?.width).toBeGreaterThan(20);
  });
});

test.each([
  ['a long sum', `$${Array.from({ length: 50 }, (_, i) => `a_{${i}}`).join(' + ')}$`],
  ['one wide piece', `$\\text{${'wide '.repeat(60)}}$`],
  ['a matrix', `$\\begin{pmatrix}${'1000 & '.repeat(30)}1\\end{pmatrix}$`],
])('a wide formula in a line stays in it: %s', async (_name, text) => {
  const md = await show(`Words before ${text} and behind.`);
  const formula = md.querySelector('.md-formula') as HTMLElement;
  expect(formula.getBoundingClientRect().right).toBeLessThanOrEqual(md.getBoundingClientRect().right + 1);
  expect(md.scrollWidth).toBeLessThanOrEqual(WIDTH + 1);
});

test.each([
  'x',
  'x^2',
  'E=mc^2',
  '\\frac{a}{b}',
  '\\sum_{i=1}^n i',
  '\\hat{y}',
  '\\sqrt{x^2+1}',
  '\\int_0^1 f',
  '\\ce{H2O}',
  'f',
  '\\vec{v}',
  '\\underbrace{a+b}_{c}',
  '\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}',
])('%s stands on its line and needs no bars to scroll', async (tex) => {
  const md = await show(`Words $${tex}$ here`);
  const formula = md.querySelector('.md-formula') as HTMLElement;
  expect(formula.offsetHeight - formula.clientHeight).toBe(0);
  expect(formula.scrollWidth).toBeLessThanOrEqual(formula.clientWidth);
  if (tex !== 'x') return;
  const word = document.createRange();
  word.selectNodeContents(md.querySelector('p')?.firstChild as Text);
  const middle = ({ top, bottom }: DOMRect) => (top + bottom) / 2;
  expect(
    Math.abs(middle(word.getBoundingClientRect()) - middle(formula.getBoundingClientRect())),
  ).toBeLessThan(6);
});

describe('what is copied', () => {
  /** Copies from the first to the last text that is named. */
  function copied(md: HTMLElement, from?: string, to?: string): DataTransfer {
    const texts: Text[] = [];
    const walker = document.createTreeWalker(md, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text);
    const range = document.createRange();
    range.selectNodeContents(md);
    const [first, last] = [from, to].map((said) => said && texts.find((text) => text.data.includes(said)));
    if (first) range.setStart(first as Text, 0);
    if (last) range.setEnd(last as Text, (last as Text).length);
    document.getSelection()?.removeAllRanges();
    document.getSelection()?.addRange(range);
    const clipboardData = new DataTransfer();
    md.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }));
    return clipboardData;
  }

  test.each([
    ['So $E=mc^2$ holds.', 'So $E=mc^2$ holds.'],
    ['So \\(E=mc^2\\) holds.', 'So $E=mc^2$ holds.'],
    ['So $$x$$ in a line.', 'So $$x$$ in a line.'],
    ['One.\n\n$$\\frac{a}{b}$$\n\nTwo.', 'One.\n\n$$\\frac{a}{b}$$\n\nTwo.'],
    ['- $a$\n- $b$', '$a$\n$b$'],
    ['| x |\n|---|\n| $a$ |', 'x\n$a$'],
    ['**$a<b$** & c', '$a<b$ & c'],
    ['$\\ce{H2O}$ is water', '$\\ce{H2O}$ is water'],
  ])('%j is copied as %j', async (text, plain) => {
    const data = copied(await show(text));
    expect(data.getData('text/plain').replace(/\n{2,}/g, '\n\n')).toBe(plain);
    expect(data.getData('text/html')).not.toMatch(/<math|katex|annotation/);
  });

  test('a formula that is selected in part is copied whole', async () => {
    expect(copied(await show('So $E=mc^2$ holds.'), 'm', 'm').getData('text/plain')).toBe('$E=mc^2$');
    expect(copied(await show('So $E=mc^2$ holds.'), 'm').getData('text/plain')).toBe('$E=mc^2$ holds.');
  });

  test('without formulas the browser copies by itself', async () => {
    const md = await show('One $a$.\n\nTwo.');
    expect(copied(md, 'Two', 'Two').types).toEqual([]);
  });
});
