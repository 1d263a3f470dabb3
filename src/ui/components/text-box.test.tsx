import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useRef, useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { TextBox } from './text-box.tsx';

function Example({ start, set = (text) => text }: { start: string; set?: (text: string) => string }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(start);
  return (
    <>
      <TextBox box={box} text={text} onText={(next) => setText(set(next))} aria-label="Box" />
      <button type="button" onClick={() => setText('from elsewhere')}>
        Replace
      </button>
    </>
  );
}

const box = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Box' });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('shows its text, takes what is typed and what is set from elsewhere', async () => {
  render(<Example start="Hello" />);
  expect(box().value).toBe('Hello');
  await userEvent.type(box(), ' you');
  expect(box().value).toBe('Hello you');
  await userEvent.click(screen.getByRole('button', { name: 'Replace' }));
  expect(box().value).toBe('from elsewhere');
});

test('shows what its owner made of what was typed', () => {
  render(<Example start="" set={(text) => text.toUpperCase()} />);
  fireEvent.change(box(), { target: { value: 'abc' } });
  expect(box().value).toBe('ABC');
});

test('typing in the middle leaves the caret where it is', async () => {
  render(<Example start="one three" />);
  await userEvent.type(box(), 'two ', { initialSelectionStart: 4, initialSelectionEnd: 4 });
  expect(box().value).toBe('one two three');
  expect(box().selectionStart).toBe(8);
});

test('the text is never copied into the markup', async () => {
  render(<Example start={'a line\n'.repeat(20_000)} />);
  fireEvent.change(box(), { target: { value: 'b' } });
  expect(box().defaultValue).toBe('');
});

test.each([
  ['nothing', '', 'ltr'],
  ['numbers', '12\n'.repeat(20_000), 'ltr'],
  ['English', 'Hello', 'ltr'],
  ['Persian', 'React چیست؟', 'rtl'],
])('the browser need not look for the direction of %s', (_, text, dir) => {
  render(<Example start={text} />);
  expect(box().dir).toBe(dir);
});

test('where the browser does not size it, a text is measured, and one taller than any window is not', () => {
  vi.stubGlobal('CSS', { supports: () => false });
  const measured = vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(72);
  render(<Example start={'one\ntwo\nthree'} />);
  expect(box().style.height).toBe('72px');
  measured.mockClear();
  fireEvent.change(box(), { target: { value: 'a line\n'.repeat(20_000) } });
  expect(box().style.height).toBe('100vh');
  expect(measured).not.toHaveBeenCalled();
  fireEvent.change(box(), { target: { value: 'short' } });
  expect(box().style.height).toBe('72px');
});
