import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { textOf } from '../../protocol/index.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { asked, conversation, indexed, Log, model, said, settled, stored } from '../testing/script.ts';
import { pass, type TestPage, testPage } from './testing/page.tsx';
import { id, now, pathIs, renders, says, stands, Thread, textIn } from './testing/thread.tsx';

let server: FakeServer;
let page: TestPage;
const finish = { reason: 'complete' as const, at: 9 };

beforeEach(() => {
  renders.clear();
  server = new FakeServer();
  page = testPage(server);
  conversation(server, id);
});
afterEach(() => page.bough.dispose());

/** A question, and a reply to it that has begun. */
async function replying() {
  const question = said(server, id, { id: 'question-1', parent: null, branch: 'question-1', time: 1 });
  const generation = asked(server, id, question, 'reply-0001');
  const log = new Log(server, id, generation);
  log.words('It ');
  page.show(<Thread />);
  await stands('ready live');
  await waitFor(() => expect(server.following('c/conversation-1/g/reply-0001')).toBe(true));
  await pass(20);
  page.frames.tick();
  return { question, generation, log };
}

const storedReply = (text: string) =>
  stored(server, id, {
    id: 'reply-0001',
    parent: 'question-1',
    role: 'assistant',
    text,
    branch: 'question-1',
    time: 100,
    finish,
  });

describe('live text', () => {
  it('shows on opening what was said so far', async () => {
    await replying();
    expect(textIn('reply-0001')).toBe('It ');
  });

  it('changes once a frame, and runs nothing but its row', async () => {
    const { log } = await replying();
    const before = new Map(renders);
    for (const word of ['is ', 'nearly ', 'noon.']) log.words(word);
    await pass(20);
    expect(textIn('reply-0001')).toBe('It ');
    page.frames.tick();
    expect(textIn('reply-0001')).toBe('It is nearly noon.');
    expect(renders.get('reply-0001')).toBe((before.get('reply-0001') ?? 0) + 1);
    expect(renders.get('thread')).toBe(before.get('thread'));
    expect(renders.get('question-1')).toBe(before.get('question-1'));
  });

  it('is brought up to date at once when a hidden tab is shown', async () => {
    const { log } = await replying();
    page.setHidden(true);
    log.words('is noon.');
    await pass(20);
    expect(textIn('reply-0001')).toBe('It ');
    page.setHidden(false);
    expect(textIn('reply-0001')).toBe('It is noon.');
  });

  it('turns into its message without a request, in the same place', async () => {
    const { log } = await replying();
    log.words('is noon.');
    log.end(finish);
    settled(server, id, 'reply-0001', finish, storedReply('It is noon.'));
    await pathIs('message:question-1 message:reply-0001');
    expect(textIn('reply-0001')).toBe('It is noon.');
    expect(server.count('GET /v1/stream/c/conversation-1/b/')).toBe(1);
    expect(server.liveConnections).toBe(1);
  });

  it('can be read and edited once its log has ended, whatever the outline says', async () => {
    const { log } = await replying();
    const edits = vi.fn(({ message }) => ({ message, branch: message, forked: true }));
    server.commands.set('edit', edits);
    await expect(now.actions?.read(id, 'reply-0001')).rejects.toThrow();
    log.end(finish);
    await pass(20);
    expect(now.view?.tree.messages.has('reply-0001')).toBe(false);
    expect(textOf((await now.actions?.read(id, 'reply-0001'))?.parts ?? [])).toBe('It ');
    act(() => void now.actions?.edit({ conversation: id, of: 'reply-0001', text: 'Kept', model }));
    await waitFor(() => expect(edits).toHaveBeenCalledOnce());
    expect(edits.mock.lastCall?.[0]).toMatchObject({ of: 'reply-0001', text: 'Kept' });
    expect(now.view?.path.at(-1)).toMatchObject({
      kind: 'pending',
      pending: { parent: 'question-1', role: 'assistant' },
    });
  });

  it('stays when the outline is first, until the message is loaded from its branch', async () => {
    await replying();
    let open = () => {};
    server.before = (request) =>
      request.includes('/b/') ? new Promise((resolve) => (open = resolve)) : undefined;
    settled(server, id, 'reply-0001', finish, storedReply('It is noon.'));
    await pass(30);
    await pathIs('message:question-1 reply:reply-0001');
    expect(textIn('reply-0001')).toBe('It ');
    open();
    await pathIs('message:question-1 message:reply-0001');
    await says('reply-0001', 'It is noon.');
  });

  it('whose log is gone gives way to the message', async () => {
    await replying();
    server.delete('c/conversation-1/g/reply-0001');
    settled(server, id, 'reply-0001', finish, storedReply('It is noon.'));
    await says('reply-0001', 'It is noon.');
  });

  it('waits for a log that is made after the outline has announced it', async () => {
    const question = said(server, id, { id: 'question-1', parent: null, branch: 'question-1', time: 1 });
    page.show(<Thread />);
    await stands('ready live');
    const generation = asked(server, id, question, 'reply-0001');
    await pathIs('message:question-1 reply:reply-0001');
    await pass(100);
    new Log(server, id, generation).words('Here.');
    await waitFor(() => {
      page.frames.tick();
      expect(screen.getByTestId('reply-0001').textContent).toBe('Here.');
    });
  });

  it('goes on after a loss where it was', async () => {
    const { log } = await replying();
    server.cut();
    log.words('is ');
    await pass(400);
    log.words('noon.');
    await pass(20);
    page.frames.tick();
    expect(textIn('reply-0001')).toBe('It is noon.');
  });

  it('a reply indexed late is no longer than its log', async () => {
    const { log } = await replying();
    log.end(finish);
    await pass(20);
    page.frames.tick();
    expect(textIn('reply-0001')).toBe('It ');
    indexed(server, id, storedReply('It '));
    await pathIs('message:question-1 message:reply-0001');
    expect(textIn('reply-0001')).toBe('It ');
  });
});
