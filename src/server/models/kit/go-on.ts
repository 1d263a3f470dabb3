/**
 * Answers that go on from words of an earlier one (docs/providers.md, "Going on from words"). Some wires take these words as the beginning
 * of the answer; elsewhere the model is told to go on from them, and what it repeats is cut. Pure.
 */
import { type Message, VERSION } from '../../../protocol/index.ts';
import type { ModelEvent } from '../port.ts';

/** `prefix`: the last message of the request is the beginning of the answer. `told`: a message after it says to go on. */
export type GoOn = 'prefix' | 'told';

/** The request's messages for an answer that begins with `begun`. */
export function goingOnFrom(messages: readonly Message[], begun: string, how: GoOn): readonly Message[] {
  // Some servers refuse a beginning with blanks at its end; they are put back from what the model says.
  const said = message('assistant', begun.trimEnd());
  return how === 'prefix' ? [...messages, said] : [...messages, said, message('user', toldToGoOn(begun))];
}

function message(role: 'user' | 'assistant', text: string): Message {
  return {
    ...{ v: VERSION, kind: 'message', id: 'going-on', parent: null, role, author: { kind: 'user' } },
    ...{ parts: [{ kind: 'text', text }], origin: { kind: 'regenerate' }, time: 0 },
  };
}

/** Repeating the last words shows where the others begin: amid a word, after a space, on a new line. */
function toldToGoOn(begun: string): string {
  return `Your last message was cut off. Continue it from exactly where it stops: begin by repeating its last words, “${lastWords(begun)}”, and go straight on from them as if there had been no break. Do not start again, and add no greeting, comment or summary.`;
}

const LAST_WORDS = 60;

function lastWords(text: string): string {
  const end = text.trimEnd();
  if (end.length <= LAST_WORDS) return end;
  const cut = end.slice(-LAST_WORDS);
  const word = cut.search(/\s\S/);
  return word < 0 ? cut : cut.slice(word + 1);
}

/** The events of an answer without what it repeats of `begun`. */
export async function* withoutRepeats(
  events: AsyncIterable<ModelEvent>,
  begun: string,
  how: GoOn,
): AsyncGenerator<ModelEvent> {
  let seam = new Seam(begun, how);
  try {
    for await (const event of events) {
      if (event.kind === 'text') yield* piece(seam.say(event.text));
      // What was said were thoughts: the answer begins only now.
      else if (event.kind === 'recast') seam = new Seam(begun, how);
      else if (event.kind === 'finish') yield* piece(seam.end());
      if (event.kind !== 'text') yield event;
    }
  } catch (error) {
    yield* piece(seam.end());
    throw error;
  }
  yield* piece(seam.end());
}

const piece = (text: string): readonly ModelEvent[] => (text === '' ? [] : [{ kind: 'text', text }]);

/** How far back an answer may begin that repeats not all of the words. */
const FARTHEST = 2_000;
/** Fewer characters than this are no repeat, if not of whole words. */
const SURE = 8;
/** An answer that ends within what it repeats repeats, from this length on. */
const ONLY_REPEATS = 20;

/** Where the words of two answers meet. Text is held back as long as it may be a repeat. */
export class Seam {
  readonly #core: string;
  /** Blanks at the end of the words that may come again. */
  #tail: string;
  readonly #how: GoOn;
  readonly #starts: readonly number[];
  #held = '';
  #done = false;

  constructor(begun: string, how: GoOn) {
    this.#core = begun.trimEnd();
    this.#tail = begun.slice(this.#core.length);
    this.#how = how;
    this.#starts = how === 'prefix' ? [0] : startsOfRepeats(this.#core);
  }

  /** What is new in it, as far as that is sure. */
  say(text: string): string {
    if (this.#done) return this.#withoutTail(text);
    this.#held += text;
    const said = this.#held.trimStart();
    if (said === '' || this.#starts.some((at) => this.#mayRepeat(at, said))) return '';
    return this.#end(said);
  }

  /** The rest, where nothing comes any more. */
  end(): string {
    if (this.#done) return '';
    const said = this.#held.trimStart();
    const repeats = said.length >= ONLY_REPEATS && this.#starts.some((at) => this.#mayRepeat(at, said));
    const whole = this.#starts.some((at) => said.startsWith(this.#core.slice(at)));
    if (repeats && !whole) {
      this.#done = true;
      return '';
    }
    return this.#end(said);
  }

  #mayRepeat(at: number, said: string): boolean {
    return this.#core.length - at > said.length && this.#core.startsWith(said, at);
  }

  #end(said: string): string {
    this.#done = true;
    const repeated = this.#starts.find((at) => said.startsWith(this.#core.slice(at)));
    if (repeated !== undefined) return this.#withoutTail(said.slice(this.#core.length - repeated));
    const lead = this.#held.slice(0, this.#held.length - said.length);
    const joint = this.#how === 'told' && lead === '' && needsSpace(this.#core + this.#tail, said) ? ' ' : '';
    return joint + this.#withoutTail(this.#held);
  }

  /** Blanks that stand there already. */
  #withoutTail(text: string): string {
    let same = 0;
    while (same < Math.min(this.#tail.length, text.length) && text[same] === this.#tail[same]) same += 1;
    this.#tail = same === text.length ? this.#tail.slice(same) : '';
    return text.slice(same);
  }
}

/** Places from which an answer may repeat what is before the cut: all of it, whole words, much of it. The farthest first. */
function startsOfRepeats(core: string): readonly number[] {
  const starts = core === '' ? [] : [0];
  for (let at = Math.max(1, core.length - FARTHEST); at < core.length; at += 1) {
    const left = core.length - at;
    const word = left > 1 && WORDY.test(core[at] as string) && !WORDY.test(core[at - 1] as string);
    if (word || left >= SURE) starts.push(at);
  }
  return starts;
}

const WORDY = /[\p{L}\p{N}]/u;
/** Letters of scripts that set words apart by spaces, and what ends a word or a sentence in them. */
const ENDS_WORD =
  /[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Hangul}\p{N},;:.!?)]$/u;
const BEGINS_WORD = /^[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Hangul}\p{N}]/u;

/** A model that did not repeat the last words begins with a new one. In code nothing is put between. */
function needsSpace(before: string, after: string): boolean {
  const fences = before.match(/^ {0,3}(`{3,}|~{3,})/gm) ?? [];
  return fences.length % 2 === 0 && ENDS_WORD.test(before) && BEGINS_WORD.test(after);
}
