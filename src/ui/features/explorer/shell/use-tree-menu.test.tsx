import { createEvent, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { useDialogs } from '../../../stores/dialogs.ts';
import { useAsPage } from '../../../stores/page.ts';
import { clearPicked, usePicked } from '../../../stores/picked.ts';
import { pageOf } from '../../../testing/as-page.tsx';
import { Conversation } from '../../../testing/conversations.ts';
import { useTreeMenu } from './use-tree-menu.ts';

const went = vi.fn();
const mark = vi.fn(async () => {});
const { view } = new Conversation().say('One').say('Other', { role: 'user', parent: null, aside: true });
const page = pageOf({ view, client: { mark }, model: undefined });

function Tree() {
  const menu = useTreeMenu('conversation-1');
  const picked = usePicked('conversation-1');
  useAsPage(page);
  return (
    <section aria-label="Tree" {...menu}>
      <button type="button" data-row="message-1" onClick={went}>
        Row
      </button>
      <div data-card="message-2">
        <span>Card</span>
      </div>
      <p>{picked.join(' ')}</p>
      <p>Between</p>
    </section>
  );
}

beforeEach(() => {
  clearPicked();
  useDialogs.setState({ find: false, dialog: undefined });
  went.mockClear();
  render(<Tree />);
});

const dialog = () => useDialogs.getState().dialog;

test('the right button opens the menu of what it is on, where it is', () => {
  fireEvent.contextMenu(screen.getByText('Card'), { clientX: 30, clientY: 40 });
  expect(dialog()).toEqual({ kind: 'menu', messages: ['message-2'], x: 30, y: 40 });
});

test('between cards the browser keeps its own menu', () => {
  const event = createEvent.contextMenu(screen.getByText('Between'));
  fireEvent(screen.getByText('Between'), event);
  expect(event.defaultPrevented).toBe(false);
  expect(dialog()).toBeUndefined();
});

test('a finger that rests opens it and then goes nowhere; one that moves on does not', () => {
  vi.useFakeTimers();
  try {
    const row = screen.getByText('Row');
    const touch = { pointerType: 'touch', clientX: 5, clientY: 5 };
    fireEvent.pointerDown(row, touch);
    fireEvent.pointerMove(row, { ...touch, clientY: 60 });
    vi.advanceTimersByTime(1_000);
    expect(dialog()).toBeUndefined();
    fireEvent.pointerDown(row, touch);
    vi.advanceTimersByTime(600);
    expect(dialog()).toMatchObject({ kind: 'menu', messages: ['message-1'] });
    fireEvent.pointerUp(row, touch);
    fireEvent.click(row);
    expect(went).not.toHaveBeenCalled();
    fireEvent.pointerDown(row, touch);
    fireEvent.pointerUp(row, touch);
    fireEvent.click(row);
    expect(went).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});

test('Shift selects instead of going there, by mouse and by key, and lets go again', () => {
  const row = screen.getByText('Row');
  fireEvent.click(row, { shiftKey: true });
  fireEvent.click(screen.getByText('Card'), { shiftKey: true });
  expect(screen.getByText('message-1 message-2')).toBeTruthy();
  expect(went).not.toHaveBeenCalled();
  fireEvent.keyDown(row, { key: ' ', shiftKey: true });
  expect(screen.getByText('message-2')).toBeTruthy();
});

test('Delete prunes the row that has the focus', () => {
  fireEvent.keyDown(screen.getByText('Row'), { key: 'Delete' });
  expect(mark).toHaveBeenCalledExactlyOnceWith('conversation-1', [{ message: 'message-1', pruned: true }]);
});
