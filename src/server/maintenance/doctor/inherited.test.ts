/** What forks inherited is taken away in different ways: the doctor makes every branch readable again, and says what is lost. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import {
  branchStream,
  CONVERSATIONS,
  type Message,
  outlineStream,
  readMessages,
  replyStream,
  textOf,
} from '../../../protocol/index.ts';
import { newestFolds } from '../../conversations/simulation/truth.ts';
import { id } from '../../conversations/testing.ts';
import { openEmbeddedEngine } from '../../engine/embedded/index.ts';
import { logOf } from '../../engine/embedded/testing.ts';
import { type Engine, readAll, START } from '../../engine/index.ts';
import {
  command,
  folderWith,
  goOn,
  KYOTO,
  readEverything,
  type Talk,
  tempFolders,
  usual,
} from '../testing.ts';

vi.setConfig({ testTimeout: 60_000 });

const folderOf = tempFolders();
const ROOT = branchStream(KYOTO, id('a'));

interface Folder {
  readonly data: string;
  /** The path of a stream's log. */
  readonly log: (stream: string) => string;
  readonly change: (stream: string, how: (bytes: Buffer) => Buffer) => Promise<void>;
  readonly engine: (work: (engine: Engine) => Promise<unknown>) => Promise<void>;
}

function folderAt(data: string): Folder {
  const log = (stream: string): string => logOf(join(data, 'engine'), stream);
  return {
    data,
    log,
    change: async (stream, how) => writeFile(log(stream), how(await readFile(log(stream)))),
    engine: async (work) => {
      const engine = await openEmbeddedEngine(data);
      await work(engine).finally(() => engine.shutdown());
    },
  };
}

/** Said until everything is in branches alone: no log of a reply holds it too. */
async function settled(talk: Talk, hash: string, engine: Engine): Promise<void> {
  await usual(talk, hash);
  for (const name of ['ra', 'rb', 'rc', 'rd']) await engine.delete(replyStream(KYOTO, id(name)));
}

/** Where an append ends. */
const endOf = (bytes: Buffer, words: string): number => bytes.indexOf('\n', bytes.indexOf(words)) + 1;

interface Case {
  readonly options?: { readonly segmentItems: number };
  readonly damage: (folder: Folder) => Promise<unknown>;
  /** What the branch that begins with `c` says then, from its start. */
  readonly says: readonly (string | RegExp)[];
  readonly lost?: boolean;
}

/** The first had a picture too: nobody can tell that its words are all there were. */
const WHOLE = [/^says a/, 'answers a', 'says c', 'answers c'];
const UNKNOWN = /^\[What was said here, and perhaps before it, was damaged/;

const cases: Readonly<Record<string, Case>> = {
  'the log forks leave is gone': {
    damage: ({ log }) => rm(log(ROOT)),
    says: WHOLE,
    lost: true,
  },
  'its first message is cut out': {
    damage: ({ change }) => change(ROOT, (bytes) => bytes.subarray(endOf(bytes, 'says a'))),
    says: WHOLE,
    lost: true,
  },
  'a message in its middle is cut out': {
    damage: ({ change }) =>
      change(ROOT, (bytes) =>
        Buffer.concat([bytes.subarray(0, endOf(bytes, 'says a')), bytes.subarray(endOf(bytes, 'answers a'))]),
      ),
    says: WHOLE,
    lost: true,
  },
  'its stream was deleted': {
    damage: ({ engine }) => engine((to) => to.delete(ROOT)),
    says: WHOLE,
  },
  'the stream and its log are gone': {
    damage: async ({ engine, log }) => {
      await rm(log(ROOT));
      await engine((to) => to.delete(ROOT));
    },
    says: WHOLE,
    lost: true,
  },
  'something was put in before all': {
    damage: ({ change }) => change(ROOT, (bytes) => Buffer.concat([Buffer.from('xyz'), bytes])),
    says: WHOLE,
  },
  'its messages changed places': {
    damage: ({ change }) =>
      change(ROOT, (bytes) => {
        const cut = endOf(bytes, 'says a');
        return Buffer.concat([bytes.subarray(cut), bytes.subarray(0, cut)]);
      }),
    says: WHOLE,
  },
  'it is twice as long': {
    damage: ({ change }) => change(ROOT, (bytes) => Buffer.concat([bytes, bytes])),
    says: WHOLE,
  },
  'the log of another branch stands in its place': {
    damage: async ({ log }) => writeFile(log(ROOT), await readFile(log(branchStream(KYOTO, id('d'))))),
    says: WHOLE,
    lost: true,
  },
  'the log is gone, and the outline too': {
    damage: async ({ log, engine }) => {
      await rm(log(ROOT));
      await engine((to) => to.delete(outlineStream(KYOTO)));
    },
    says: [UNKNOWN, 'says c', 'answers c'],
    lost: true,
  },
  'the first parts of the outline and of the list are gone': {
    options: { segmentItems: 4 },
    damage: ({ engine }) =>
      engine(async (to) => {
        await to.delete(outlineStream(KYOTO));
        await to.delete(CONVERSATIONS);
      }),
    says: WHOLE,
  },
  'a part of the outline does not say where it goes on': {
    options: { segmentItems: 4 },
    damage: ({ change }) =>
      change(outlineStream(KYOTO), (bytes) => bytes.fill(0, bytes.lastIndexOf('"rolled"'))),
    says: WHOLE,
    lost: true,
  },
};

test.each(Object.entries(cases))('%s', async (_, { damage, says, lost = false, options = {} }) => {
  const data = join(await folderOf(), 'data');
  await folderWith(data, settled, options);
  await damage(folderAt(data));
  const { code, text } = await command(data, 'doctor', '--fix');
  expect(text).toContain(lost ? 'All that is left can be read.' : 'All is well.');
  expect(code).toBe(lost ? 1 : 0);
  expect(await command(data, 'doctor')).toMatchObject({ code: 0 });
  await folderWith(data, async (talk, __, engine) => {
    await talk.service.open(KYOTO);
    await readEverything(engine);
    const { tree } = await newestFolds({ memory: engine }, KYOTO);
    const { branch = '' } = tree.messages.get(id('rc')) ?? {};
    const { items } = await readAll(engine, branchStream(KYOTO, branch), START);
    const said = readMessages(items).map(({ parts }: Message) => textOf(parts));
    expect(said).toEqual(says.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))));
    await goOn(talk, engine);
  });
  const streams = await readdir(join(data, 'engine', 'streams'));
  expect(new Set(streams).size).toBe(streams.length);
});
