import { act } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeServer } from '../testing/fake-server.ts';
import { asked, conversation, patch, said, settled, thread } from '../testing/script.ts';
import { type TestPage, testPage } from './testing/page.tsx';
import { id, now, pathIs, renders, says, stands, Thread } from './testing/thread.tsx';

let server: FakeServer;
let page: TestPage;

beforeEach(() => {
  renders.clear();
  server = new FakeServer();
  page = testPage(server);
});
afterEach(() => page.bough.dispose());

const question = () => said(server, id, { id: 'question-1', parent: null, branch: 'question-1', time: 1 });
const reply = (name: string, time: number) =>
  said(server, id, { id: name, parent: 'question-1', role: 'assistant', branch: name, time });

describe('opening a conversation', () => {
  it('of 5,000 messages takes one outline read, one range of messages and one live connection', async () => {
    conversation(server, id);
    thread(server, id, 5000);
    page.show(<Thread />);
    await stands('ready live');
    await says('message-05000', 'text of message-05000');
    expect(server.requests.map((request) => request.split('?')[0]).sort()).toEqual([
      'GET /api/opening',
      'GET /v1/stream/c/conversation-1/b/message-00001',
      'GET /v1/stream/c/conversation-1/outline',
      'GET /v1/stream/conversations',
      'POST /api/live',
    ]);
  }, 20_000);

  it('says that it is missing when nobody knows it, or it was deleted', async () => {
    page.show(<Thread />);
    await stands('missing live');
  });

  it('finds one that is made after it was asked for', async () => {
    page.show(<Thread />);
    await stands('missing live');
    conversation(server, id);
    await stands('ready live');
    question();
    await says('question-1', 'text of question-1');
  });

  it('comes back when a deletion is undone', async () => {
    conversation(server, id);
    patch(server, id, { deleted: true }, 2);
    page.show(<Thread />);
    await stands('missing live');
    patch(server, id, { deleted: false }, 3);
    await stands('ready live');
  });

  it('says why it could not be read, and tries again', async () => {
    conversation(server, id);
    server.before = (request) => {
      if (request.includes('outline')) throw new TypeError('fetch failed');
    };
    page.show(<Thread />);
    await vi.waitFor(() => expect(now.view?.error).toMatch(/could not be reached/), 5000);
    server.before = () => {};
    act(() => now.view?.retry());
    await stands('ready live');
  });

  it('gives what was thrown where nobody can know what to do about it', async () => {
    conversation(server, id);
    server.before = (request) => (request.includes('outline') ? new Promise(() => {}) : undefined);
    page.show(<Thread />);
    await stands('loading live');
    expect(now.view?.fault).toBeUndefined();
    const error = new TypeError('parts is undefined');
    const query = page.bough.queryClient.getQueryCache().find({ queryKey: ['outline', id] });
    act(() => query?.setState({ status: 'error', fetchStatus: 'idle', error }));
    await vi.waitFor(() => expect(now.view?.fault).toBe(error));
    expect(now.view?.error).toBe('Something went wrong. Reloading the page may help.');
  });

  it('is instant again for one just left, without reading it anew', async () => {
    conversation(server, id);
    question();
    const { unmount } = page.show(<Thread />);
    await stands('ready live');
    await says('question-1', 'text of question-1');
    unmount();
    reply('reply-0001', 2);
    const before = server.requests.length;
    page.show(<Thread />);
    expect(now.view?.status).toBe('ready');
    await says('reply-0001', 'text of reply-0001');
    expect(server.requests.slice(before)).toHaveLength(1);
  });
});

describe('the path', () => {
  it('is not moved by what others do, and its unchanged entries stay the same objects', async () => {
    conversation(server, id);
    question();
    reply('reply-0001', 2);
    page.show(<Thread />);
    await pathIs('message:question-1 message:reply-0001');
    await stands('ready live');
    const entries = now.view?.path ?? [];
    reply('reply-0002', 3);
    said(server, id, { id: 'question-2', parent: 'reply-0001', branch: 'reply-0001', time: 4 });
    await pathIs('message:question-1 message:reply-0001 message:question-2');
    expect(now.view?.path[0]).toBe(entries[0]);
    expect(now.view?.path[1]).toBe(entries[1]);
    expect(now.view?.tip).toBe('question-2');
    await says('question-2', 'text of question-2');
  });

  it('goes where it is told, and comes back to where it was', async () => {
    conversation(server, id);
    question();
    reply('reply-0001', 2);
    reply('reply-0002', 5);
    said(server, id, { id: 'question-2', parent: 'reply-0001', branch: 'reply-0001', time: 4 });
    const { rerender } = page.show(<Thread />);
    await pathIs('message:question-1 message:reply-0002');
    const show = (selected: string | null) => rerender(page.around(<Thread selected={selected} />));
    show('reply-0001');
    await pathIs('message:question-1 message:reply-0001 message:question-2');
    show(null);
    await pathIs('message:question-1 message:reply-0001 message:question-2');
    show('reply-0002');
    await pathIs('message:question-1 message:reply-0002');
    await says('reply-0002', 'text of reply-0002');
  });
});

describe('a reply that ends', () => {
  it('without a word is shown in its place until the next attempt', async () => {
    conversation(server, id);
    const header = question();
    asked(server, id, header, 'reply-0001', 2);
    page.show(<Thread />);
    await pathIs('message:question-1 reply:reply-0001');
    expect(now.view?.live?.id).toBe('reply-0001');
    await stands('ready live');
    settled(server, id, 'reply-0001', { reason: 'failed', at: 3 });
    await pathIs('message:question-1 empty-end:reply-0001');
    expect(now.view?.live).toBeUndefined();
    expect(now.view?.tip).toBe('question-1');
    asked(server, id, header, 'reply-0002', 4);
    await pathIs('message:question-1 reply:reply-0002');
  });
});
