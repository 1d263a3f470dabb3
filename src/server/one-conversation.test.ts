/** The whole server before each provider: four wire formats from another process, one conversation. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  type ApiKind,
  branchStream,
  CONVERSATIONS,
  type ConversationPatch,
  foldConversations,
  type Message,
  noConversations,
} from '../protocol/index.ts';
import { createLog } from './log.ts';
import { makeSource } from './models/index.ts';
import { type ScriptedProvider, startProvider } from './models/testing/scripted-provider.ts';
import { type RunningServer, startServer } from './server.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const kinds: readonly ApiKind[] = ['openai', 'anthropic', 'openai-compatible', 'ollama'];
/** Sources are told apart by their path. */
const baseUrlOf = (kind: ApiKind) => {
  const origin = provider.baseUrl.replace(/\/v1$/, '');
  return kind === 'ollama' ? origin : `${origin}/for/${kind}/v1`;
};

let provider: ScriptedProvider;
let server: RunningServer;
let folder: string;
const logged: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-one-'));
  provider = await startProvider();
  const sources = kinds.map((kind) => makeSource(kind, { baseUrl: baseUrlOf(kind), key: 'sk-hush' }));
  server = await startServer(
    {
      ...{ host: '127.0.0.1', port: 0, data: folder, log: 'error' },
      ...{ demoModes: false, localModels: false, agents: false, agentRoots: [], titles: true },
    },
    { log: createLog({ write: (line) => logged.push(line) }), sources },
  );
});
afterAll(async () => {
  await server.close();
  await provider.stop();
  await rm(folder, { recursive: true });
});

async function command(name: string, input: object): Promise<void> {
  const response = await fetch(`${server.url}/api/commands/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  expect(await response.json()).not.toHaveProperty('code');
}

async function read<T>(stream: string): Promise<readonly T[]> {
  const response = await fetch(`${server.url}/v1/stream/${stream}`);
  return response.ok ? ((await response.json()) as T[]) : [];
}

/** Prompt, question, thoughts and words; a second question; a tool. Every message once the last reply is in its branch. */
async function converse(kind: ApiKind): Promise<readonly Message[]> {
  const conversation = `with-${kind}`;
  const source = await sourceOf(kind);
  const branch = branchStream(conversation, 'prompt-1');
  await command('create', { conversation });
  await command('system', { conversation, message: 'prompt-1', after: null, text: 'Be brief.' });
  let parent = 'prompt-1';
  for (const [index, id] of ['titled', 'reasoning', 'tools', 'length'].entries()) {
    const [message, reply] = [`said-${kind}-${index}`, `reply-${kind}-${index}`];
    await command('send', {
      ...{
        conversation,
        message,
        parent,
        text: `What does the fox do (${index})?`,
        reply,
      },
      model: { source, id },
    });
    parent = reply;
    const isThere = async () => (await read<Message>(branch)).some((item) => item.id === reply);
    await expect.poll(isThere, { timeout: 10_000 }).toBe(true);
  }
  return read<Message>(branch);
}

async function sourceOf(kind: ApiKind): Promise<string> {
  const response = await fetch(`${server.url}/api/models`);
  const { sources } = (await response.json()) as { sources: { id: string; kind: string }[] };
  return sources.find((source) => source.kind === kind)?.id ?? '';
}

/** Neighbours of one kind as one, and what differs by nature left out: who spoke, when, and ids. */
function gist({ role, parts, finish, usage }: Message) {
  return {
    ...{ role, reason: finish?.reason, length: finish?.length, failure: finish?.failure?.code },
    said: parts.map((part) =>
      part.kind === 'tool' ? { tool: part.name, input: JSON.parse(part.input) } : 'text' in part && part.text,
    ),
    counted: usage && usage.input !== undefined && usage.output !== undefined,
    timed: role !== 'assistant' || (finish?.firstWord ?? -1) >= 0,
  };
}

test('every provider gives the same conversation, and a title for it', async () => {
  const [first, ...others] = await Promise.all(kinds.map(converse));
  expect(first?.map(gist)).toMatchObject([
    { role: 'system', said: ['Be brief.'] },
    { role: 'user' },
    { said: [expect.stringContaining('日本語')], reason: 'complete', counted: true, timed: true },
    { role: 'user' },
    { said: ['First I think about it. ', expect.stringContaining('🦊')] },
    { role: 'user' },
    {
      said: ['Let me look. ', { tool: 'look', input: { at: 'moon' } }],
      reason: 'failed',
      failure: 'no-tool',
    },
    { role: 'user' },
    { reason: 'complete', length: true },
  ]);
  for (const other of others) expect(other.map(gist)).toEqual(first?.map(gist));
  const titles = async () => {
    const list = foldConversations(noConversations, await read<ConversationPatch>(CONVERSATIONS));
    return kinds.map((kind) => list.get(`with-${kind}`)?.header.title);
  };
  await expect.poll(titles).toEqual(kinds.map(() => ({ text: 'The fox and the dog', by: 'model' })));
  expect(logged.join()).not.toContain('hush');
});
