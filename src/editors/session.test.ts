import { QueryClient } from '@tanstack/query-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bough, createBough } from '../client/bough.ts';
import { LiveConnection } from '../client/live/connection.ts';
import { FakeServer } from '../client/testing/fake-server.ts';
import { FakeStorage } from '../client/testing/fake-storage.ts';
import { asked, conversation, Log, said, settled } from '../client/testing/script.ts';
import { outlineStream } from '../protocol/index.ts';
import { type Editor, Session } from './session.ts';

const id = 'conversation-1';
const branch = 'question-1';
let server: FakeServer;
let bough: Bough;

beforeEach(() => {
  server = new FakeServer();
  bough = createBough({
    queryClient: new QueryClient(),
    fetch: server.fetch,
    storage: new FakeStorage(),
    raf: (frame) => setTimeout(frame),
    live: (options) => new LiveConnection(options),
    environment: { isHidden: () => false, onVisibility: () => () => {}, onNetwork: () => () => {} },
  });
  conversation(server, id);
  server.append(outlineStream(id), {
    ...{ v: 1, kind: 'branch', branch: { id: branch, kind: 'root', from: null, at: 1 } },
  });
  said(server, id, { id: branch, parent: null, branch, time: 1 });
  // Answered at once.
  server.commands.set('send', ({ message, parent, reply }) => {
    const [own, at] = [String(message), Date.now()];
    const header = said(server, id, { id: own, parent: String(parent), branch, time: 2 });
    const generation = asked(server, id, header, String(reply));
    const end = { reason: 'complete', at } as const;
    const log = new Log(server, id, generation);
    log.words('An answer');
    log.end(end);
    settled(server, id, String(reply), end);
    return { message: own, branch, forked: false };
  });
});
afterEach(() => bough.dispose());

async function session(editor: Partial<Editor>): Promise<{ session: Session; troubles: unknown[] }> {
  const troubles: unknown[] = [];
  const opened = new Session({
    bough,
    editor: {
      update: () => {},
      ask: async () => null,
      cursors: false,
      trouble: (error) => troubles.push(error),
      ...editor,
    },
    place: { conversation: id, branch },
    cwd: '/',
  });
  await opened.open(false);
  return { session: opened, troubles };
}

const prompt = [{ type: 'text', text: 'Go on' }];

test('a prompt is over once its answer is told', async () => {
  const told: unknown[] = [];
  const { session: one, troubles } = await session({ update: (_, update) => told.push(update) });
  expect(await one.prompt(prompt)).toEqual({ stopReason: 'end_turn' });
  expect(told).toContainEqual(
    expect.objectContaining({
      sessionUpdate: 'agent_message_chunk',
      content: { type: 'text', text: 'An answer' },
    }),
  );
  expect(troubles).toEqual([]);
  one.close();
});

test('an answer that could not be told to its end is no end of a turn', async () => {
  const { session: one, troubles } = await session({
    update: (_, { sessionUpdate }) => {
      if (sessionUpdate === 'agent_message_chunk') throw new Error('The editor is gone.');
    },
  });
  await expect(one.prompt(prompt)).rejects.toThrow('The answer could not be told to its end.');
  expect(troubles).toEqual([new Error('The editor is gone.')]);
  one.close();
});
