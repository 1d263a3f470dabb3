import { focusManager } from '@tanstack/react-query';
import { act, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { FakeServer, problem } from '../testing/fake-server.ts';
import { FakeStorage } from '../testing/fake-storage.ts';
import { asked, conversation, indexed, model, patch, said, settled, stored } from '../testing/script.ts';
import { useConversations, useForkedSends } from './index.ts';
import { pass, type TestPage, testPage } from './testing/page.tsx';
import { id, now, pathIs, says, stands, Thread } from './testing/thread.tsx';

let server: FakeServer;
let page: TestPage;
const storage = new FakeStorage();

beforeEach(() => {
  server = new FakeServer();
  page = testPage(server, { storage });
});
afterEach(() => page.bough.dispose());

/** The server takes sends: the message goes into its branch, the outline follows when `index` is called. */
function takeSends(forked = false) {
  const indexes: (() => void)[] = [];
  server.commands.set('create', () => {
    conversation(server, id);
    return {};
  });
  server.commands.set('send', ({ message, parent, text, reply }) => {
    const branch = parent === null || forked ? String(message) : 'question-1';
    const place = { id: String(message), parent: parent as string | null, branch, time: 50 };
    const header = stored(server, id, { ...place, text: String(text) });
    indexes.push(() => {
      indexed(server, id, header);
      asked(server, id, header, String(reply), 51);
    });
    return { message, branch, forked };
  });
  return indexes;
}

function send(parent: string | null, text: string) {
  let ids = { message: '', reply: '' };
  act(() => {
    ids = now.actions?.send({ conversation: id, parent, text, model }) ?? ids;
  });
  return ids;
}

describe('sending', () => {
  it('makes a new conversation, and shows the message from the first moment to the last', async () => {
    const indexes = takeSends();
    server.before = (request) =>
      request.includes('/commands/') ? new Promise((resolve) => setTimeout(resolve, 30)) : undefined;
    page.show(<Thread />);
    await stands('missing live');
    const { message, reply } = send(null, 'Hello');
    await stands('ready live');
    await pathIs(`pending:${message}`);
    await says(message, 'Hello, sending');
    expect(now.view?.tip).toBe(null);
    await waitFor(() => expect(indexes).toHaveLength(1));
    await pathIs(`pending:${message}`);
    indexes[0]?.();
    await pathIs(`message:${message} reply:${reply}`);
    await says(message, 'Hello');
    expect(now.view?.live?.id).toBe(reply);
    expect(page.bough.outbox.pending.get()).toEqual([]);
  });

  it('stays on the screen while a new conversation is slow to be read', async () => {
    const indexes = takeSends();
    page.show(<Thread />);
    await stands('missing live');
    server.before = (request) =>
      request.includes('/outline') ? new Promise((resolve) => setTimeout(resolve, 150)) : undefined;
    const { message } = send(null, 'Hello');
    await waitFor(() => expect(indexes).toHaveLength(1));
    indexes[0]?.();
    for (let i = 0; i < 8; i += 1) {
      await pass(20);
      expect(now.view?.status).toBe('ready');
      expect(now.view?.path[0]?.key).toBe(message);
    }
    await says(message, 'Hello');
  });

  describe('of a new conversation that cannot be read, the storage being away', () => {
    const away = (request: string) =>
      /outline|live/.test(request) ? problem(503, 'engine-unavailable', 'No answer.') : undefined;

    /** It is sent and stored, and cannot be read. */
    async function unread(): Promise<string> {
      const indexes = takeSends();
      page.show(<Thread />);
      await stands('missing live');
      server.instead = away;
      const { message } = send(null, 'Hello');
      await waitFor(() => expect(indexes).toHaveLength(1));
      indexes[0]?.();
      const outline = () => page.bough.queryClient.getQueryState(['outline', id]);
      await waitFor(() => expect(outline()?.status).toBe('error'));
      await says(message, 'Hello, sending');
      return message;
    }

    it('is shown as said soon after the storage is back, of which nobody tells', async () => {
      const message = await unread();
      server.instead = () => undefined;
      await says(message, 'Hello');
      expect(page.bough.outbox.pending.get()).toEqual([]);
    });

    it('is shown as said as soon as the connection is back, also where nobody looks', async () => {
      const message = await unread();
      server.cut();
      await waitFor(() => expect(page.bough.connection.get().kind).toBe('offline'));
      focusManager.setFocused(false);
      onTestFinished(() => focusManager.setFocused(undefined));
      server.instead = () => undefined;
      await says(message, 'Hello');
      expect(page.bough.outbox.pending.get()).toEqual([]);
    });
  });

  it('keeps its place in front of what others say to the same message', async () => {
    conversation(server, id);
    said(server, id, { id: 'question-1', parent: null, branch: 'question-1', time: 1 });
    const indexes = takeSends(true);
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
    server.before = (request) =>
      request.includes('/commands/') ? new Promise((resolve) => setTimeout(resolve, 50)) : undefined;
    const { message, reply } = send('question-1', 'Mine');
    said(server, id, { id: 'others-001', parent: 'question-1', branch: 'question-1', time: 49 });
    await pass(20);
    await pathIs(`message:question-1 pending:${message}`);
    await waitFor(() => expect(indexes).toHaveLength(1));
    indexes[0]?.();
    await pathIs(`message:question-1 message:${message} reply:${reply}`);
    expect(forked).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message, text: 'Mine' }));
  });

  it('begins a conversation that is in the list while it waits, and once the server has it', async () => {
    let titles: readonly string[] = [];
    function List() {
      titles = useConversations().list.map(({ title }) => title.text);
      return null;
    }
    page.show(<List />);
    await waitFor(() => expect(page.bough.list.data()).toBeDefined());
    server.down = true;
    const begun = 'conversation-new-1';
    act(() => {
      page.bough.actions.send({
        conversation: begun,
        parent: null,
        text: 'Which tree keeps its leaves?',
        model,
      });
    });
    await waitFor(() => expect(titles[0]).toBe('Which tree keeps its leaves?'));
    server.commands.set('create', () => {
      conversation(server, begun, 'As the server calls it', 99);
      return {};
    });
    server.commands.set('send', ({ message }) => ({ message, branch: message, forked: false }));
    server.down = false;
    await waitFor(() => expect(titles[0]).toBe('As the server calls it'), { timeout: 10_000 });
    expect(titles).not.toContain('Which tree keeps its leaves?');
  });

  it('waits while the server is away, and goes when the connection is back', async () => {
    conversation(server, id);
    said(server, id, { id: 'question-1', parent: null, branch: 'question-1', time: 1 });
    const indexes = takeSends();
    page.show(<Thread />);
    await stands('ready live');
    server.down = true;
    server.cut();
    const { message } = send('question-1', 'Still there?');
    await says(message, 'Still there?, waiting');
    server.down = false;
    page.setOnline(true);
    await waitFor(() => expect(indexes).toHaveLength(1));
    indexes[0]?.();
    await says(message, 'Still there?');
  });

  it('keeps what was refused; it can be taken back', async () => {
    conversation(server, id);
    said(server, id, { id: 'question-1', parent: null, branch: 'question-1', time: 1 });
    server.commands.set('send', () => problem(409, 'still-writing', 'This reply is still being written.'));
    page.show(<Thread />);
    await stands('ready live');
    const { message } = send('question-1', 'Now?');
    await says(message, 'Now?, refused');
    let back: unknown;
    act(() => {
      back = now.actions?.discardSend(message);
    });
    expect(back).toMatchObject({
      text: 'Now?',
      code: 'still-writing',
      problem: 'This reply is still being written.',
    });
    await pathIs('message:question-1');
  });

  it('in the queue it goes when the reply is done, also after a reload and where nobody looks', async () => {
    conversation(server, id);
    const first = said(server, id, { id: 'question-1', parent: null, branch: 'question-1', time: 1 });
    asked(server, id, first, 'reply-000001', 2);
    const before = page.show(<Thread />);
    await stands('ready live');
    await pathIs('message:question-1 reply:reply-000001');
    server.down = true;
    server.cut();
    const waiting = { conversation: id, text: 'Next', model, parent: 'question-1', after: 'reply-000001' };
    act(() => void now.actions?.send(waiting));
    await pass(50);
    await pathIs('message:question-1 reply:reply-000001');
    before.unmount();
    page.bough.dispose();
    server.down = false;
    const indexes = takeSends();
    page = testPage(server, { storage });
    // Nobody looks at it: it is sent all the same.
    await pass(100);
    expect(indexes).toHaveLength(0);
    const place = { id: 'reply-000001', parent: 'question-1', branch: 'question-1', time: 3 };
    const header = stored(server, id, { ...place, role: 'assistant' });
    settled(server, id, 'reply-000001', { reason: 'complete', at: 3 }, header);
    await waitFor(() => expect(indexes).toHaveLength(1));
    expect(page.bough.outbox.queue()).toEqual([]);
  });

  it('survives a reload', async () => {
    server.down = true;
    const before = page.show(<Thread />);
    const { message } = send(null, 'First words');
    await says(message, 'First words, waiting');
    before.unmount();
    page.bough.dispose();
    server.down = false;
    const indexes = takeSends();
    page = testPage(server, { storage });
    page.show(<Thread />);
    await says(message, 'First words, sending');
    await waitFor(() => expect(indexes).toHaveLength(1));
    indexes[0]?.();
    await says(message, 'First words');
    expect(storage.length).toBe(0);
  });

  it('survives a reload when only the answer was lost', async () => {
    const [message, reply] = ['message-0001', 'reply-000001'];
    const text = 'Heard already';
    conversation(server, id);
    const header = said(server, id, { id: message, parent: null, text, branch: message, time: 1 });
    asked(server, id, header, reply);
    const kept = { conversation: id, message, parent: null, text, reply, model };
    storage.setItem(`bough.outbox/${message}`, JSON.stringify({ at: 1, create: true, send: kept }));
    server.commands.set('send', () => ({ message, branch: message, forked: false }));
    page = testPage(server, { storage });
    page.show(<Thread />);
    await pathIs(`message:${message} reply:${reply}`);
    await says(message, 'Heard already');
    await waitFor(() => expect(page.bough.outbox.pending.get()).toEqual([]));
  });

  it('a refused command rejects with the sentence', async () => {
    conversation(server, id);
    page.show(<Thread />);
    await stands('ready live');
    server.commands.set('regenerate', () => problem(404, 'not-found', 'This message is not there.'));
    const input = { conversation: id, parent: 'question-1', replies: [{ model }] };
    await expect(now.actions?.regenerate(input)).rejects.toThrow('This message is not there.');
    patch(server, id, { active: 9 }, 9);
  });
});
