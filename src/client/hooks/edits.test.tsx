import { act, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeServer, problem } from '../testing/fake-server.ts';
import { asked, conversation, indexed, model, said, stored } from '../testing/script.ts';
import type { EditInput } from '../types.ts';
import { useForkedSends } from './index.ts';
import { type TestPage, testPage } from './testing/page.tsx';
import { id, now, pathIs, says, stands, Thread } from './testing/thread.tsx';

let server: FakeServer;
let page: TestPage;
/** Lets the outline have the versions that were taken. */
let indexes: (() => void)[];

beforeEach(async () => {
  server = new FakeServer();
  page = testPage(server, { storage: undefined as never });
  indexes = [];
  conversation(server, id);
  said(server, id, { id: 'question-1', parent: null, branch: 'question-1', time: 1 });
  said(server, id, {
    id: 'reply-0001',
    parent: 'question-1',
    role: 'assistant',
    branch: 'question-1',
    time: 2,
  });
  said(server, id, { id: 'question-2', parent: 'reply-0001', branch: 'question-1', time: 3 });
  said(server, id, {
    id: 'reply-0002',
    parent: 'question-2',
    role: 'assistant',
    branch: 'question-1',
    time: 4,
  });
  server.commands.set('edit', ({ message, of, text, reply }) => {
    const parent = of === 'question-1' ? null : 'reply-0001';
    const place = { id: String(message), parent, branch: String(message), time: 50 };
    const header = stored(server, id, { ...place, text: String(text) });
    indexes.push(() => {
      indexed(server, id, header);
      if (reply) asked(server, id, header, String(reply), 51);
    });
    return { message, branch: message, forked: true };
  });
});
afterEach(() => page.bough.dispose());

function edit(change: Partial<EditInput> = {}) {
  let ids: { message: string; reply?: string } = { message: '' };
  act(() => {
    ids = now.actions?.edit({ conversation: id, of: 'question-2', text: 'Better', model, ...change }) ?? ids;
  });
  return ids;
}

it('shows the version from the first moment, what followed the old one is not in its way', async () => {
  const forked = vi.fn();
  function Watcher() {
    useForkedSends(id, forked);
    return null;
  }
  page.show(
    <>
      <Watcher />
      <Thread />
    </>,
  );
  await stands('ready live');
  const { message, reply } = edit({ reply: true });
  expect(reply).toBeDefined();
  await pathIs(`message:question-1 message:reply-0001 pending:${message}`);
  expect(now.view?.tip).toBe('reply-0001');
  await waitFor(() => expect(indexes).toHaveLength(1));
  indexes[0]?.();
  await pathIs(`message:question-1 message:reply-0001 message:${message} reply:${reply}`);
  await says(message, 'Better');
  expect(forked).not.toHaveBeenCalled();
});

it('saves without a reply, also of the first message', async () => {
  page.show(<Thread />);
  await stands('ready live');
  const ids = edit({ of: 'question-1' });
  expect(ids).toEqual({ message: ids.message });
  await pathIs(`pending:${ids.message}`);
  await waitFor(() => expect(indexes).toHaveLength(1));
  indexes[0]?.();
  await pathIs(`message:${ids.message}`);
});

it('is kept when it is refused; taken back, the old version is shown again', async () => {
  said(server, id, { id: 'question-3', parent: 'reply-0001', branch: 'question-3', time: 9 });
  server.commands.set('edit', () => problem(404, 'not-found', 'It does not exist.'));
  const { rerender } = page.show(<Thread selected="question-2" />);
  await stands('ready live');
  await pathIs('message:question-1 message:reply-0001 message:question-2 message:reply-0002');
  rerender(page.around(<Thread />));
  const { message } = edit();
  await says(message, 'Better, refused');
  act(() => {
    expect(now.actions?.discardSend(message)).toMatchObject({ of: 'question-2', text: 'Better' });
  });
  await pathIs('message:question-1 message:reply-0001 message:question-2 message:reply-0002');
});

it('is not begun of a message that is not there', async () => {
  page.show(<Thread />);
  await stands('ready live');
  expect(() => now.actions?.edit({ conversation: id, of: 'nothing-1', text: 'x', model })).toThrow(
    'not here any more',
  );
});

it('sets the system prompt, of a new conversation too; tried again it is the same one', async () => {
  page.show(<Thread />);
  await stands('ready live');
  const inputs: Record<string, unknown>[] = [];
  server.commands.set('system', (input) => {
    inputs.push(input);
    if (inputs.length === 1) return problem(503, 'engine-unavailable', 'The storage did not answer.');
    return { message: input.message, branch: input.message, forked: false };
  });
  const input = { conversation: 'conversation-9', after: null, text: 'Be brief.' };
  await expect(now.actions?.setSystem(input)).rejects.toThrow('The storage did not answer.');
  const { message } = (await now.actions?.setSystem(input)) ?? {};
  expect(inputs).toEqual([
    { ...input, message },
    { ...input, message },
  ]);
  expect(server.count('POST /api/commands/create')).toBe(2);
  expect((await now.actions?.setSystem(input))?.message).not.toBe(message);
});
