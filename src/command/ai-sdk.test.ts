/** `bough/ai-sdk` under the AI SDK's own chat, with a real Bough behind it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AbstractChat, type ChatState, type ChatStatus, type UIMessage } from 'ai';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Bough } from '../client/bough.ts';
import { readTree } from '../client/follow.ts';
import { boughTransport, chatMessages } from '../package/ai-sdk.ts';
import { connectBough } from '../package/create-bough.ts';
import { newId } from '../protocol/index.ts';
import { createLog } from '../server/log.ts';
import { demoSource } from '../server/models/providers/demo.ts';
import { type RunningServer, startServer } from '../server/server.ts';
import { childrenOf } from '../tree/index.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

/** Ten times as fast as people read it. */
const demo = demoSource({ modes: true, pause: (ms) => sleep(ms / 10) });

let folder: string;
let server: RunningServer;
let bough: Bough;
let conversation: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-ai-sdk-'));
  const settings = { host: '127.0.0.1', port: 4400, data: folder, demoModes: true, localModels: false };
  server = await startServer(
    { ...settings, agents: false, agentRoots: [], titles: false, log: 'error' },
    { listen: false, log: createLog({ write: () => {} }), sources: [demo] },
  );
  bough = connectBough({ baseUrl: server.url, fetch: server.fetch });
  conversation = newId();
});
afterEach(async () => {
  bough.dispose();
  await server.close();
  await rm(folder, { recursive: true });
});

class State implements ChatState<UIMessage> {
  status: ChatStatus = 'ready';
  error: Error | undefined;
  messages: UIMessage[];
  constructor(messages: UIMessage[]) {
    this.messages = messages;
  }
  pushMessage = (message: UIMessage) => {
    this.messages = [...this.messages, message];
  };
  popMessage = () => {
    this.messages = this.messages.slice(0, -1);
  };
  replaceMessage = (index: number, message: UIMessage) => {
    this.messages = this.messages.with(index, message);
  };
  snapshot = <T>(thing: T): T => structuredClone(thing);
}

class Chat extends AbstractChat<UIMessage> {
  constructor(messages: UIMessage[] = [], model = 'demo') {
    const transport = boughTransport(bough, { model: { source: 'demo', id: model } });
    super({ id: conversation, transport, state: new State(messages) });
  }
}

const wordsSaid = ({ parts }: UIMessage) =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
const lines = (messages: readonly UIMessage[]) =>
  messages.map((message) => `${message.role}: ${wordsSaid(message).slice(0, 24)}`);
const DEMO = "assistant: This is Bough's built-in";
const tree = () => readTree(bough, conversation);

test('says, is answered, and is there again in another page', async () => {
  const chat = new Chat();
  await chat.sendMessage({ text: 'Hello' });
  await chat.sendMessage({ text: 'Again' });
  expect(chat.status).toBe('ready');
  expect(lines(chat.messages)).toEqual(['user: Hello', DEMO, 'user: Again', DEMO]);
  expect(wordsSaid(chat.messages[3] as UIMessage)).toMatch(/3 messages; the last was “Again”/);
  const there = await chatMessages(bough, conversation);
  expect(there.map(({ id }) => id)).toEqual(chat.messages.map(({ id }) => id));
  expect(there.map(wordsSaid)).toEqual(chat.messages.map(wordsSaid));
  const next = new Chat(there);
  await next.sendMessage({ text: 'Once more' });
  expect(lines(next.messages).slice(4)).toEqual(['user: Once more', DEMO]);
  expect((await tree()).branches.size).toBe(1);
});

test('an edit is a version, and what follows stands under it', async () => {
  const chat = new Chat();
  await chat.sendMessage({ text: 'First' });
  await chat.sendMessage({ text: 'Second' });
  const [, , second] = chat.messages;
  await chat.sendMessage({ text: 'Second, otherwise', messageId: second?.id ?? '' });
  await chat.sendMessage({ text: 'Third' });
  expect(lines(chat.messages)).toEqual([
    ...['user: First', DEMO, 'user: Second, otherwise', DEMO],
    ...['user: Third', DEMO],
  ]);
  const all = await tree();
  expect(childrenOf(all, chat.messages[1]?.id ?? '')).toHaveLength(2);
  expect(lines(await chatMessages(bough, conversation))).toEqual(lines(chat.messages));
  expect(lines(await chatMessages(bough, conversation, second?.id))[2]).toBe('user: Second');
});

test('regenerating is another reply beside the first', async () => {
  const chat = new Chat();
  await chat.sendMessage({ text: 'Hello' });
  const [question, reply] = chat.messages;
  await chat.regenerate();
  expect(lines(chat.messages)).toEqual(['user: Hello', DEMO]);
  const replies = childrenOf(await tree(), question?.id ?? '');
  expect(replies).toHaveLength(2);
  expect(replies).toContain(reply?.id);
  expect(chat.messages[1]?.id).not.toBe(reply?.id);
});

test('a reply goes on without the page, and is taken up again from its beginning', async () => {
  const first = new Chat([], 'slow');
  void first.sendMessage({ text: 'Take your time' });
  await vi.waitFor(() => expect(lines(first.messages)[1]).toMatch(/^assistant: This demo/), 10_000);
  const second = new Chat(await chatMessages(bough, conversation), 'slow');
  const resumed = second.resumeStream();
  await vi.waitFor(
    () => expect(wordsSaid(second.messages[1] as UIMessage)).toMatch(/^This demo is slow/),
    10_000,
  );
  await first.stop();
  await resumed;
  await vi.waitFor(async () => {
    const [reply] = [...(await tree()).generations.values()];
    expect(reply?.end?.reason).toBe('stopped');
  }, 10_000);
  await new Chat(second.messages).resumeStream();
});

test('a failure is said, and the same question is asked again', async () => {
  const chat = new Chat([], 'fail');
  await chat.sendMessage({ text: 'Hello' });
  expect(chat.status).toBe('error');
  expect(chat.error?.message).toContain('This demo fails');
  const again = new Chat(chat.messages.slice(0, 1));
  await again.sendMessage();
  expect(lines(again.messages)).toEqual(['user: Hello', DEMO]);
  expect(childrenOf(await tree(), chat.messages[0]?.id ?? '')).toHaveLength(2);
});

test('thoughts, tools and files come as the SDK has them', async () => {
  const thinking = new Chat([], 'reasoning');
  await thinking.sendMessage({ text: 'Think' });
  expect(thinking.messages[1]?.parts.map(({ type }) => type)).toEqual(['step-start', 'reasoning', 'text']);
  conversation = newId();
  const chat = new Chat([], 'tools');
  const url = 'data:text/plain;base64,SGVsbG8=';
  await chat.sendMessage({
    text: 'Look',
    files: [{ type: 'file', mediaType: 'text/plain', filename: 'a.txt', url }],
  });
  const tool = chat.messages[1]?.parts.find(({ type }) => type === 'dynamic-tool');
  expect(tool).toMatchObject({ state: 'output-available', toolName: expect.any(String) });
  const [asked] = await chatMessages(bough, conversation);
  expect(asked?.parts[0]).toMatchObject({ type: 'file', filename: 'a.txt', mediaType: 'text/plain' });
});

test('history that is not of this Bough is refused with a sentence', async () => {
  const foreign: UIMessage[] = [
    { id: 'foreign-1', role: 'user', parts: [{ type: 'text', text: 'Hi' }] },
    { id: 'foreign-2', role: 'assistant', parts: [{ type: 'text', text: 'Hi' }] },
  ];
  const chat = new Chat(foreign);
  await chat.sendMessage({ text: 'And now?' });
  expect(chat.error?.message).toBe('The message before this one is not in this conversation of Bough.');
});
