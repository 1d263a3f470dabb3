/** A conversation in which everything is done that writes another kind of item, and what is stored of it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ogg, wav } from '../../protocol/files/testing-audio.ts';
import {
  branchStream,
  CONVERSATIONS,
  type CommandInput,
  type CommandName,
  FILES_PATH,
  type FileRef,
  ORIGINAL_QUERY,
  offersStream,
  outlineStream,
  Refusal,
  readOutline,
  replyStream,
  storedFileSchema,
} from '../../protocol/index.ts';
import { emptyTree, foldOutline, type Tree } from '../../tree/index.ts';
import { START, StreamMissing } from '../engine/index.ts';
import { PNG, utf8 } from '../files/testing.ts';
import { readsAt, serversAt } from './over-http.ts';

export interface Held {
  readonly conversation: string;
  /** Words of people, by message. */
  readonly said: ReadonlyMap<string, string>;
  /** Replies that were asked for. */
  readonly replies: readonly string[];
  /** The message its longest line ends with. */
  readonly tip: string;
  /** The folder of the list it is in; absent where a version has none. */
  readonly chatFolder?: string | undefined;
}

const model = (id: string) => ({ source: 'demo', id });
const PATIENCE = 60_000;

/**
 * Says it at a server with the demo's modes. Resolves when every reply has ended.
 * @param folder a repository; the server knows the scripted agent (src/server/agents/testing), which works there. Default: it does not, and is not asked
 */
export async function holdConversation(url: string, folder?: string): Promise<Held> {
  const conversation = randomUUID();
  const said = new Map<string, string>();
  const replies: string[] = [];
  const server = serversAt(() => url).any();
  const execute = <N extends CommandName>(name: N, input: Omit<CommandInput<N>, 'conversation'>) =>
    server.execute(name, { conversation, ...input } as CommandInput<N>);
  const asks = async (mode: string, parent: string | null): Promise<string> => {
    const [message, reply, text] = [randomUUID(), randomUUID(), `A question for ${mode}`];
    await execute('send', { message, reply, parent, text, model: model(mode) });
    said.set(message, text);
    replies.push(reply);
    await ended(url, conversation, reply);
    return (await treeAt(url, conversation)).messages.has(reply) ? reply : message;
  };
  await execute('create', {});
  const first = await asks('demo', null);
  const tools = await asks('tools', await asks('reasoning', first));
  await asks('fail', tools);
  const fork = await asks('demo', first);
  const [question] = said.keys() as unknown as [string];
  const again = randomUUID();
  await execute('regenerate', { parent: question, reply: again, model: model('tools') });
  replies.push(again);
  await ended(url, conversation, again);
  const edited = randomUUID();
  await execute('edit', { of: question, message: edited, text: 'Said otherwise' });
  said.set(edited, 'Said otherwise');
  await execute('mark', { marks: [{ message: fork, star: true, label: 'Two', colour: 'blue' }] });
  await execute('rename', { title: 'Every kind' });
  await execute('settings', { temperature: 0.5 });
  if (folder !== undefined) {
    const agent = new WithAgent({ url, conversation, folder, execute });
    let after = first;
    for (const [text, option, values] of AGENT_TURNS) {
      const { message, reply } = await agent.asks(text, after, option, values);
      said.set(message, text);
      replies.push(reply);
      after = reply;
    }
    // Two ways from one place, in a repository: the second has a copy of its own.
    await execute('settings', { copies: true });
    for (const text of ['put one.txt a|b', 'put two.txt c']) {
      const { message, reply } = await agent.asks(text, after);
      said.set(message, text);
      replies.push(reply);
    }
  }
  replies.push(...(await forks({ url, conversation, execute }, first)));
  for (const [message, text] of await joins(url, conversation, question)) said.set(message, text);
  const attached = await attaches({ url, conversation, execute }, first);
  for (const [message, text] of attached) said.set(message, text);
  const tip = await asks('demo', tools);
  const chatFolder = await filed({ url, conversation, execute }, server);
  return { conversation, said, replies, tip, ...(chatFolder !== undefined && { chatFolder }) };
}

/** What an agent is asked, and what it is answered. */
const AGENT_TURNS: readonly (readonly [
  text: string,
  option?: string,
  values?: Record<string, string | string[]>,
])[] = [
  ['work'],
  ['permission', 'o0'],
  ['form', 'send', { name: 'Oak', channel: 'beta', systems: ['mac'] }],
  ['open', 'open'],
];

interface AgentTurns {
  readonly url: string;
  readonly conversation: string;
  readonly folder: string;
  execute<N extends CommandName>(name: N, input: Omit<CommandInput<N>, 'conversation'>): Promise<unknown>;
}

class WithAgent {
  readonly #at: AgentTurns;

  constructor(at: AgentTurns) {
    this.#at = at;
  }

  async asks(text: string, parent: string, option?: string, values?: Record<string, string | string[]>) {
    const { url, conversation, folder, execute } = this.#at;
    const [message, reply] = [randomUUID(), randomUUID()];
    const asked = { message, reply, parent, text, model: { source: 'agents', id: 'Scripted' }, folder };
    // The first of them follows a reply of the demo.
    await execute('send', { ...asked, ...(text === 'work' && { anew: true }) });
    if (option !== undefined) {
      await logged(url, conversation, reply, '"question"');
      await execute('answer', { reply, question: 'q1', option, ...(values && { values }) });
    }
    await ended(url, conversation, reply);
    return { message, reply };
  }
}

/**
 * Every kind of fork from a reply: a quote, asides, one of them kept, what goes on from its words, several at once, a summary and what
 * follows it. Answers the replies asked for; none where a version does not take these yet.
 */
async function forks(
  { url, conversation, execute }: Omit<AgentTurns, 'folder'>,
  from: string,
): Promise<readonly string[]> {
  const replies: string[] = [];
  const asks = async (parent: string, more: object = {}): Promise<string> => {
    const [message, reply] = [randomUUID(), randomUUID()];
    await execute('send', { message, reply, parent, text: 'A fork', model: model('demo'), ...more });
    await over(reply);
    return message;
  };
  const over = async (...ids: readonly string[]) => {
    replies.push(...ids);
    for (const id of ids) await ended(url, conversation, id);
  };
  const quote = { of: { conversation, message: from }, author: { kind: 'user' as const }, text: 'Words' };
  try {
    await asks(from, { quotes: [quote, { ...quote, summary: true }] });
  } catch (error) {
    if (error instanceof Refusal && error.status === 400) return [];
    throw error;
  }
  const [kept, question] = [await asks(from, { origin: 'aside' }), await asks(from)];
  await asks(from, { origin: 'aside' });
  await execute('mark', { marks: [{ message: kept, kept: true }] });
  const { children, messages } = await treeAt(url, conversation);
  const [reply = ''] = children.get(question) ?? [];
  const [text = ''] = messages.get(reply)?.preview.split(' ') ?? [];
  const [begun, told, one, two] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const again = { parent: question, model: model('demo') };
  await execute('regenerate', { ...again, reply: begun, begin: { of: reply, text } });
  await execute('regenerate', { ...again, reply: told, instruction: 'Shorter' });
  await execute('regenerate', {
    parent: question,
    replies: [one, two].map((id) => ({ id, model: model('demo') })),
  });
  await over(begun, told, one, two);
  const summary = randomUUID();
  await execute('summarise', { message: summary, after: reply, text: 'What was said so far.', keep: 1 });
  await asks(summary);
  return replies;
}

/** Files of each kind, and what two of them were made of; of these none where a version does not know originals. Answers what was said. */
async function attaches(
  { url, conversation, execute }: Omit<AgentTurns, 'folder'>,
  parent: string,
): Promise<ReadonlyMap<string, string>> {
  const text = 'Look, read and listen';
  const messages = new Map<string, string>();
  const say = async (files: FileRef[]) => {
    const [message, reply] = [randomUUID(), randomUUID()];
    await execute('send', { message, reply, parent, text, model: model('demo'), files });
    messages.set(message, text);
    await ended(url, conversation, reply);
  };
  const put = async (name: string, content: Uint8Array, as = '') => {
    const answer = await fetch(`${url}${FILES_PATH}${as}`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/octet-stream' } },
      body: content as BodyInit,
    });
    return answer.ok ? { name, hash: storedFileSchema.parse(await answer.json()).hash } : undefined;
  };
  const picture = await put('oak.png', PNG);
  const words = await put('rings.pdf.txt', utf8('One ring a year'));
  if (!picture || !words) throw new Error('a picture and a text are not taken');
  await say([picture, words]);
  const pdf = await put('rings.pdf', utf8('%PDF-1.4 \0'), ORIGINAL_QUERY);
  const heard = await put('wind.wav', wav(2));
  const recorded = await put('wind.ogg', ogg(2), ORIGINAL_QUERY);
  if (pdf)
    await say([
      { ...words, original: pdf },
      ...(heard && recorded ? [{ ...heard, original: recorded }] : []),
    ]);
  return messages;
}

/** Puts it into a folder of the list, pinned, and lets it make room by summaries; undefined where a version knows none of that. */
async function filed(
  { conversation, execute }: Omit<AgentTurns, 'folder'>,
  server: ReturnType<ReturnType<typeof serversAt>['any']>,
): Promise<string | undefined> {
  const [folder, gone] = [randomUUID(), randomUUID()];
  try {
    await execute('settings', { overflow: 'summarise' });
    for (const [id, name] of [
      [folder, 'Trees'],
      [gone, 'Shrubs'],
    ] as const)
      await server.execute('chat-folder', { folder: id, name });
    await server.execute('chat-folder', { folder: gone, removed: true });
    await server.execute('arrange', { conversations: [conversation], filed: folder, pinned: true });
    return folder;
  } catch (error) {
    if (error instanceof Refusal && [400, 404].includes(error.status)) return undefined;
    throw error;
  }
}

async function logged(url: string, conversation: string, reply: string, words: string): Promise<void> {
  for (const began = Date.now(); Date.now() - began < PATIENCE; await sleep(100)) {
    const items = await itemsAt(url, replyStream(conversation, reply));
    if (JSON.stringify(items).includes(words)) return;
  }
  throw new Error(`the reply ${reply} does not ask`);
}

/** Somebody from outside forks a branch and says two things in it; none where a version does not take that yet. */
async function joins(
  url: string,
  conversation: string,
  source: string,
): Promise<ReadonlyMap<string, string>> {
  const [branch, second] = [randomUUID(), randomUUID()];
  const at = (name: string) => `/v1/stream/${branchStream(conversation, name)}`;
  const made = await fetch(url + at(branch), {
    method: 'PUT',
    headers: { 'stream-forked-from': at(source) },
  });
  if (made.status === 405) return new Map();
  const said = new Map([
    [branch, 'Said from outside'],
    [second, 'And said again'],
  ]);
  const items = [...said].map(([id, content]) => ({ role: 'user', id, content }));
  const posted = await fetch(url + at(branch), {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', 'stream-seq': '1' },
      ...{ 'producer-id': 'outside', 'producer-epoch': '0', 'producer-seq': '0' },
    },
    body: JSON.stringify(items),
  });
  if (!posted.ok) throw new Error(await posted.text());
  return said;
}

export async function treeAt(url: string, conversation: string): Promise<Tree> {
  return foldOutline(emptyTree, readOutline(await itemsAt(url, outlineStream(conversation))));
}

/** Rejects after a minute. */
export async function ended(url: string, conversation: string, reply: string): Promise<void> {
  for (const began = Date.now(); Date.now() - began < PATIENCE; await sleep(200)) {
    if ((await treeAt(url, conversation)).generations.get(reply)?.end) return;
  }
  throw new Error(`the reply ${reply} does not end`);
}

/** Every stream of the conversation as it is stored; of the list what it says of this one. */
export async function streamsOf(
  url: string,
  { conversation, replies, chatFolder }: Held,
): Promise<Record<string, unknown[]>> {
  const tree = await treeAt(url, conversation);
  const names = [
    outlineStream(conversation),
    offersStream(conversation),
    ...[...tree.branches.keys()].map((branch) => branchStream(conversation, branch)),
    ...replies.map((reply) => replyStream(conversation, reply)),
  ];
  const streams: Record<string, unknown[]> = {};
  const list = (await itemsAt(url, CONVERSATIONS)) as { id?: unknown; kind?: unknown }[];
  streams[CONVERSATIONS] = list.filter(({ id, kind }) =>
    chatFolder === undefined ? id === conversation : id === conversation || kind === 'chat-folder',
  );
  for (const name of names) streams[name] = await itemsAt(url, name);
  return streams;
}

async function itemsAt(url: string, stream: string): Promise<unknown[]> {
  const { read } = readsAt(() => url);
  const all: unknown[] = [];
  try {
    for (let at = START; ; ) {
      const { items, next, upToDate, closed } = await read(stream, at);
      all.push(...items);
      if (upToDate || closed || items.length === 0) return all;
      at = next;
    }
  } catch (error) {
    if (error instanceof StreamMissing) return all;
    throw error;
  }
}
