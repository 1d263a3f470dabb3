import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { PlainText } from './plain-text.tsx';
import { renderBlock } from './render-block.ts';

function shown(text: string): HTMLElement {
  return render(renderBlock(text, { scope: 'm1', growing: false })).container;
}
const dirOf = (text: string, selector: string) => shown(text).querySelector(selector)?.getAttribute('dir');

test.each([
  ['p', 'שלום עולם'],
  ['h2', '# שלום'],
  ['td', '| a |\n|---|\n| שלום |'],
  ['th', '| שלום |\n|---|\n| a |'],
  ['blockquote p', '> שלום'],
  ['li p', '- שלום\n\n- עולם'],
  ['p', 'AutoClaw چطور کار میکنه؟'],
  ['p', '**Docker** چیست؟'],
  ['h2', '# API چیست'],
  ['td', '| a |\n|---|\n| JSON یک قالب است |'],
])('the direction of %s is that of its words', (selector, text) => {
  expect(dirOf(text, selector)).toBe('rtl');
});

test.each([
  ['ul', '- **1.** שלום\n- world', 'rtl'],
  ['ol', '1. مرحبا\n\n2. `npm`', 'rtl'],
  ['ul', '- `שלום` hello', 'ltr'],
  ['blockquote', '> שלום', 'rtl'],
  ['table', '| שלום | 2 |\n|---|---|\n| 1 | 2 |', 'rtl'],
  ['blockquote', '> hello there שלום', 'ltr'],
  ['ul', '- API یک رابط است.', 'rtl'],
  ['ol', '1. React چیست؟\n2. سلام', 'rtl'],
])('that of %s is decided by its words outside code: %j', (selector, text, dir) => {
  expect(dirOf(text, selector)).toBe(dir);
});

test('an item that is read from the other side than its list is so by itself, its marker where the others are', () => {
  const list = shown('- سلام دنیا، این فهرست است\n- Plain `npm` words\n  - nested words');
  expect(list.querySelector('ul')?.getAttribute('dir')).toBe('rtl');
  expect(list.querySelector('li > bdi')?.outerHTML).toBe(
    '<bdi dir="ltr">Plain <code dir="ltr">npm</code> words\n</bdi>',
  );
  expect(list.querySelector('li ul')?.getAttribute('dir')).toBe('ltr');
  expect(list.querySelectorAll('li[dir]')).toHaveLength(0);
});

test('what turns letters round is left out, however it is written', () => {
  const turned = shown(
    '[click \u202e](https://moc.knab.evil.example) a\u202db `c\u202e` &#x202E;x\n\n```\ny\u202e\n```',
  );
  expect(turned.textContent).not.toMatch(/[\u202d\u202e]/);
  expect(turned.querySelector('.md-host bdi')?.textContent).toBe('moc.knab.evil.example');
  expect(shown('![a\u202eb](https://a.example/b.png)').textContent).toContain('ab');
});

test('numbers go with what is around them', () => {
  expect(dirOf('| שלום |\n|---|\n| 12 |', 'td')).toBeNull();
});

test('code runs from the left', () => {
  expect(dirOf('שלום `a = 1`', 'code')).toBe('ltr');
  expect(dirOf('```\nשלום\n```', 'figure')).toBe('ltr');
});

test('plain text is laid out by its words, line by line', () => {
  const text = 'Hello\n\nAPI یک رابط است.\n\tدنیا';
  const { container } = render(<PlainText text={text} />);
  expect(container.textContent).toBe(text);
  const dirs = [...container.querySelectorAll('[dir]')].map((one) => one.getAttribute('dir'));
  expect(dirs).toEqual(['ltr', 'rtl']);
});
