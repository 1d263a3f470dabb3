/**
 * The counterpart port: what answers, whatever it is (decision 0105). Models are one kind of it (models.ts): sessions without
 * memory. What only some kinds can do is a further interface of their sessions, absent where they cannot.
 */

import type { Message, Part, QuestionPart } from '../../protocol/index.ts';
import type { FormValues } from '../../protocol/parts/question-fields.ts';
import type { Offer, OfferItem, Offers } from '../../protocol/streams/offers.ts';
import type { Failure, Generation, Tree, Usage } from '../../tree/index.ts';

/** What a counterpart says in a turn, in order. */
export type CounterpartEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  /** The text so far, this one, turned out to be thoughts. It was the first part, and the only one. */
  | { readonly kind: 'recast'; readonly text: string }
  /** Repeats with the same `call` as more of it is known; `input`, `output` are JSON text. */
  | {
      readonly kind: 'tool';
      readonly call: string;
      readonly name: string;
      readonly input: string;
      readonly output?: string;
      readonly error?: string;
    }
  /** The content of an image, whatever its type. */
  | { readonly kind: 'picture'; readonly bytes: Uint8Array }
  /** A part as it is now: the first of its `key` begins it, later ones replace it. */
  | { readonly kind: 'part'; readonly key: string; readonly part: Part }
  /** Asks a person; the turn may go on meanwhile. The answer comes to the session's `asks`. */
  | { readonly kind: 'question'; readonly question: OpenQuestion }
  /** A question is taken back, or was answered elsewhere. */
  | { readonly kind: 'withdrawn'; readonly question: string }
  /** The proper end; a turn that ends without it was cut. `length`: at the length limit. */
  | { readonly kind: 'finish'; readonly usage?: Usage; readonly length?: boolean };

/** What is asked, as the part of the reply that it becomes. Its id is unique in the reply. */
export type OpenQuestion = Omit<QuestionPart, 'kind' | 'answer'>;

/** The content of files by hash. */
export type FileContents = ReadonlyMap<string, FileContent>;

/** `type` is `text/plain`, then `bytes` is UTF-8, or an image's. */
export interface FileContent {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** All that was said up to the message to answer. */
export interface Context {
  /** `contextOf(...)`: from the root to the message to answer. */
  readonly messages: readonly Message[];
  /** What the files of `messages` hold, by hash. One that is not in it is named in words instead. */
  readonly files: FileContents;
}

/** Where in which conversation a reply is wanted. */
export interface ReplyPlace {
  readonly conversation: string;
  /** The reply: what it follows, who is asked, and how. */
  readonly generation: Generation;
  /** Words the reply begins with and goes on from; it says what follows them, and not these again. Default: none. */
  readonly begun?: string;
  /** Reads what was said before; a counterpart that remembers need not. @throws {CounterpartFailure} */
  context(): Promise<Context>;
  /** The conversation as it is indexed: where earlier replies stand. Throws `CounterpartFailure`. */
  tree(): Promise<Tree>;
  /** A title for the conversation; one by a person stays. Returns at once. */
  entitle?(title: string): void;
  /** What agents offer here, and what was chosen of it. Throws `CounterpartFailure`. */
  offers(): Promise<Offers>;
  /** What one offers now. Returns at once; told after the turn, too. */
  offer(offers: readonly Offer[]): void;
  /** What is said of offers at any server, from the first of it until `signal` aborts; nothing where there is one server. Never throws. */
  heardOffers(signal: AbortSignal): AsyncIterable<OfferItem>;
}

/** What answers. */
export interface Counterpart {
  /** The session that answers at `place`: a new one, or one that is there already. @throws {CounterpartFailure} */
  open(place: ReplyPlace): Promise<Session> | Session;
}

/** What a session is given to take a turn. */
export interface Turn {
  /** Aborting ends the turn at the provider too; the iteration then ends or throws, either is fine. */
  readonly signal: AbortSignal;
  /** Called when anything at all came, keep-alive comments too: it is slow, but not stalled. */
  readonly alive: () => void;
}

/** One turn at a time. */
export interface Session {
  /**
   * What it says, as it says it. Leaving the iteration early, or aborting `turn.signal`, ends the turn.
   * @throws {CounterpartFailure} whose failure holds a sentence for people
   */
  take(turn: Turn): AsyncIterable<CounterpartEvent>;
  /** It may ask people. Absent: it says no `question`. */
  readonly asks?: Asks;
  /** It ends a turn in its own words. Absent: it is cut off. */
  readonly cancels?: Cancels;
}

/** A session that asks people. */
interface Asks {
  /** Called once for each question that was asked in the turn and answered before it was withdrawn or the turn ended. */
  answer(question: string, option: string, values?: FormValues): void;
}

/** A session that can be told to stop and then still says what it did. */
interface Cancels {
  /**
   * Called at most once a turn. What is said from then on is still heard, until `finish` or the end of the iteration; after 10 s the
   * turn is aborted. Questions that are open are answered by nobody any more.
   */
  cancel(): void;
}

/** A failure of a counterpart on its way to the reply it failed. */
export class CounterpartFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.sentence, options);
    this.name = new.target.name;
    this.failure = failure;
  }
}
