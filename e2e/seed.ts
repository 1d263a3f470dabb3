/**
 * Conversations made straight through the engine, as the write order would have left them: for journeys and benches
 * that need thousands of messages. The folder must not be in use by a server.
 */

import {
  branchStream,
  CONVERSATIONS,
  type Message,
  newId,
  type OutlineItem,
  outlineStream,
  previewOf,
} from '../src/protocol/index.ts';
import { openEmbeddedEngine } from '../src/server/engine/embedded/index.ts';
import type { Engine } from '../src/server/engine/port.ts';

const BATCH = 500;

/** Writes one conversation of `count` messages in a single branch; returns its id. */
export async function seedTrunk(folder: string, count: number): Promise<string> {
  const engine = await openEmbeddedEngine(folder);
  try {
    return await writeTrunk(engine, count);
  } finally {
    await engine.shutdown();
  }
}

async function writeTrunk(engine: Engine, count: number): Promise<string> {
  const conversation = newId();
  const started = Date.now() - count * 60_000;
  await engine.create(CONVERSATIONS);
  await engine.append(CONVERSATIONS, [
    {
      v: 1,
      kind: 'conversation',
      id: conversation,
      at: started,
      created: started,
      active: started + count,
      title: { text: `${count} messages`, by: 'person' },
    },
  ]);
  await engine.create(outlineStream(conversation));
  const branch = messageId(0);
  const stream = branchStream(conversation, branch);
  let { next } = await engine.create(stream);
  const index: OutlineItem[] = [
    { v: 1, kind: 'branch', branch: { id: branch, kind: 'root', from: null, at: started } },
  ];
  for (let n = 0; n < count; n += 1) {
    const message = messageNumber(n, started);
    const start = next;
    const appended = await engine.append(stream, [message], { seq: start });
    if (appended.kind !== 'appended') throw new Error(`Message ${n}: ${appended.kind}`);
    next = appended.next;
    const { v: _v, kind: _kind, parts, ...header } = message;
    index.push({
      v: 1,
      kind: 'message',
      message: { ...header, preview: previewOf(parts), branch, start, end: next },
    });
    if (index.length >= BATCH) await engine.append(outlineStream(conversation), index.splice(0));
  }
  if (index.length > 0) await engine.append(outlineStream(conversation), index);
  return conversation;
}

const messageId = (n: number): string => `message-${String(n).padStart(6, '0')}`;

function messageNumber(n: number, started: number): Message {
  const time = started + n;
  const reply = n % 2 === 1;
  return {
    v: 1,
    kind: 'message',
    id: messageId(n),
    parent: n === 0 ? null : messageId(n - 1),
    role: reply ? 'assistant' : 'user',
    author: reply
      ? { kind: 'model', model: { source: 'demo', id: 'demo' }, name: 'Demo (not an AI)', demo: true }
      : { kind: 'user' },
    parts: [{ kind: 'text', text: reply ? answer(n) : `Question ${n + 1}: what comes next?` }],
    origin: { kind: 'send' },
    time,
    ...(reply && { finish: { reason: 'complete', at: time } }),
  };
}

/** Replies of different heights, some with code and lists, so that measuring rows is exercised. */
function answer(n: number): string {
  const lines = [`Answer ${n + 1}.`];
  for (let k = 0; k < n % 7; k += 1)
    lines.push(`Paragraph ${k + 1} of the answer, long enough to wrap on a phone.`);
  if (n % 9 === 0) lines.push('- one\n- two\n- three');
  if (n % 13 === 0) lines.push('```ts\nconst answer = 42;\n```');
  return lines.join('\n\n');
}
