import { screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textOf } from '../../protocol/index.ts';
import type { Generation, MessageHeader } from '../../tree/index.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { asked, conversation, Log, said, settled, stored, thread } from '../testing/script.ts';
import type { PathEntry } from '../types.ts';
import { useConnection, useConversation, useMessage, useReply } from './index.ts';
import { pass, type TestPage, testPage } from './testing/page.tsx';

const id = 'conversation-1';
const renders = new Map<string, number>();
const count = (name: string) => renders.set(name, (renders.get(name) ?? 0) + 1);

function Message({ header }: { header: MessageHeader }) {
  const { message, error } = useMessage(id, header);
  count(header.id);
  return <p data-testid={header.id}>{message ? textOf(message.parts) : (error ?? '...')}</p>;
}

function Reply({ generation }: { generation: Generation }) {
  const reply = useReply(id, generation);
  count(generation.id);
  return <p data-testid={generation.id}>{textOf(reply.parts)}</p>;
}

function Row({ entry }: { entry: PathEntry }) {
  if (entry.kind === 'message') return <Message header={entry.header} />;
  if (entry.kind === 'reply') return <Reply generation={entry.generation} />;
  if (entry.kind === 'pending') return <p data-testid={entry.key}>{entry.pending.text}</p>;
  return <p data-testid={entry.key}>{entry.generation.end?.failure?.sentence}</p>;
}

function Thread({ last = 20, selected = null }: { last?: number; selected?: string | null }) {
  const view = useConversation(id, { selected });
  const connection = useConnection();
  count('thread');
  return (
    <section>
      <h1>{`${view.status} ${connection.kind} ${view.path.length}`}</h1>
      <i>{view.path.map(({ kind, key }) => `${kind}:${key}`).join(' ')}</i>
      {view.path.slice(-last).map((entry) => (
        <Row key={entry.key} entry={entry} />
      ))}
    </section>
  );
}

let server: FakeServer;
let page: TestPage;
const text = (name: string) => screen.getByTestId(name).textContent;
const live = () => waitFor(() => expect(screen.getByRole('heading').textContent).toContain('ready live'));

beforeEach(() => {
  renders.clear();
  server = new FakeServer();
  page = testPage(server);
});
afterEach(() => page.bough.dispose());

describe('a conversation', () => {
  it('of 5,000 messages opens with one outline read, one range of messages and one live connection', async () => {
    conversation(server, id);
    thread(server, id, 5000);
    page.show(<Thread />);
    await live();
    await waitFor(() => expect(text('message-05000')).toBe('text of message-05000'));
    expect(server.count('GET /v1/stream/c/conversation-1/outline')).toBe(1);
    expect(server.count('GET /v1/stream/c/conversation-1/b/')).toBe(1);
    expect(server.count('POST /api/live')).toBe(1);
    expect(server.requests).toHaveLength(4);
  });

  it('shows a reply as it grows, once a frame, and runs nothing but its row', async () => {
    conversation(server, id);
    const question = said(server, id, { id: 'question-1', parent: null, branch: 'question-1', time: 1 });
    page.show(<Thread />);
    await live();
    const generation = asked(server, id, question, 'reply-001');
    const log = new Log(server, id, generation);
    await waitFor(() => expect(server.liveConnections).toBe(1));
    await waitFor(() => expect(screen.getByTestId('reply-001')).toBeTruthy());
    await waitFor(() => expect(server.count('POST /api/live')).toBe(2));
    await pass(30);
    page.frames.tick();
    const before = new Map(renders);
    for (const word of ['It ', 'is ', 'noon.']) log.words(word);
    await pass(30);
    expect(text('reply-001')).toBe('');
    page.frames.tick();
    expect(text('reply-001')).toBe('It is noon.');
    expect(renders.get('reply-001')).toBe((before.get('reply-001') ?? 0) + 1);
    expect(renders.get('thread')).toBe(before.get('thread'));
    expect(renders.get('question-1')).toBe(before.get('question-1'));
  });

  it('turns a finished reply into its message without asking the server for it', async () => {
    conversation(server, id);
    const question = said(server, id, { id: 'question-1', parent: null, branch: 'question-1', time: 1 });
    const generation = asked(server, id, question, 'reply-001');
    const log = new Log(server, id, generation);
    log.words('Four.');
    page.show(<Thread />);
    await live();
    await waitFor(() => expect(server.count('POST /api/live')).toBeGreaterThan(0));
    await pass(100);
    page.frames.tick();
    expect(text('reply-001')).toBe('Four.');
    const element = screen.getByTestId('reply-001');
    const finish = { reason: 'complete' as const, at: 9 };
    log.end(finish);
    const header = stored(server, id, {
      id: 'reply-001',
      parent: 'question-1',
      role: 'assistant',
      text: 'Four.',
      branch: 'question-1',
      time: 100,
      finish,
    });
    settled(server, id, 'reply-001', finish, header);
    await waitFor(() => expect(document.querySelector('i')?.textContent).toContain('message:reply-001'));
    expect(text('reply-001')).toBe('Four.');
    expect(server.count('GET /v1/stream/c/conversation-1/b/')).toBe(1);
    expect(element).toBeTruthy();
  });
});
