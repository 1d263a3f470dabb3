/** Asks a counterpart and tells the machine what it says: every way it can end becomes one last event. */
import { type FilePart, isImage, Refusal, type StoredFile } from '../../protocol/index.ts';
import type { Generation } from '../../tree/index.ts';
import { type ContextFiles, contentsOf } from '../counterparts/context-files.ts';
import {
  type Context,
  type Counterpart,
  CounterpartFailure,
  type FileContent,
  type ReplyPlace,
  type Session,
} from '../counterparts/port.ts';
import type { ReplyHome } from './port.ts';
import { NO_CONTEXT, noSuchModel, notRead, UNEXPECTED } from './sentences.ts';
import type { Event } from './states.ts';

export interface Question {
  readonly conversation: string;
  readonly generation: Generation;
  readonly home: Pick<
    ReplyHome,
    'context' | 'begun' | 'tree' | 'entitle' | 'offers' | 'offer' | 'heardOffers'
  >;
  readonly readFile: (hash: string) => Promise<FileContent | null>;
  readonly counterpart: (ref: Generation['model']) => Counterpart | undefined;
  readonly signal: AbortSignal;
  /** Stores a picture of an answer; what it throws is told to people in the answer. */
  readonly keepFile: (bytes: Uint8Array) => Promise<StoredFile>;
  /** The session that answers, before its turn begins. */
  readonly opened: (session: Session) => void;
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
  const missed = missedFiles();
  let read: ReturnType<typeof contextOf> | undefined;
  const readOnce = async () => {
    read ??= contextOf(question);
    const { missing, ...context } = await read;
    missed.add(missing);
    return context;
  };
  const place = (begun: string | undefined): ReplyPlace => ({
    ...{ conversation, generation },
    ...(begun !== undefined && { begun }),
    context: readOnce,
    tree: () => orNoContext(question, () => question.home.tree(conversation)),
    entitle: (title) => void question.home.entitle(conversation, title).catch(onTrouble),
    offers: () => orNoContext(question, () => question.home.offers(conversation)),
    offer: (offers) => void question.home.offer(conversation, offers).catch(onTrouble),
    heardOffers: (until) => question.home.heardOffers(conversation, until),
  });
  try {
    const begun = await orNoContext(question, () => question.home.begun(conversation, generation));
    if (signal.aborted) return;
    if (begun !== undefined) {
      // The files that are missing are told first: nothing may come between these words and what follows them.
      await readOnce();
      yield* missed.told();
      yield { kind: 'begun', text: begun };
    }
    const session = await counterpart.open(place(begun));
    if (signal.aborted) return;
    question.opened(session);
    for await (const said of session.take({ signal, alive })) {
      const event = said.kind === 'picture' ? await pictureFile(said.bytes, question) : said;
      if (event.kind !== 'finish') yield* missed.told();
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

/** The files that should have been read, told once, before the first word: where nothing is said there is no reply to tell it with. */
function missedFiles() {
  let waiting: readonly FilePart[] = [];
  let told = false;
  return {
    add: (missing: readonly FilePart[]) => {
      if (!told) waiting = missing;
    },
    *told(): Generator<Event> {
      if (told || waiting.length === 0) return;
      told = true;
      yield { kind: 'unread', sentence: notRead(waiting.map(({ name }) => name)) };
    },
  };
}

/** The picture as a file of the reply, or a sentence in its place. */
async function pictureFile(bytes: Uint8Array, { keepFile, onTrouble }: Question): Promise<Event> {
  const lost = (why: string): Event => ({
    kind: 'text',
    text: `\n\n[A picture came with the answer. ${why}]\n\n`,
  });
  try {
    const stored = await keepFile(bytes);
    if (!isImage(stored)) return lost('It is of no kind that can be shown.');
    const name = `picture.${stored.type.slice('image/'.length)}`;
    return { kind: 'file', file: { kind: 'file', name, ...stored } };
  } catch (error) {
    if (error instanceof Refusal) return lost(error.message);
    onTrouble(error);
    return lost('It could not be kept.');
  }
}

function contextOf(question: Question): Promise<Context & ContextFiles> {
  const { conversation, generation, home, readFile } = question;
  return orNoContext(question, async () => {
    const messages = await home.context(conversation, generation);
    return { messages, ...(await contentsOf(messages, readFile)) };
  });
}

async function orNoContext<T>({ onTrouble }: Question, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    onTrouble(error);
    throw new CounterpartFailure(NO_CONTEXT, { cause: error });
  }
}
