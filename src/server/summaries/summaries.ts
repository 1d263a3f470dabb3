/** Summaries by a model, read out as they are written (docs/protocol.md, "Summaries"). Nothing is stored: who wants one says it. */
import { type Message, Refusal, VERSION } from '../../protocol/index.ts';
import type { SummaryLine, SummaryRequest } from '../../protocol/requests/summaries.ts';
import type { ModelRef, Usage } from '../../tree/index.ts';
import { type ModelName, type ModelSource, ProviderFailure } from '../models/port.ts';
import { type Measure, measureFor, partsOf, questionFor } from './transcript.ts';

export interface SummariesOptions {
  readonly home: {
    /** What a summary after `after` would stand for, as a model reads it. Throws Refusal. */
    covered(wanted: Omit<SummaryRequest, 'model'>): Promise<readonly Message[]>;
  };
  readonly models: {
    source(ref: ModelRef): ModelSource | undefined;
    describe(ref: ModelRef): Promise<ModelName | null>;
  };
  /** Called with unexpected errors. */
  readonly trouble: (error: unknown) => void;
}

export interface Summaries {
  /**
   * Lines as the model writes; ends with `done` or `failed`. Aborting ends the request at the provider too, and the lines.
   * Throws Refusal before the first of them.
   */
  write(request: SummaryRequest, signal: AbortSignal): Promise<AsyncGenerator<SummaryLine, void>>;
}

export function createSummaries({ home, models, trouble }: SummariesOptions): Summaries {
  return {
    async write({ model, ...wanted }, signal) {
      const [source, named] = [models.source(model), await models.describe(model)];
      if (!source || !named) throw noModel();
      if (named.demo) throw noDemo();
      const measure = measureFor(named.window);
      if (!measure) throw tooSmall(named.name);
      const parts = partsOf(await home.covered(wanted), measure.room);
      if (parts.length === 0) throw nothingSaid();
      const window = named.window === undefined ? {} : { window: named.window };
      return lines({ source, model, parts, measure, signal, trouble, ...window });
    },
  };
}

interface Writing {
  readonly source: ModelSource;
  readonly model: ModelRef;
  readonly parts: readonly string[];
  readonly measure: Measure;
  readonly window?: number;
  readonly signal: AbortSignal;
  readonly trouble: (error: unknown) => void;
}

async function* lines(writing: Writing): AsyncGenerator<SummaryLine, void> {
  const { parts, signal, trouble } = writing;
  const took = new Took();
  let before = '';
  try {
    for (const [index, part] of parts.entries()) {
      const place = { kind: 'part', n: index + 1, of: parts.length } as const;
      yield place;
      let said = '';
      for await (const event of answer(writing, part, before)) {
        if (signal.aborted) return;
        if (event.kind === 'finish') took.add(event.usage);
        if (event.kind === 'recast') {
          said = '';
          yield place;
        }
        if (event.kind !== 'text') continue;
        said += event.text;
        yield { kind: 'text', text: event.text };
      }
      if (signal.aborted) return;
      if (said.trim() === '') return yield EMPTY;
      before = said.trim();
    }
    yield { kind: 'done', ...(took.usage && { usage: took.usage }) };
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof ProviderFailure)) trouble(error);
    const { code, sentence } = error instanceof ProviderFailure ? error.failure : UNEXPECTED;
    yield { kind: 'failed', code, sentence };
  }
}

function answer({ source, model, measure, window, signal }: Writing, part: string, before: string) {
  const text = questionFor(part, { words: measure.words, before });
  return source.stream({
    ...{ model, messages: [asMessage(text)], signal, think: false },
    ...(window !== undefined && { window }),
  });
}

function asMessage(text: string): Message {
  return {
    ...{ v: VERSION, kind: 'message', id: 'summary-question', parent: null, role: 'user' },
    ...{ author: { kind: 'user' }, parts: [{ kind: 'text', text }], origin: { kind: 'send' }, time: 0 },
  };
}

/** What all parts took; not known where one did not say. */
class Took {
  #sum: Usage | undefined = {};

  get usage(): Usage | undefined {
    return this.#sum && Object.keys(this.#sum).length > 0 ? this.#sum : undefined;
  }

  add(usage: Usage | undefined): void {
    if (!usage || !this.#sum) this.#sum = undefined;
    else {
      const sum: { -readonly [K in keyof Usage]: Usage[K] } = { ...this.#sum };
      for (const name of ['input', 'output', 'reasoning', 'cached'] as const)
        if (usage[name] !== undefined) sum[name] = (sum[name] ?? 0) + usage[name];
      this.#sum = sum;
    }
  }
}

const EMPTY: SummaryLine = {
  kind: 'failed',
  code: 'empty',
  sentence: 'The model wrote nothing. Try again, choose another model, or write the summary yourself.',
};
const UNEXPECTED = {
  code: 'internal',
  sentence: 'Something unexpected went wrong. The log of the server says what.',
};

const noModel = () =>
  new Refusal(422, 'unknown-model', 'This model cannot write a summary here. Choose another one.');
const noDemo = () =>
  new Refusal(
    422,
    'unknown-model',
    'The demo is no AI and cannot summarise. Choose a model, or write the summary yourself.',
  );
const tooSmall = (name: string) =>
  new Refusal(
    422,
    'context-too-large',
    `${name} reads too little to summarise. Choose another model, or write the summary yourself.`,
  );
const nothingSaid = () =>
  new Refusal(400, 'bad-request', 'There are no words to summarise there. Keep fewer turns word for word.');
