/** What whoever answers is given equals what the page shows as the context, for every kind of fork. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  branchStream,
  type CommandInput,
  type CommandName,
  type Message,
  plainOf,
  readMessages,
} from '../../protocol/index.ts';
import { isSummary, pathTo, readChain, type Tree } from '../../tree/index.ts';
import type { Counterpart } from '../counterparts/port.ts';
import { type Engine, readAll, START } from '../engine/index.ts';
import { MemoryEngine } from '../engine/testing/memory.ts';
import { createRunner, type ReplyRunner } from '../replies/index.ts';
import { type ConversationService, createConversations } from './index.ts';
import { CONVERSATION, id, MODEL, readTree } from './testing.ts';

interface Told {
  readonly messages: readonly Message[];
  readonly begun: string | undefined;
}

let engine: Engine;
let service: ConversationService;
let runner: ReplyRunner;
/** By reply. */
let told: Map<string, Told>;

/** It notes what it is given, and says who it is. */
const counterpart: Counterpart = {
  open: (place) => ({
    async *take() {
      const { messages } = await place.context();
      told.set(place.generation.id, { messages, begun: place.begun });
      yield { kind: 'text', text: `Answer ${place.generation.id}, at some length.` };
      yield { kind: 'finish' };
    },
  }),
};

beforeEach(async () => {
  engine = new MemoryEngine();
  told = new Map();
  service = createConversations({
    engine,
    models: { describe: () => ({ name: 'Model' }) },
    runner: (home) => {
      runner = createRunner({ home, counterpart: () => counterpart });
      return runner;
    },
  });
  await service.start();
  await service.execute('create', { conversation: CONVERSATION });
});

afterEach(async () => {
  await runner.shutdown();
  await service.shutdown();
});

/** Resolves when all replies it asked for stand in their branches. */
async function does<N extends CommandName>(
  name: N,
  input: Omit<CommandInput<N>, 'conversation'>,
): Promise<void> {
  await service.execute(name, { conversation: CONVERSATION, ...input } as never);
  for (;;) {
    const tree = await readTree(engine);
    if ([...tree.generations.values()].every(({ end }) => end !== undefined)) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

const asks = (reply: string) => ({ reply: id(reply), model: MODEL });
const says = (name: string, parent: string | null, more: object = {}) =>
  does('send', {
    ...{ message: id(name), parent: parent === null ? null : id(parent), text: `says ${name}` },
    ...{ ...asks(`r${name}`), ...more },
  });

async function everyKind(): Promise<void> {
  await does('system', { message: id('p'), after: null, text: 'Be brief.' });
  await says('a', 'p');
  await says('b', 'ra');
  await does('edit', { of: id('b'), message: id('b2'), text: 'says b otherwise', ...asks('rb2') });
  await does('regenerate', { parent: id('b'), ...asks('rb3') });
  await does('regenerate', {
    ...{ parent: id('b'), instruction: 'Shorter' },
    replies: ['rb4', 'rb5', 'rb6'].map((one) => ({ id: id(one), model: MODEL })),
  });
  await does('regenerate', { parent: id('b'), begin: { of: id('rb'), text: 'Answer ' }, ...asks('rb7') });
  await says('c', 'rb', { origin: 'fork' });
  await says('c2', 'rb', { origin: 'aside' });
  await says('c3', 'rc2');
  const quote = { of: { conversation: CONVERSATION, message: id('ra') }, author: { kind: 'user' as const } };
  await says('q', 'rb4', { quotes: [{ ...quote, text: 'Answer' }] });
  await says('d', 'rc');
  await does('summarise', { message: id('s'), after: id('rd'), text: 'So far.', keep: 1 });
  await says('e', 's');
  await does('system', { message: id('p2'), after: id('re'), text: 'Be long.' });
  await says('f', 'p2');
  await does('summarise', { message: id('t'), after: id('rf'), text: 'So far, and more.', keep: 2 });
  await says('g', 't');
  await does('regenerate', { parent: id('g'), ...asks('rg2') });
  // Above both summaries, and between them.
  await says('h', 'rc');
  await says('i', 're');
  await does('mark', { marks: [{ message: id('h'), pruned: true }] });
  await says('j', 'rh');
}

/** By what the page holds: headers of the path, and the text of those that are read. */
async function shown(tree: Tree, reply: string): Promise<readonly string[]> {
  const said = tree.messages.get(reply);
  const headers = pathTo(tree, said?.parent ?? null).flatMap((one) => tree.messages.get(one) ?? []);
  const { prompt, summary, kept, after } = readChain(headers);
  const read = [prompt, summary, ...kept, ...after].flatMap((header) => header ?? []);
  const { items } = await readAll(engine, branchStream(CONVERSATION, said?.branch ?? ''), START);
  const texts = new Map(readMessages(items).map((message) => [message.id, plainOf(message.parts).trim()]));
  return read.map((header) => `${isSummary(header) ? 'summary' : header.role}: ${texts.get(header.id)}`);
}

it('is the same for each reply, whatever kind of fork it stands on', async () => {
  await everyKind();
  const tree = await readTree(engine);
  const replies = [...tree.generations.values()];
  expect(replies.length).toBe(20);
  expect(told.size).toBe(replies.length);
  for (const { id: reply, origin } of replies) {
    const { messages, begun } = told.get(reply) as Told;
    const given = messages.map(
      (message) => `${isSummary(message) ? 'summary' : message.role}: ${plainOf(message.parts).trim()}`,
    );
    const wanted = [...(await shown(tree, reply))];
    // What the reply shows of how it was asked.
    if (origin.instruction) wanted.push(`${wanted.pop()}\n\n[For this answer: ${origin.instruction}]`);
    expect(given, reply).toEqual(wanted);
    expect(begun?.length, reply).toBe(origin.begun);
  }
});

it('is what the chain of its kind says', async () => {
  await everyKind();
  const idsOf = (reply: string) =>
    told.get(id(reply))?.messages.map((message) => message.id.replace(/-+$/, ''));
  expect(idsOf('rb2')).toEqual(['p', 'a', 'ra', 'b2']);
  expect(idsOf('rb7')).toEqual(['p', 'a', 'ra', 'b']);
  expect(idsOf('rc3')).toEqual(['p', 'a', 'ra', 'b', 'rb', 'c2', 'rc2', 'c3']);
  expect(idsOf('rd')).toEqual(['p', 'a', 'ra', 'b', 'rb', 'c', 'rc', 'd']);
  expect(idsOf('re')).toEqual(['p', 's', 'd', 'rd', 'e']);
  expect(idsOf('rf')).toEqual(['p2', 's', 'd', 'rd', 'e', 're', 'f']);
  expect(idsOf('rg2')).toEqual(['p2', 't', 'e', 're', 'f', 'rf', 'g']);
  expect(idsOf('rh')).toEqual(['p', 'a', 'ra', 'b', 'rb', 'c', 'rc', 'h']);
  expect(idsOf('ri')).toEqual(['p', 's', 'd', 'rd', 'e', 're', 'i']);
});
