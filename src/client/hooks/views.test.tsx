import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { viewStream } from '../../protocol/index.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { conversation, said, thread } from '../testing/script.ts';
import { pass, type TestPage, testPage } from './testing/page.tsx';
import { id, pathIs, renders, says, stands, Thread } from './testing/thread.tsx';

let server: FakeServer;
let page: TestPage;
/** What the page wrote. */
let written: unknown[];

beforeEach(() => {
  server = new FakeServer();
  page = testPage(server);
  written = [];
  renders.clear();
  conversation(server, id);
  server.commands.set('view', ({ at, leaf }) => {
    written.push([at, leaf]);
    server.append(viewStream(id), { v: 1, kind: 'view', at, leaf, time: 1000 + written.length });
    return {};
  });
});
afterEach(() => page.bough.dispose());

const message = (name: string, parent: string | null, time: number, branch = name) =>
  said(server, id, { id: name, parent, branch, time });

/** question-1 ─┬ answer-01 ── question-2 ─┬ answer-02, ─ answer-03 ─ answer-04 */
function fork() {
  message('question-1', null, 1);
  message('answer-01', 'question-1', 2, 'question-1');
  message('question-2', 'answer-01', 3, 'question-1');
  message('answer-02', 'question-2', 4, 'question-1');
  message('answer-03', 'question-2', 5);
  message('answer-04', 'question-1', 6);
}

const trunk = 'message:question-1 message:answer-01 message:question-2';

function reload() {
  page.bough.dispose();
  page = testPage(server);
}

describe('what was viewed last', () => {
  it('is shown when the conversation is opened again, from the first moment', async () => {
    fork();
    const shown = page.show(<Thread selected="answer-02" />);
    await pathIs(`${trunk} message:answer-02`);
    await vi.waitFor(() => expect(written).toEqual([['question-1', 'answer-02']]), 4000);
    shown.unmount();
    reload();
    page.show(<Thread />);
    await stands('ready live');
    expect(document.querySelector('i')?.textContent).toBe(`${trunk} message:answer-02`);
  });

  it('under a version is shown again when one comes back to it', async () => {
    fork();
    const item = { v: 1, kind: 'view', leaf: 'answer-02', at: null, time: 1 };
    server.append(viewStream(id), item, { ...item, at: 'question-1', leaf: 'answer-04', time: 2 });
    const { rerender } = page.show(<Thread />);
    await pathIs('message:question-1 message:answer-04');
    rerender(page.around(<Thread selected="answer-01" />));
    await pathIs(`${trunk} message:answer-02`);
  });

  it('gives way to what was said after it', async () => {
    fork();
    const viewed = { v: 1, kind: 'view', at: null, leaf: 'answer-04', time: 7 };
    server.append(viewStream(id), viewed);
    message('answer-05', 'question-2', 8);
    const early = page.show(<Thread />);
    await pathIs(`${trunk} message:answer-05`);
    early.unmount();
    reload();
    server.append(viewStream(id), { ...viewed, time: 9 });
    page.show(<Thread />);
    await pathIs('message:question-1 message:answer-04');
  });

  it('elsewhere never moves an open view', async () => {
    fork();
    page.show(<Thread selected="answer-01" />);
    await pathIs(`${trunk} message:answer-03`);
    server.append(viewStream(id), { v: 1, kind: 'view', at: null, leaf: 'answer-04', time: 9000 });
    message('answer-05', 'question-2', 8);
    await pass(50);
    await pathIs(`${trunk} message:answer-03`);
    expect(server.following(viewStream(id))).toBe(false);
  });

  it('is written at most every 5 s a fork, and not while nothing changes', async () => {
    fork();
    const { rerender } = page.show(<Thread selected="answer-04" />);
    await pathIs('message:question-1 message:answer-04');
    await vi.waitFor(() => expect(written).toHaveLength(1), 4000);
    const first = Date.now();
    for (const selected of ['answer-01', 'answer-04', 'answer-02', 'answer-04', 'answer-03']) {
      rerender(page.around(<Thread selected={selected} />));
      await pass(20);
    }
    message('question-3', 'answer-03', 9, 'answer-03');
    await vi.waitFor(() => expect(written).toHaveLength(2), 9000);
    expect(Date.now() - first).toBeGreaterThan(4500);
    expect(written[1]).toEqual(['question-1', 'question-3']);
    await pass(1500);
    expect(written).toHaveLength(2);
  }, 30_000);

  it('that cannot be read or written changes nothing else', async () => {
    fork();
    server.before = (request) => {
      if (request.includes('view')) throw new TypeError('fetch failed');
    };
    page.show(<Thread />);
    await stands('ready live');
    await pathIs('message:question-1 message:answer-04');
    await pass(1200);
    expect(written).toEqual([]);
  });
});

describe('what is read', () => {
  it('of a conversation without forks is the outline and its last 50 messages', async () => {
    thread(server, id, 200);
    page.show(<Thread />);
    await says('message-00200', 'text of message-00200');
    await stands('ready live');
    await pass(1200);
    expect(server.requests.map((request) => request.split('?')[0]).sort()).toEqual([
      'GET /api/opening',
      'GET /v1/stream/c/conversation-1/b/message-00001',
      'GET /v1/stream/c/conversation-1/outline',
      'GET /v1/stream/conversations',
      'POST /api/live',
    ]);
    const [read] = server.requests.filter((request) => request.includes('/b/'));
    expect(new URLSearchParams(read?.split('?')[1]).get('max')).toBe('50');
  });

  it('of a version is what its branch owns', async () => {
    thread(server, id, 100);
    said(server, id, { id: 'fork-00001', parent: 'message-00080', branch: 'fork-00001', time: 81 });
    said(server, id, { id: 'fork-00002', parent: 'fork-00001', branch: 'fork-00001', time: 82 });
    const { rerender } = page.show(<Thread />);
    await says('message-00100', 'text of message-00100');
    await stands('ready live');
    const before = server.requests.length;
    rerender(page.around(<Thread selected="fork-00001" />));
    await says('fork-00002', 'text of fork-00002');
    await says('message-00080', 'text of message-00080');
    const reads = server.requests.slice(before).filter((request) => request.startsWith('GET'));
    expect(reads.map((request) => request.split('?')[0])).toEqual([
      'GET /v1/stream/c/conversation-1/b/fork-00001',
    ]);
  });
});
