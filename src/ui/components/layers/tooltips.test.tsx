import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Tooltips } from './tooltips.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setup() {
  const { container } = render(
    <>
      <button type="button" data-tip="What comes of it">
        Act
      </button>
      <button type="button">Other</button>
      <Tooltips />
    </>,
  );
  const tip = () => container.querySelector('[popover]')?.textContent;
  const rest = () => act(() => vi.advanceTimersByTime(600));
  return { tip, rest, act: screen.getByRole('button', { name: 'Act' }) };
}

test('a pointer that rests shows the tip, also where the focus follows it, as in a menu', () => {
  const { tip, rest, act: button } = setup();
  screen.getByRole('button', { name: 'Other' }).focus();
  fireEvent.pointerOver(button);
  // As the browser says of a focus that came with the pointer.
  button.matches = ((selector: string) => selector !== ':focus-visible') as typeof button.matches;
  act(() => button.focus());
  rest();
  expect(tip()).toBe('What comes of it');
});

test('a pointer that goes on before, and a press, show none', () => {
  const { tip, rest, act: button } = setup();
  fireEvent.pointerOver(button);
  fireEvent.pointerOver(screen.getByRole('button', { name: 'Other' }));
  rest();
  expect(tip()).toBe('');
  fireEvent.pointerOver(button);
  fireEvent.pointerDown(button);
  rest();
  expect(tip()).toBe('');
});
