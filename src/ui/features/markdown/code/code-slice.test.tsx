import { render, waitFor } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import { Growing } from '../blocks/growing.ts';
import { CodeBlock } from './code-block.tsx';
import { slicesOf } from './code-slice.tsx';

beforeAll(async () => {
  await import('./highlighter.ts');
});

const code = 'const answer = 42; // of [many]\n'.repeat(3_200);

test('code is cut behind lines, and what is appended changes the last slice only', () => {
  const slices = slicesOf(code);
  expect(slices.join('')).toBe(code);
  expect(slices.length).toBeGreaterThan(20);
  expect(slicesOf(`${code}more`).slice(0, slices.length - 1)).toEqual(slices.slice(0, -1));
  expect(slicesOf('')).toEqual([]);
});

test('a long block is all there, and is coloured a slice at a time', async () => {
  const { container } = render(<CodeBlock code={code} language="ts" />);
  expect(container.querySelector('pre')?.textContent).toBe(code);
  const coloured = () => container.querySelectorAll('.md-code-slice:has(.hljs-keyword)').length;
  expect(coloured()).toBe(0);
  const counts = [0];
  const observer = new MutationObserver(() => counts.push(coloured()));
  observer.observe(container, { childList: true, subtree: true });
  await waitFor(() => expect(coloured()).toBe(slicesOf(code).length), { timeout: 40_000 });
  observer.disconnect();
  // At most 12,000 characters at once, also where the colours came after everything else.
  expect(Math.max(...counts.map((count, at) => count - (counts[at - 1] ?? 0)))).toBeLessThanOrEqual(3);
  expect(container.querySelector('pre')?.textContent).toBe(code);
}, 60_000);

test('while it grows its slices stay the same elements', () => {
  const shown = (text: string) => (
    <Growing value>
      <CodeBlock code={text} language="ts" />
    </Growing>
  );
  const { container, rerender } = render(shown(code));
  const before = [...container.querySelectorAll('.md-code-slice')];
  rerender(shown(`${code}let more;`));
  const after = [...container.querySelectorAll('.md-code-slice')];
  expect(after.slice(0, before.length)).toEqual(before);
  expect(container.querySelector('pre')?.textContent).toBe(`${code}let more;`);
});
