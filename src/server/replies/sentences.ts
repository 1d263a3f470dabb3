/** Failures the machine and the runner find themselves; those of providers are made by the adapters. */
import { numberText } from '../../protocol/language.ts';
import { REPLY_LIMIT } from '../../protocol/limits.ts';
import type { Failure } from '../../tree/index.ts';

export const EMPTY: Failure = {
  code: 'empty',
  sentence: 'The model gave an empty answer. Try again, or choose another model.',
};

export const EMPTY_AT_LIMIT: Failure = {
  code: 'empty',
  sentence:
    'The model reached its length limit before the first word of its answer. Try again, or choose another model.',
};

export const NOTHING_TO_ADD: Failure = {
  code: 'empty',
  sentence:
    'The model added nothing to what was there; perhaps it is complete. Try again, or choose another model.',
};

export const ONLY_THOUGHTS: Failure = {
  code: 'only-thoughts',
  sentence:
    'The model only thought and gave no answer. Read its thoughts and keep them as the answer, or try again.',
};

export const THOUGHT_TO_LIMIT: Failure = {
  code: 'only-thoughts',
  sentence:
    'The model thought until its length limit and gave no answer. Read its thoughts and keep them as the answer, or try again.',
};

export const noTool = (name: string): Failure => ({
  code: 'no-tool',
  sentence: `The model called the tool “${name}”, but there are no tools here, so its answer ended. Ask it to answer without tools, or choose another model.`,
});

const lengthText = numberText(REPLY_LIMIT);

export const TOO_LONG: Failure = {
  code: 'too-long',
  sentence: `The answer reached ${lengthText} characters, the most Bough writes in one, so Bough ended it. All of it so far is kept: go on in another message.`,
};

export const THOUGHT_TOO_LONG: Failure = {
  code: 'only-thoughts',
  sentence: `The model thought for ${lengthText} characters, the most Bough writes in one answer, and gave none. Read its thoughts and keep them as the answer, or choose another model.`,
};

export const CUT: Failure = {
  code: 'cut',
  sentence: 'The connection to the model broke before the answer was finished. Try again.',
};

export const STALLED: Failure = {
  code: 'stalled',
  sentence:
    'The model sent nothing for a minute, so Bough ended the answer. Try again, or choose another model.',
};

export const UNEXPECTED: Failure = {
  code: 'unexpected',
  sentence: 'Something went wrong in Bough while it wrote this answer. Try again.',
};

export const NO_CONTEXT: Failure = {
  code: 'no-context',
  sentence: 'Bough could not read the messages before this answer, so it did not ask the model. Try again.',
};

export const noSuchModel = (id: string): Failure => ({
  code: 'unknown-model',
  sentence: `The model “${id}” is not available any more. Choose another one and try again.`,
});

const NAMED = 3;

/** @param names of files, at least one, that could not be sent with the question */
export function notRead(names: readonly string[]): string {
  const quoted = names.slice(0, NAMED).map((name) => `“${name}”`);
  const more = names.length - quoted.length;
  const all = more > 0 ? [...quoted, `${more} more ${more === 1 ? 'file' : 'files'}`] : quoted;
  const list = all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : all[0];
  const [were, them] = all.length > 1 ? ['were', 'them'] : ['was', 'it'];
  return `${list} ${were} not on this computer, so the model did not read ${them}.`;
}
