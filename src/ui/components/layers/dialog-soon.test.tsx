import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { type ComponentType, useState } from 'react';
import { expect, test, vi } from 'vitest';
import { later } from '../later.tsx';
import { Dialog } from './dialog.tsx';
import { DialogSoon } from './dialog-soon.tsx';

function LabelForm() {
  const [label, setLabel] = useState('Old ');
  return (
    <Dialog title="Label" onClose={vi.fn()}>
      <input
        data-autofocus
        aria-label="Name"
        value={label}
        onChange={({ target }) => setLabel(target.value)}
      />
      <output>{label}</output>
    </Dialog>
  );
}

function loadedByHand() {
  let give: (part: ComponentType) => void = () => {};
  const importer = vi.fn(
    () =>
      new Promise<ComponentType>((resolve) => {
        give = resolve;
      }),
  );
  return { importer, give: (part: ComponentType) => give(part) };
}

test('what is typed before the code of a dialog is there goes into its first field', async () => {
  const outer = loadedByHand();
  const inner = loadedByHand();
  const onClose = vi.fn();
  const Inner = later(inner.importer, <DialogSoon onClose={onClose} />);
  const Outer = later(outer.importer, <DialogSoon onClose={onClose} />);
  render(<Outer />);
  const typed = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Opening' });
  expect(document.activeElement).toBe(typed());
  fireEvent.input(typed(), { target: { value: 'Ch' } });
  outer.give(() => <Inner />);
  await waitFor(() => expect(inner.importer).toHaveBeenCalled());
  expect(typed().value).toBe('Ch');
  fireEvent.input(typed(), { target: { value: 'Cheap' } });
  inner.give(LabelForm);
  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name' })).value).toBe('Old Cheap');
  expect(screen.getByRole('status').textContent).toBe('Old Cheap');
  expect(onClose).not.toHaveBeenCalled();
});

test('Esc gives up, no key goes to what is below, and what was typed goes into no other dialog', async () => {
  const onClose = vi.fn();
  const onKeyDown = vi.fn();
  const { unmount } = render(
    // biome-ignore lint/a11y/noStaticElementInteractions: stands for the page's own keys
    <div onKeyDown={onKeyDown}>
      <DialogSoon onClose={onClose} />
    </div>,
  );
  const field = screen.getByRole('textbox', { name: 'Opening' });
  fireEvent.input(field, { target: { value: 'h' } });
  fireEvent.keyDown(field, { key: 'h' });
  fireEvent.keyDown(field, { key: 'Escape' });
  expect(onKeyDown).not.toHaveBeenCalled();
  expect(onClose).toHaveBeenCalledOnce();
  unmount();
  await Promise.resolve();
  render(<LabelForm />);
  expect(screen.getByRole('status').textContent).toBe('Old ');
});
