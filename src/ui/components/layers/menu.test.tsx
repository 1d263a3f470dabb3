import { act, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { Menu } from './menu.tsx';
import { MenuItem } from './menu-item.tsx';

function setup() {
  const chosen = vi.fn();
  const outside = vi.fn();
  render(
    // biome-ignore lint/a11y/noStaticElementInteractions: hears what the menu lets through
    <div onKeyDown={(event) => !event.defaultPrevented && outside(event.key)}>
      <Menu
        label="Actions"
        trigger={(props) => (
          <button type="button" {...props}>
            Open
          </button>
        )}
      >
        <MenuItem onSelect={() => chosen('rename')}>Rename</MenuItem>
        <MenuItem onSelect={() => chosen('archive')}>Archive</MenuItem>
        <MenuItem onSelect={() => chosen('delete')}>Delete</MenuItem>
      </Menu>
      <p>Elsewhere</p>
    </div>,
  );
  return { chosen, outside, button: screen.getByRole('button', { name: 'Open' }) };
}

const focused = () => document.activeElement?.textContent;

test('opens with its first item focused; arrows go round, Home, End and letters jump', async () => {
  const { button } = setup();
  await userEvent.click(button);
  expect(screen.getByRole('menu', { name: 'Actions' })).toBeTruthy();
  expect(button.getAttribute('aria-expanded')).toBe('true');
  expect(focused()).toBe('Rename');
  await userEvent.keyboard('{ArrowUp}');
  expect(focused()).toBe('Delete');
  await userEvent.keyboard('{ArrowDown}');
  expect(focused()).toBe('Rename');
  await userEvent.keyboard('{End}');
  expect(focused()).toBe('Delete');
  await userEvent.keyboard('a');
  expect(focused()).toBe('Archive');
});

test('Enter chooses, closes, and gives the focus back first', async () => {
  const { chosen, button } = setup();
  button.focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(chosen).toHaveBeenCalledExactlyOnceWith('archive');
  expect(screen.queryByRole('menu')).toBeNull();
  expect(document.activeElement).toBe(button);
});

test('Esc closes it and nothing else hears of it', async () => {
  const { outside, button } = setup();
  await userEvent.click(button);
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('menu')).toBeNull();
  expect(document.activeElement).toBe(button);
  expect(outside).not.toHaveBeenCalledWith('Escape');
});

test('a press elsewhere closes it', async () => {
  const { chosen, button } = setup();
  await userEvent.click(button);
  await userEvent.click(screen.getByText('Elsewhere'));
  expect(screen.queryByRole('menu')).toBeNull();
  expect(chosen).not.toHaveBeenCalled();
});

test('one that cannot be chosen says why in sight, and a press does nothing', async () => {
  const chosen = vi.fn();
  render(
    <Menu label="Actions" trigger={(props) => <button {...props}>Open</button>}>
      <MenuItem whyNot="Nothing follows it." effect="hides it" onSelect={chosen}>
        Rewind
      </MenuItem>
      <MenuItem dense whyNot="Select words first." onSelect={chosen}>
        <span>Continue</span>
      </MenuItem>
    </Menu>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Open' }));
  const items = screen.getAllByRole('menuitem');
  expect(items.map(({ textContent }) => textContent)).toEqual([
    'RewindNothing follows it.',
    'ContinueSelect words first.',
  ]);
  const rewind = screen.getByRole('menuitem', { name: 'Rewind' });
  expect(rewind.getAttribute('aria-description')).toBe('Nothing follows it.');
  await userEvent.click(items[0] as HTMLElement);
  expect(chosen).not.toHaveBeenCalled();
});

test("closes at Android's Back, and lets go of it when it is closed otherwise", async () => {
  const open = new Set<Watcher>();
  class Watcher {
    onclose: (() => void) | null = null;
    constructor() {
      open.add(this);
    }
    destroy() {
      open.delete(this);
    }
  }
  vi.stubGlobal('CloseWatcher', Watcher);
  const { button } = setup();
  await userEvent.click(button);
  expect(open.size).toBe(1);
  act(() => [...open][0]?.onclose?.());
  expect(screen.queryByRole('menu')).toBeNull();
  expect(open.size).toBe(0);
  await userEvent.click(button);
  await userEvent.keyboard('{Escape}');
  expect(open.size).toBe(0);
  vi.unstubAllGlobals();
});
