import { act, fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { useAnnouncements } from '../stores/announce.ts';
import { dialogLater, later } from './later.tsx';
import { untilThere } from './lazy.ts';

function Part({ name }: { readonly name: string }) {
  return <p>{name} is there</p>;
}

/** An import that is answered by hand. */
function importing() {
  const asked: { resolve: (part: typeof Part) => void; reject: (error: Error) => void }[] = [];
  const importer = vi.fn(
    () => new Promise<typeof Part>((resolve, reject) => asked.push({ resolve, reject })),
  );
  return { importer, answer: (n: number) => asked[n] as (typeof asked)[number] };
}

test('waits in place of what is loaded, then draws it', async () => {
  const { importer, answer } = importing();
  const Late = later(importer, <p>Wait</p>);
  render(<Late name="Tree" />);
  expect(screen.getByText('Wait')).toBeDefined();
  answer(0).resolve(Part);
  expect(await screen.findByText('Tree is there')).toBeDefined();
  expect(screen.queryByText('Wait')).toBeNull();
});

test('what is there already is drawn at once, and loaded once', async () => {
  const { importer, answer } = importing();
  const Late = later(importer, <p>Wait</p>);
  const loading = Late.load();
  answer(0).resolve(Part);
  await loading;
  render(<Late name="Tree" />);
  expect(screen.getByText('Tree is there')).toBeDefined();
  expect(importer).toHaveBeenCalledTimes(1);
});

test('two parts that come one after the other are both drawn when they come', async () => {
  const inner = importing();
  const Inner = later(inner.importer, <p>Wait for the inner</p>);
  const outer = importing();
  const Outer = later<{ readonly name: string }>(outer.importer, <p>Wait for the outer</p>);
  render(<Outer name="" />);
  outer.answer(0).resolve(() => <Inner name="Inner" />);
  expect(await screen.findByText('Wait for the inner')).toBeDefined();
  inner.answer(0).resolve(Part);
  expect(await screen.findByText('Inner is there')).toBeDefined();
});

test('what cannot be loaded says so in its place, and another try loads anew', async () => {
  const fetch = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
  const { importer, answer } = importing();
  const Late = later(importer, <p>Wait</p>);
  render(
    <main>
      <p>The rest</p>
      <Late name="Tree" />
    </main>,
  );
  const broken = new Error('The code did not come.');
  answer(0).reject(broken);
  await screen.findByText('This part could not be loaded: Bough cannot be reached.');
  expect(useAnnouncements.getState().polite.text).toBe(
    'This part could not be loaded: Bough cannot be reached.',
  );
  expect(screen.getByText('The rest')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(screen.getByText('Wait')).toBeDefined();
  // A module that throws when it is run does so with the same error each time; its server is there.
  fetch.mockImplementation(async () => new Response('<!doctype html>'));
  answer(1).reject(broken);
  await screen.findByText('This part could not be loaded.');
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  answer(2).resolve(Part);
  expect(await screen.findByText('Tree is there')).toBeDefined();
});

test('what could not be loaded comes by itself, and what says so stays until then', async () => {
  vi.useFakeTimers();
  try {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
    const importer = vi.fn<() => Promise<typeof Part>>().mockRejectedValue(new TypeError('Failed to fetch'));
    const Late = later(importer, <p>Wait</p>);
    render(<Late name="Tree" />);
    const passed = async (ms: number): Promise<void> => {
      // biome-ignore lint/nursery/useAwaitThenable: it takes the first of act's overloads, this is the second
      await act(async () => {
        await vi.advanceTimersByTimeAsync(ms);
      });
    };
    await passed(0);
    const said = screen.getByText('This part could not be loaded: Bough cannot be reached.');
    await passed(5_000);
    expect(importer).toHaveBeenCalledTimes(2);
    expect(said.isConnected).toBe(true);
    importer.mockResolvedValue(Part);
    window.dispatchEvent(new Event('online'));
    await passed(0);
    await vi.waitFor(() => expect(screen.getByText('Tree is there')).toBeDefined());
    await passed(120_000);
    expect(importer).toHaveBeenCalledTimes(3);
  } finally {
    vi.useRealTimers();
  }
});

test('a dialog that cannot be loaded can be closed', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
  const { importer, answer } = importing();
  const onClose = vi.fn();
  const Late = dialogLater(importer, onClose);
  render(<Late name="Access" />);
  answer(0).reject(new Error('The code did not come.'));
  const dialog = await screen.findByRole('dialog', { name: 'Could not be opened' });
  expect(dialog.textContent).toContain('This part could not be loaded: Bough cannot be reached.');
  fireEvent.click(screen.getByRole('button', { name: 'Close' }));
  expect(onClose).toHaveBeenCalledTimes(1);
});

test('a failure before it is drawn is tried again when it is', async () => {
  const { importer, answer } = importing();
  const Late = later(importer, <p>Wait</p>);
  const loading = Late.load();
  answer(0).reject(new Error('The code did not come.'));
  await loading;
  render(<Late name="Tree" />);
  answer(1).resolve(Part);
  expect(await screen.findByText('Tree is there')).toBeDefined();
});

test('what has no place to say so is asked for until it comes, at once when the network is back', async () => {
  vi.useFakeTimers();
  try {
    const importer = vi.fn().mockRejectedValue(new TypeError('Failed to fetch'));
    const coming = untilThere(importer);
    const passed = async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      return importer.mock.calls.length;
    };
    expect([await passed(0), await passed(1000), await passed(2000), await passed(3999)]).toEqual([
      1, 2, 3, 3,
    ]);
    window.dispatchEvent(new Event('online'));
    expect(await passed(0)).toBe(4);
    expect([await passed(7999), await passed(1)]).toEqual([4, 5]);
    // The longest pause.
    await passed(600_000);
    const before = await passed(0);
    expect(await passed(30_000)).toBe(before + 1);
    importer.mockResolvedValue('there');
    window.dispatchEvent(new Event('online'));
    expect(await coming).toBe('there');
    const calls = await passed(0);
    expect(await passed(60_000)).toBe(calls);
  } finally {
    vi.useRealTimers();
  }
});
