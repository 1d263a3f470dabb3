/**
 * Thoughts that a model puts into the text of its answer, because its server does not know its tags. They are thoughts only
 * where an answer begins: in its middle and in code the same tags are text.
 */
import type { ModelEvent } from '../port.ts';

/** Families of models by how their thoughts begin and end; letters of either case. */
const PAIRS: readonly (readonly [open: string, close: string])[] = [
  ...['think', 'thinking', 'thought', 'thoughts', 'reasoning', 'seed:think', 'longcat_think'].map(
    (name) => [`<${name}>`, `</${name}>`] as const,
  ),
  ...['think', 'thinking', 'reasoning'].map((name) => [`[${name}]`, `[/${name}]`] as const),
  ['◁think▷', '◁/think▷'],
  ['<|think|>', '<|/think|>'],
  ['<|begin_of_thought|>', '<|end_of_thought|>'],
  ['<|start_thinking|>', '<|end_thinking|>'],
  ['<|inner_prefix|>', '<|inner_suffix|>'],
  ['<|channel>thought', '<channel|>'],
  ['<unused94>thought', '<unused95>'],
];
/** How the answer behind thoughts may be wrapped. */
const WRAPS: readonly (readonly [open: string, close: string])[] = [
  ['<answer>', '</answer>'],
  ['<|begin_of_solution|>', '<|end_of_solution|>'],
  ['<|start_response|>', '<|end_response|>'],
];
/** Channels: a header with a name, its text, a token that ends it. All but the final one are thoughts. */
const HEADERS = ['<|start|>', '<|channel|>'] as const;
const HEADER_END = '<|message|>';
const CHANNEL_ENDS = ['<|end|>', '<|return|>', '<|call|>', ...HEADERS] as const;

/** For answers that mark only the end of thoughts, because the prompt had the beginning. */
const ORPHANS = PAIRS.map(([, close]) => close);
/** Held back at most where nothing but blanks, or no end of a header, comes. */
const PATIENCE = 200;
/** Ends that turned out to be text: an answer about tags is not searched for ever. */
const MENTIONS = 8;

export class Thoughts {
  #phase: 'start' | 'header' | 'thoughts' | 'answer' = 'start';
  #held = '';
  /** What ends the phase: of thoughts, or of a wrapped answer. */
  #closes: readonly string[] = [];
  /** Said as text so far; kept only while it may turn out to be thoughts. */
  #said = '';
  #mentions = 0;
  /** What stands before the next thought: nothing before the first, and undefined amid one. */
  #gap: string | undefined = '';
  /** Thoughts were found in the text. */
  tagged = false;

  say(text: string): readonly ModelEvent[] {
    this.#held += text;
    const events: ModelEvent[] = [];
    while (this.#step(events));
    return events;
  }

  /** What was held back. Call it before the answer ends, however it does. */
  end(): readonly ModelEvent[] {
    const held = this.#held;
    this.#held = '';
    if (this.#phase === 'thoughts') return this.#thought(held.trimEnd());
    if (this.#phase === 'header' || (this.tagged && held.trim() === '')) return [];
    const wrapped = this.#closes.some((close) => lowered(held.trim()) === close);
    return wrapped ? [] : piece('text', held);
  }

  /** From now on nothing that was said can turn out to be thoughts: the provider tells them apart, or calls a tool. */
  settle(): void {
    this.#mentions = MENTIONS;
  }

  /** False: it takes more text to go on. */
  #step(events: ModelEvent[]): boolean {
    switch (this.#phase) {
      case 'start':
        return this.#start();
      case 'header':
        return this.#header();
      case 'thoughts':
        return this.#think(events);
      case 'answer':
        return this.#answer(events);
    }
  }

  #start(): boolean {
    const text = this.#held.trimStart();
    const lower = lowered(text);
    if (text === '' && this.#held.length < PATIENCE) return false;
    const begin = (
      phase: 'header' | 'thoughts' | 'answer' | 'start',
      from: number,
      closes: readonly string[],
    ) => {
      this.#phase = phase;
      this.#closes = closes;
      this.#held = text.slice(from);
      this.tagged = true;
      return true;
    };
    const starts = (tag: string) => lower.startsWith(tag);
    const pair = PAIRS.find(([open]) => starts(open));
    if (pair) return begin('thoughts', pair[0].length, [pair[1]]);
    if (HEADERS.some(starts)) return begin('header', 0, []);
    const orphan = ORPHANS.find(starts);
    if (orphan) return begin('start', orphan.length, []);
    const wrap = this.tagged ? WRAPS.find(([open]) => starts(open)) : undefined;
    if (wrap) return begin('answer', wrap[0].length, [wrap[1]]);
    const openers = [...PAIRS.flat(), ...HEADERS, ...(this.tagged ? WRAPS.map(([open]) => open) : [])];
    if (text !== '' && openers.some((open) => open.startsWith(lower))) return false;
    this.#phase = 'answer';
    if (this.tagged) this.#held = text;
    return true;
  }

  #header(): boolean {
    const at = lowered(this.#held).indexOf(HEADER_END);
    if (at < 0 && this.#held.length < PATIENCE) return false;
    if (at < 0) {
      this.#phase = 'answer';
      return true;
    }
    const thinks = !/final/i.test(this.#held.slice(0, at));
    this.#phase = thinks ? 'thoughts' : 'answer';
    this.#closes = thinks ? CHANNEL_ENDS : CHANNEL_ENDS.slice(0, 2);
    this.#held = this.#held.slice(at + HEADER_END.length);
    return true;
  }

  #think(events: ModelEvent[]): boolean {
    const found = firstOf(this.#closes, this.#held);
    if (found) {
      events.push(...this.#thought(this.#held.slice(0, found.at).trimEnd()));
      this.#gap ??= '\n\n';
      const isHeader = HEADERS.some((header) => header === found.tag);
      this.#held = this.#held.slice(found.at + (isHeader ? 0 : found.tag.length));
      this.#phase = 'start';
      this.#closes = [];
      return true;
    }
    const safe = this.#held.slice(0, this.#held.length - pendingIn(this.#closes, this.#held));
    const trimmed = safe.trimEnd();
    const kept = safe.length - trimmed.length > PATIENCE ? safe : trimmed;
    events.push(...this.#thought(kept));
    this.#held = this.#held.slice(kept.length);
    return false;
  }

  #thought(said: string): readonly ModelEvent[] {
    const text = this.#gap === undefined ? said : said.trimStart();
    if (text === '') return [];
    const gap = this.#gap ?? '';
    this.#gap = undefined;
    return [{ kind: 'reasoning', text: gap + text }];
  }

  #answer(events: ModelEvent[]): boolean {
    const watches = !this.tagged && this.#mentions < MENTIONS;
    const found = watches ? firstOf(ORPHANS, this.#held) : undefined;
    if (found) return this.#orphan(found, events);
    const closes = watches ? ORPHANS : this.#closes;
    const safe = this.#held.slice(0, this.#held.length - pendingIn(closes, this.#held, !watches));
    events.push(...piece('text', safe));
    this.#said = watches ? this.#said + safe : '';
    this.#held = this.#held.slice(safe.length);
    return false;
  }

  #orphan({ at, tag }: Found, events: ModelEvent[]): boolean {
    const before = this.#said + this.#held.slice(0, at);
    if (isText(before, tag)) {
      const text = this.#held.slice(0, at + tag.length);
      events.push(...piece('text', text));
      this.#said += text;
      this.#mentions += 1;
    } else {
      const text = before.trim();
      events.push(...(this.#said === '' ? piece('reasoning', text) : [{ kind: 'recast' as const, text }]));
      this.#said = '';
      this.#phase = 'start';
      this.tagged = true;
    }
    this.#held = this.#held.slice(at + tag.length);
    return true;
  }
}

/** The events of any source with the thoughts in its text told apart. @param tagged called when there are such. */
export async function* thoughtsApart(
  events: AsyncIterable<ModelEvent>,
  tagged: () => void = () => {},
): AsyncGenerator<ModelEvent> {
  const thoughts = new Thoughts();
  try {
    for await (const event of events) {
      if (event.kind === 'text') {
        yield* thoughts.say(event.text);
        continue;
      }
      if (event.kind !== 'finish') thoughts.settle();
      if (event.kind !== 'reasoning') yield* thoughts.end();
      yield event;
    }
  } catch (error) {
    yield* thoughts.end();
    throw error;
  } finally {
    if (thoughts.tagged) tagged();
  }
  yield* thoughts.end();
}

const piece = (kind: 'text' | 'reasoning', text: string): readonly ModelEvent[] =>
  text === '' ? [] : [{ kind, text }];

/** Tags are of ASCII. `toLowerCase` makes two characters of “İ”, and what is found behind it would be cut in the wrong place. */
const lowered = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

interface Found {
  readonly at: number;
  readonly tag: string;
}

function firstOf(tags: readonly string[], text: string): Found | undefined {
  const lower = lowered(text);
  const found = tags.map((tag) => ({ at: lower.indexOf(tag), tag })).filter(({ at }) => at >= 0);
  return found.sort((a, b) => a.at - b.at)[0];
}

/** How many characters at the end may be the beginning of a tag, or (`whole`) a tag that may end the answer. */
function pendingIn(tags: readonly string[], text: string, whole = false): number {
  const longest = Math.max(0, ...tags.map(({ length }) => length));
  const trimmed = text.trimEnd().length;
  const spaced = whole && text.length - trimmed < PATIENCE ? trimmed : text.length;
  const tail = lowered(text.slice(0, spaced)).slice(-longest);
  for (let from = 0; from < tail.length; from += 1) {
    const end = tail.slice(from);
    if (tags.some((tag) => tag.startsWith(end) && (whole || tag !== end)))
      return text.length - spaced + end.length;
  }
  return 0;
}

/** True where a mark of the end of thoughts after `before` is only written about: with its beginning, in code, in quotes, or amid a sentence. */
function isText(before: string, tag: string): boolean {
  const open = PAIRS.find(([, close]) => close === tag)?.[0] ?? tag;
  const lower = lowered(before);
  if (lower.lastIndexOf(open) > lower.lastIndexOf(tag)) return true;
  if (/["'“”‘’«»„「『(]$/.test(before) || /[\p{L}\p{N},;:][ \t]+$/u.test(before)) return true;
  const fences = before.match(/^ {0,3}(`{3,}|~{3,})/gm) ?? [];
  if (fences.length % 2 === 1) return true;
  const paragraph = before.slice(before.lastIndexOf('\n\n') + 1).replace(/^ {0,3}`{3,}.*$/gm, '');
  return (paragraph.match(/`+/g) ?? []).length % 2 === 1;
}
