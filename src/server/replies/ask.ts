/** Asks a model and tells the machine what it says: every way it can end becomes one last event. */
import type { Generation } from '../../tree/index.ts';
import { type FileContent, type ModelSource, ProviderFailure } from '../models/port.ts';
import { contentsOf } from './files.ts';
import type { ReplyHome } from './port.ts';
import { NO_CONTEXT, noSuchModel, UNEXPECTED } from './sentences.ts';
import type { Event } from './states.ts';

export interface Question {
  readonly conversation: string;
  readonly generation: Generation;
  readonly home: Pick<ReplyHome, 'context'>;
  readonly readFile: (hash: string) => Promise<FileContent | null>;
  readonly source: (ref: Generation['model']) => ModelSource | undefined;
  readonly signal: AbortSignal;
  /** The provider sent something. */
  readonly alive: () => void;
  /** What failed unexpectedly; people are told that something did. */
  readonly onTrouble: (error: unknown) => void;
}

/** Never throws. The last event is `finish`, `model-failed` or `model-cut`; a model that ignores the abort may never give it. */
export async function* ask(question: Question): AsyncGenerator<Event> {
  const { generation, signal, alive, onTrouble } = question;
  const { model, temperature, context } = generation;
  const source = question.source(model);
  if (!source) return yield { kind: 'model-failed', failure: noSuchModel(model.id) };
  const read = await contextOf(question);
  if (!read) return yield { kind: 'model-failed', failure: NO_CONTEXT };
  if (signal.aborted) return;
  try {
    const asking = {
      ...(temperature !== undefined && { temperature }),
      ...(context && { window: context.window }),
    };
    for await (const event of source.stream({ model, ...read, signal, alive, ...asking })) {
      yield event;
      if (event.kind === 'finish') return;
    }
    yield { kind: 'model-cut' };
  } catch (error) {
    if (error instanceof ProviderFailure) return yield { kind: 'model-failed', failure: error.failure };
    if (!signal.aborted) onTrouble(error);
    yield { kind: 'model-failed', failure: UNEXPECTED };
  }
}

async function contextOf({ conversation, generation, home, readFile, onTrouble }: Question) {
  try {
    const messages = await home.context(conversation, generation);
    return { messages, files: await contentsOf(messages, readFile) };
  } catch (error) {
    onTrouble(error);
    return null;
  }
}
