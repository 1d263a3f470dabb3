import { act, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ConversationView, SettingsInput } from '../../../client/types.ts';
import type { Model, Source } from '../../../protocol/index.ts';
import { emptyTree, foldOutline, type MessageHeader } from '../../../tree/index.ts';
import { closeModels, useModelsDialog } from '../../stores/models-dialog.ts';
import { setDraft } from '../../stores/writing/drafts.ts';
import { ContextMeter, ContextNote } from './index.ts';
import { costOfSum } from './token-sums.tsx';

const settings = vi.fn(async (_: SettingsInput) => {});
const size = { tokens: 7_500, estimated: false, unread: 0 };
vi.mock('../../../client/hooks/index.ts', () => ({ useActions: () => ({ settings }) }));
vi.mock('../../../client/hooks/conversation/use-context-size.ts', () => ({ useContextSize: () => size }));

const llama: Model = {
  ref: { source: 'ollama', id: 'llama' },
  name: 'Llama',
  sourceName: 'Ollama',
  kind: 'chat',
  demo: false,
  window: 8_192,
  price: { input: 1, output: 2, date: '2026-01-01' },
};
const source: Source = {
  id: 'ollama',
  name: 'Ollama',
  kind: 'ollama',
  found: 'local',
  state: 'ready',
  hasKey: false,
};
const list = {
  status: 'ready' as const,
  models: [llama],
  default: llama.ref,
  sources: [source],
  problems: [],
  refresh: () => {},
  refreshing: false,
};
const reply = {
  id: 'reply-01',
  parent: null,
  role: 'assistant',
  author: { kind: 'model', model: llama.ref, name: 'Llama' },
  preview: 'Yes',
  branch: 'branch-1',
  start: '0',
  end: '1',
  origin: { kind: 'send' },
  time: 1,
  usage: { input: 1_000_000, output: 250_000 },
} as MessageHeader;
const view = (header = {}) =>
  ({
    id: 'conversation1',
    tip: 'reply-01',
    header,
    tree: foldOutline(emptyTree, [{ kind: 'message', message: reply }]),
    path: [{ kind: 'message', key: 'reply-01', header: reply }],
  }) as unknown as ConversationView;
const shown = (given = view(), model = llama) => ({
  picked: { kind: 'model' as const, model },
  list,
  view: given,
  draft: 'conversation1',
  target: undefined,
});

beforeEach(() => {
  vi.clearAllMocks();
  setDraft('conversation1', '');
  closeModels();
});

test('what would not be read is said before it is sent, with the ways out', async () => {
  render(<ContextNote {...shown()} />);
  expect(
    screen.getByText(/more than the model can read: 7,500 tokens, and Llama can read 8,192/),
  ).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Leave out the oldest' }));
  expect(settings).toHaveBeenCalledWith({ conversation: 'conversation1', overflow: 'drop-oldest' });
  await userEvent.click(screen.getByRole('button', { name: 'Another model' }));
  const Opened = () => <p>{useModelsDialog() ? 'opened' : 'closed'}</p>;
  render(<Opened />);
  expect(screen.getByText('opened')).toBeTruthy();
});

test('once that is chosen it is only said', () => {
  render(<ContextNote {...shown(view({ overflow: 'drop-oldest' }))} />);
  expect(
    screen.getByText(
      /Llama reads only the newest messages: all of them are .* tokens, and it can read 8,192, [\d,]+ of them kept free for its answer\./,
    ),
  ).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

test('a message that is too large by itself can only be shortened', () => {
  setDraft('conversation1', 'x'.repeat(60_000));
  render(<ContextNote {...shown(view({ overflow: 'drop-oldest' }))} />);
  expect(screen.getByText(/This message is too large: about 24,647 tokens/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Leave out the oldest' })).toBeNull();
});

test('a long message is measured when typing pauses, not with every key', () => {
  vi.useFakeTimers();
  render(<ContextMeter {...shown(view(), { ...llama, window: 128_000 })} />);
  const used = () => screen.getByRole('button').getAttribute('aria-label');
  const before = used();
  for (const more of ['', 'y', 'yy']) act(() => setDraft('conversation1', 'x'.repeat(60_000) + more));
  expect(used()).toBe(before);
  act(() => vi.advanceTimersByTime(500));
  expect(used()).toMatch(/Context: about 24,64. of/);
  act(() => setDraft('conversation1', ''));
  expect(used()).toBe(before);
  vi.useRealTimers();
});

test('nothing is said where it fits, or where nobody knows', () => {
  const { container, rerender } = render(<ContextNote {...shown(view(), { ...llama, window: 128_000 })} />);
  expect(container.textContent).toBe('');
  const { window: _, ...unknown } = llama;
  rerender(<ContextNote {...shown(view(), unknown)} />);
  expect(container.textContent).toBe('');
});

test('the meter opens what it means: window, num_ctx, sums', async () => {
  render(<ContextMeter {...shown()} />);
  await userEvent.click(screen.getByRole('button', { name: 'Context: 7,500 of 8,192 tokens' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Context and cost' }));
  expect(dialog.getByText(/8,192, sent to Ollama with every request/)).toBeTruthy();
  const branch = dialog.getByRole('row', { name: /This branch/ });
  expect(branch.textContent).toBe('This branch11,000,000250,000$1.50');
  await userEvent.click(dialog.getByRole('radio', { name: /Leave out the oldest/ }));
  expect(settings).toHaveBeenCalledWith({ conversation: 'conversation1', overflow: 'drop-oldest' });
});

test.each([
  [{ cost: 1.5, unpriced: 0 }, '$1.50'],
  [{ cost: 1.5, unpriced: 2 }, 'at least $1.50'],
  [{ cost: 0.000_02, unpriced: 2 }, 'not known'],
  [{ cost: 0, unpriced: 0 }, '$0'],
])('a sum of %j costs %s', (sum, text) =>
  expect(costOfSum({ replies: 3, input: 0, output: 0, ...sum })).toBe(text),
);
