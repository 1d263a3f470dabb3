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
])('the direction of %s is that of its words', (selector, text) => {
  expect(dirOf(text, selector)).toBe('auto');
});

test.each([
  ['ul', '- **1.** שלום\n- world', 'rtl'],
  ['ol', '1. مرحبا\n\n2. `npm`', 'rtl'],
  ['ul', '- `שלום` hello', 'ltr'],
  ['blockquote', '> שלום', 'rtl'],
  ['table', '| שלום | 2 |\n|---|---|\n| 1 | 2 |', 'rtl'],
  ['blockquote', '> hello שלום', 'ltr'],
])('that of %s is decided by its first letter outside code: %j', (selector, text, dir) => {
  expect(dirOf(text, selector)).toBe(dir);
});

test('numbers go with what is around them', () => {
  expect(dirOf('| שלום |\n|---|\n| 12 |', 'td')).toBeNull();
});

test('code runs from the left', () => {
  expect(dirOf('שלום `a = 1`', 'code')).toBe('ltr');
  expect(dirOf('```\nשלום\n```', 'figure')).toBe('ltr');
});

test('plain text is laid out by its words', () => {
  const { container } = render(<PlainText text="שלום" />);
  expect(container.firstElementChild?.getAttribute('dir')).toBe('auto');
});
