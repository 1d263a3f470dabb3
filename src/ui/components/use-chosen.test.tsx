import { act, fireEvent, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useToasts } from '../stores/toasts.ts';
import { useChosen } from './use-chosen.ts';

interface Kept {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const asked: (Kept & { readonly value: boolean })[] = [];

function Switch({ kept }: { readonly kept: boolean }) {
  const [on, choose] = useChosen(
    kept,
    (value) => new Promise<void>((resolve, reject) => asked.push({ value, resolve, reject })),
  );
  return <input type="checkbox" checked={on} onChange={({ target }) => choose(target.checked)} />;
}

const soon = () => new Promise<void>((resolve) => setTimeout(resolve));
// Named, as the linter takes the first of act's overloads.
const settled = async (): Promise<void> => {
  const done: Promise<void> = act(soon);
  await done;
};
const box = () => screen.getByRole('checkbox') as HTMLInputElement;

test('what is chosen stands at once, and a press on it then takes it back', async () => {
  const { rerender } = render(<Switch kept={false} />);
  fireEvent.click(box());
  expect(box().checked).toBe(true);
  fireEvent.click(box());
  expect(box().checked).toBe(false);
  expect(asked.map(({ value }) => value)).toEqual([true, false]);
  // The first is told of late.
  rerender(<Switch kept />);
  asked[0]?.resolve();
  await settled();
  expect(box().checked).toBe(false);
  rerender(<Switch kept={false} />);
  asked[1]?.resolve();
  await settled();
  expect(box().checked).toBe(false);
  rerender(<Switch kept />);
  expect(box().checked).toBe(true);
});

test('what cannot be kept goes back, and why is said', async () => {
  render(<Switch kept={false} />);
  fireEvent.click(box());
  asked.at(-1)?.reject(new Error('The storage is full.'));
  await settled();
  expect(box().checked).toBe(false);
  expect(useToasts.getState().toasts.at(-1)?.text).toBe('The storage is full.');
});
