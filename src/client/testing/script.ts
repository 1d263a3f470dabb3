/** Writes conversations to a FakeServer in the order of docs/protocol.md ("Write order"). */
import {
  branchStream,
  CONVERSATIONS,
  type Message,
  outlineStream,
  type ReplyItem,
  replyStream,
} from '../../protocol/index.ts';
import type { Finish, Generation, MessageHeader } from '../../tree/index.ts';
import type { FakeServer } from './fake-server.ts';

export const model = { source: 'demo', id: 'demo' };
const v = 1 as const;

export function patch(server: FakeServer, id: string, change: object, at = 1): void {
  server.append(CONVERSATIONS, { v, kind: 'conversation', id, at, ...change });
}

/** An empty conversation. */
export function conversation(server: FakeServer, id: string, title = id, at = 1): void {
  patch(server, id, { created: at, active: at, title: { text: title, by: 'words' } }, at);
  server.create(outlineStream(id));
}

interface Said {
  readonly id: string;
  readonly parent: string | null;
  readonly role?: 'user' | 'assistant';
  readonly text?: string;
  readonly branch: string;
  readonly time: number;
  readonly finish?: Finish;
}

/** Appends a message to its branch, not to the outline. */
export function stored(server: FakeServer, id: string, said: Said): MessageHeader {
  const { role = 'user', text = `text of ${said.id}` } = said;
  const author =
    role === 'user' ? { kind: 'user' as const } : { kind: 'model' as const, model, name: 'Demo' };
  const shared = {
    id: said.id,
    parent: said.parent,
    role,
    author,
    origin: { kind: 'send' as const },
    time: said.time,
    ...(said.finish && { finish: said.finish }),
  };
  const message: Message = { v, kind: 'message', ...shared, parts: [{ kind: 'text', text }] };
  const { start, end } = server.append(branchStream(id, said.branch), message);
  return { ...shared, preview: text.slice(0, 120), branch: said.branch, start, end };
}

export function indexed(server: FakeServer, id: string, ...headers: MessageHeader[]): void {
  server.append(outlineStream(id), ...headers.map((message) => ({ v, kind: 'message', message })));
}

/** A message in its branch and in the outline. */
export function said(server: FakeServer, id: string, message: Said): MessageHeader {
  const header = stored(server, id, message);
  indexed(server, id, header);
  return header;
}

/** `count` messages, user and assistant in turn, ids `prefix-00001`... on one branch. Returns their headers. */
export function thread(server: FakeServer, id: string, count: number, prefix = 'message'): MessageHeader[] {
  const name = (index: number) => `${prefix}-${String(index).padStart(5, '0')}`;
  const headers = Array.from({ length: count }, (_, i) =>
    stored(server, id, {
      id: name(i + 1),
      parent: i === 0 ? null : name(i),
      role: i % 2 === 0 ? 'user' : 'assistant',
      branch: name(1),
      time: i + 1,
    }),
  );
  server.append(outlineStream(id), ...headers.map((message) => ({ v, kind: 'message', message })));
  return headers;
}

/** Announces a reply in the outline. Its log comes with `words`. */
export function asked(
  server: FakeServer,
  id: string,
  parent: MessageHeader,
  reply: string,
  time = 100,
): Generation {
  const generation: Generation = {
    id: reply,
    parent: parent.id,
    branch: parent.branch,
    at: parent.end,
    model,
    name: 'Demo',
    origin: { kind: 'send' },
    started: time,
  };
  server.append(outlineStream(id), { v, kind: 'generation', generation });
  return generation;
}

/** Appends to a reply's log: `start` first, then deltas; numbers them. */
export class Log {
  private readonly server: FakeServer;
  private readonly stream: string;
  private seq = 0;

  constructor(server: FakeServer, id: string, generation: Generation) {
    this.server = server;
    this.stream = replyStream(id, generation.id);
    this.item({
      kind: 'start',
      generation: generation as Extract<ReplyItem, { kind: 'start' }>['generation'],
    });
  }

  words(text: string): void {
    this.item({ kind: 'delta', part: 0, of: 'text', text });
  }

  end(finish: Finish): void {
    this.item({ kind: 'end', end: finish });
    this.server.close(this.stream);
  }

  private item(item: object): void {
    this.server.append(this.stream, { v, seq: this.seq, ...item });
    this.seq += 1;
  }
}

/** A reply ends in the outline: with its message, or without. */
export function settled(
  server: FakeServer,
  id: string,
  reply: string,
  end: Finish,
  header?: MessageHeader,
): void {
  const items = [
    ...(header ? [{ v, kind: 'message', message: header }] : []),
    { v, kind: 'generation-end', id: reply, end },
  ];
  server.append(outlineStream(id), ...items);
}
