/** Failures the machine and the runner find themselves; those of providers are made by the adapters. */
import type { Failure } from '../../tree/index.ts';

export const EMPTY: Failure = {
  code: 'empty',
  sentence: 'The model ended its answer without a word: it is empty. Try again, or choose another model.',
};

export const EMPTY_AT_LIMIT: Failure = {
  code: 'empty',
  sentence:
    'The model reached its length limit before the first word of an answer: it is empty. Try again, or choose another model.',
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
  sentence: `The model called the tool “${name}”, and there are no tools here, so its answer ends. Ask it to answer without tools, or choose another model.`,
});

export const CUT: Failure = {
  code: 'cut',
  sentence: 'The connection to the model broke before the answer was finished. Try again.',
};

export const STALLED: Failure = {
  code: 'stalled',
  sentence:
    'The model sent nothing for a minute, so the answer was ended. Try again, or choose another model.',
};

export const UNEXPECTED: Failure = {
  code: 'unexpected',
  sentence: 'Something went wrong in Bough while this answer was written. Try again.',
};

export const NO_CONTEXT: Failure = {
  code: 'no-context',
  sentence: 'The messages before this answer could not be read, so the model was not asked. Try again.',
};

export const noSuchModel = (id: string): Failure => ({
  code: 'unknown-model',
  sentence: `The model “${id}” is not available any more. Choose another one and try again.`,
});
