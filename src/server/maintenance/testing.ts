/** For tests: real data folders, with conversations said by the real service in them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { parseStream } from '../../protocol/index.ts';
import { newestFolds } from '../conversations/simulation/truth.ts';
import { bench, id, MODEL } from '../conversations/testing.ts';
import { openEmbeddedEngine } from '../engine/embedded/index.ts';
import { type Engine, readAll, START } from '../engine/index.ts';
import { createFileStore } from '../files/index.ts';
import { PNG, utf8 } from '../files/testing.ts';
import type { CommandContext, ExitCode } from './command-context.ts';
import { runCommand } from './commands.ts';

/** Temporary folders of the tests of a file, removed after each. */
export function tempFolders(): () => Promise<string> {
  const made: string[] = [];
  afterEach(async () => {
    for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
  });
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bough-maintenance-'));
    made.push(folder);
    return folder;
  };
}

export interface Talk extends ReturnType<typeof talkWith> {}

type Bench = ReturnType<typeof bench>;

/** Things said in one conversation; replies are called `r` and the message they answer. */
function talkWith({ service, runner }: Bench) {
  return {
    service,
    runner,
    create: (conversation: string) => service.execute('create', { conversation }),
    async send(conversation: string, name: string, parent: string | null, hashes: readonly string[] = []) {
      await service.execute('send', {
        ...{ conversation, message: id(name), parent: parent && id(parent), reply: id(`r${name}`) },
        ...{ text: `says ${name}`, model: MODEL },
        ...(hashes.length > 0 && { files: hashes.map((hash) => ({ hash, name: `${name}.png` })) }),
      });
    },
    async answer(name: string, text = `answers ${name}`) {
      await runner.say(id(`r${name}`), text);
      await runner.end(id(`r${name}`));
    },
  };
}

/** A data folder in which `say` is said; the service is gone when it resolves, as after a kill if `say` leaves replies open. */
export async function folderWith(
  data: string,
  say: (talk: Talk, hash: string, engine: Engine) => Promise<void>,
  options: { readonly segmentItems?: number; readonly forkDepth?: number } = {},
): Promise<void> {
  const engine = await openEmbeddedEngine(data);
  try {
    const files = createFileStore(join(data, 'files'));
    const made = bench({ engine, files, ...options });
    await made.service.start();
    await say(talkWith(made), (await files.add([PNG])).hash, engine);
    await made.service.shutdown();
  } finally {
    await engine.shutdown();
  }
}

export const KYOTO = id('kyoto');
export const OSAKA = id('osaka');
/** The folder of conversations that KYOTO is in. */
export const JOURNEYS = id('journeys');

/** Says in Kyoto, below what is usual, a document as text with the document it was made of. Answers the hash of that. */
export async function withOriginal({ service }: Talk, data: string): Promise<string> {
  const files = createFileStore(join(data, 'files'));
  const text = await files.add([utf8('Trains leave at nine.')]);
  const pdf = await files.add([PDF], 'original');
  await service.execute('send', {
    ...{ conversation: KYOTO, message: id('read'), parent: id('ra'), reply: id('rread') },
    ...{ text: 'Read this', model: MODEL },
    files: [{ hash: text.hash, name: 'trains.pdf.txt', original: { hash: pdf.hash, name: 'trains.pdf' } }],
  });
  return pdf.hash;
}

export const PDF: Uint8Array = utf8('%PDF-1.4 \0 trains');

/** Two conversations: one with a fork, a version, marks, a title, a file; one with a reply that is still written. */
export async function usual(talk: Talk, hash: string): Promise<void> {
  const { service } = talk;
  await talk.create(KYOTO);
  await talk.send(KYOTO, 'a', null, [hash]);
  await talk.answer('a');
  await talk.send(KYOTO, 'b', 'ra');
  await talk.answer('b');
  await talk.send(KYOTO, 'c', 'ra');
  await talk.answer('c');
  const version = { conversation: KYOTO, of: id('b'), message: id('d'), text: 'other words' };
  await service.execute('edit', { ...version, reply: id('rd'), model: MODEL });
  await talk.answer('d');
  const marks = [{ message: id('c'), star: true, label: 'South' }];
  await service.execute('mark', { conversation: KYOTO, marks });
  await service.execute('rename', { conversation: KYOTO, title: 'Kyoto' });
  await service.execute('chat-folder', { folder: JOURNEYS, name: 'Journeys' });
  await service.execute('arrange', { conversations: [KYOTO], filed: JOURNEYS, pinned: true });
  await service.execute('view', { conversation: KYOTO, at: null, leaf: id('rd') });
  await talk.create(OSAKA);
  await talk.send(OSAKA, 'e', null);
  await talk.runner.say(id('re'), 'It begins');
}

export interface Said {
  readonly code: ExitCode;
  readonly text: string;
}

/** Runs a command on a data folder whose database is sound. */
export function command(data: string, ...args: string[]): Promise<Said> {
  return commandWith({ checkSound: async () => {} }, data, args);
}

export async function commandWith(
  { checkSound }: Pick<CommandContext, 'checkSound'>,
  data: string,
  args: readonly string[],
): Promise<Said> {
  const lines: string[] = [];
  const around: CommandContext = {
    settings: { data },
    tokens: {},
    version: '0.0.0',
    cwd: tmpdir(),
    now: () => new Date(),
    checkSound,
    say: (line) => lines.push(line),
    progress: () => {},
  };
  const code = await runCommand(args, around);
  return { code, text: lines.join('\n') };
}

/** Every stream from its start, as a page reads it. Logs of replies go by themselves. */
export async function readEverything(engine: Engine): Promise<void> {
  const names: string[] = [];
  for await (const name of engine.list('')) if (parseStream(name)?.kind !== 'reply') names.push(name);
  for (const name of names) await readAll(engine, name, START);
}

/** Goes on from every message: a person after a reply, a reply after a person, at tips and where it forks. */
export async function goOn({ service, runner }: Talk, engine: Engine): Promise<void> {
  for (const conversation of [KYOTO, OSAKA]) {
    const { tree } = await newestFolds({ memory: engine }, conversation);
    for (const [at, { id: parent, role }] of [...tree.messages.values()].entries()) {
      const [message, reply] = [id(`xn${at}`), id(`xa${at}`)];
      const asked = { conversation, parent, reply, model: MODEL };
      if (role === 'user') await service.execute('regenerate', asked);
      else await service.execute('send', { ...asked, message, text: 'and then?' });
      const generation = (await newestFolds({ memory: engine }, conversation)).tree.generations.get(reply);
      expect(generation, `asked under ${parent}`).toBeDefined();
      if (generation) expect((await runner.home.context(conversation, generation)).length).toBeGreaterThan(0);
      await runner.say(reply, 'it goes on');
      await runner.end(reply);
    }
  }
}
