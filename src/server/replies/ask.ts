/** Asks a counterpart and tells the machine what it says: every way it can end becomes one last event. */
import type { Generation } from '../../tree/index.ts';
import { contentsOf } from '../counterparts/context-files.ts';
import {
  type Context,
  type Counterpart,
  CounterpartFailure,
  type FileContent,
  type ReplyPlace,
} from '../counterparts/port.ts';
import type { ReplyHome } from './port.ts';
import { NO_CONTEXT, noSuchModel, UNEXPECTED } from './sentences.ts';
import type { Event } from './states.ts';

export interface Question {
  readonly conversation: string;
  readonly generation: Generation;
  readonly home: Pick<ReplyHome, 'context'>;
  readonly readFile: (hash: string) => Promise<FileContent | null>;
  readonly counterpart: (ref: Generation['model']) => Counterpart | undefined;
  readonly signal: AbortSignal;
  /** The counterpart sent something. */
  readonly alive: () => void;
  /** What failed unexpectedly; people are told that something did. */
  readonly onTrouble: (error: unknown) => void;
}

/** Never throws. The last event is `finish`, `turn-failed` or `turn-cut`; a counterpart that ignores the abort may never give it. */
export async function* ask(question: Question): AsyncGenerator<Event> {
  const { conversation, generation, signal, alive, onTrouble } = question;
  const counterpart = question.counterpart(generation.model);
  if (!counterpart) return yield { kind: 'turn-failed', failure: noSuchModel(generation.model.id) };
  const place: ReplyPlace = { conversation, generation, context: () => contextOf(question) };
  try {
    const session = await counterpart.open(place);
    if (signal.aborted) return;
    for await (const event of session.take({ signal, alive })) {
      yield event;
      if (event.kind === 'finish') return;
    }
    yield { kind: 'turn-cut' };
  } catch (error) {
    if (error instanceof CounterpartFailure) return yield { kind: 'turn-failed', failure: error.failure };
    if (!signal.aborted) onTrouble(error);
    yield { kind: 'turn-failed', failure: UNEXPECTED };
  }
}

async function contextOf({
  conversation,
  generation,
  home,
  readFile,
  onTrouble,
}: Question): Promise<Context> {
  try {
    const messages = await home.context(conversation, generation);
    return { messages, files: await contentsOf(messages, readFile) };
  } catch (error) {
    onTrouble(error);
    throw new CounterpartFailure(NO_CONTEXT, { cause: error });
  }
}
