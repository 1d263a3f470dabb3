/** A person's own prompts and the default system prompt, in a file of the data folder (docs/protocol.md, "Prompts"). */
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { Refusal } from '../../protocol/index.ts';
import { compareNames } from '../../protocol/language.ts';
import {
  PROMPTS_LIMIT,
  type PromptCommand,
  type PromptInput,
  type Prompts,
  promptsSchema,
  type SavedPrompt,
} from '../../protocol/requests/prompts.ts';
import { writeOwnFile } from '../whole-file.ts';

export interface PromptStore {
  /** The system prompt new conversations begin with; empty: none. */
  system(): string;
  /** Answers all there is after it. Throws Refusal; then nothing was changed. */
  execute<N extends PromptCommand>(name: N, input: PromptInput<N>): Promise<Prompts>;
}

interface PromptStoreOptions {
  /** Path of the file. */
  readonly path: string;
  /** Told when the file cannot be read or written. */
  readonly trouble: (error: unknown) => void;
}

type PromptHandlers = { readonly [N in PromptCommand]: (kept: Prompts, input: PromptInput<N>) => Prompts };

/** What each makes of all there is; the same object where nothing changes. */
const handlers: PromptHandlers = {
  list: (kept) => kept,
  save: (kept, prompt) => {
    const others = kept.prompts.filter(({ id }) => id !== prompt.id);
    if (others.some(({ name }) => sameName(name, prompt.name))) throw refusals.taken(prompt.name);
    if (others.length >= PROMPTS_LIMIT) throw refusals.tooMany();
    return { ...kept, prompts: [...others, prompt].sort(byName) };
  },
  remove: (kept, { id }) =>
    kept.prompts.some((one) => one.id === id)
      ? { ...kept, prompts: kept.prompts.filter((one) => one.id !== id) }
      : kept,
  'set-system': (kept, { text }) => ({ ...kept, system: text.trim() === '' ? '' : text }),
};

const byName = (one: SavedPrompt, other: SavedPrompt): number => compareNames(one.name, other.name);
const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Reads the file; one that is broken is left as it is, and changes are refused until it is mended. */
export async function openPrompts({ path, trouble }: PromptStoreOptions): Promise<PromptStore> {
  let broken = false;
  let kept = await readPrompts(path).catch((error: unknown): Prompts => {
    broken = true;
    trouble(error);
    return NONE;
  });
  let queue: Promise<unknown> = Promise.resolve();

  const carryOut = async (make: (kept: Prompts) => Prompts): Promise<Prompts> => {
    const next = make(kept);
    if (next === kept) return kept;
    if (broken) throw refusals.unreadable();
    await writeOwnFile(path, `${JSON.stringify({ v: 1, ...next }, null, 2)}\n`).catch((error: unknown) => {
      trouble(error);
      throw refusals.notKept();
    });
    kept = next;
    return kept;
  };
  return {
    system: () => kept.system,
    /** One change at a time; in memory once it is on the disk. */
    execute(name, input) {
      const next = queue.then(() => carryOut((all) => handlers[name](all, input)));
      queue = next.catch(() => {});
      return next;
    },
  };
}

const NONE: Prompts = { prompts: [], system: '' };
const fileSchema = z.extend(promptsSchema, { v: z.literal(1) });

async function readPrompts(path: string): Promise<Prompts> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return NONE;
  try {
    const { prompts, system } = fileSchema.parse(JSON.parse(text));
    return { prompts: [...prompts].sort(byName), system };
  } catch {
    throw new Error(`${path} is not what Bough wrote: mend it or take it away.`);
  }
}

const refusals = {
  taken: (name: string) => new Refusal(409, 'id-taken', `There is a prompt called “${name}” already.`),
  tooMany: () =>
    new Refusal(400, 'bad-request', `At most ${PROMPTS_LIMIT} prompts are kept. Delete one first.`),
  unreadable: () =>
    new Refusal(
      500,
      'internal',
      'The file of prompts cannot be read, so nothing was changed. The log says more.',
    ),
  notKept: () =>
    new Refusal(500, 'internal', 'The prompts could not be written to the disk. Nothing was changed.'),
};
