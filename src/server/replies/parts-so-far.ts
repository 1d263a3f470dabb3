/** What a model said and the log does not hold yet: deltas of one part coalesced, parts numbered. Pure. */

import type { FilePart, NoticePart, QuestionPart } from '../../protocol/index.ts';
import { answerFault, type FormValues } from '../../protocol/parts/question-fields.ts';
import type { CounterpartEvent, OpenQuestion } from '../counterparts/port.ts';
import type { ReplyEntry } from './port.ts';

export type SpokenEvent =
  | Exclude<CounterpartEvent, { kind: 'finish' | 'picture' | 'withdrawn' }>
  /** A picture that is stored. */
  | { readonly kind: 'file'; readonly file: FilePart }
  /** Words of another reply that this one goes on from: its first text. */
  | { readonly kind: 'begun'; readonly text: string }
  /** What the counterpart should have read and could not; comes before its words and is none of them. */
  | { readonly kind: 'unread'; readonly sentence: string };

export interface PartsSoFar {
  /** Parts begun so far; the newest has the number `parts - 1`. */
  readonly parts: number;
  /** How many of them came before the counterpart's first. */
  readonly prefaced: number;
  /** The words it goes on from and their part, as long as nothing but words and thoughts came after them. */
  readonly begun: { readonly part: number; readonly text: string } | null;
  /** What the newest part is; null before the first. */
  readonly newest: 'text' | 'reasoning' | 'other' | null;
  /** Part numbers of what is said as a whole, by a key of our own: tool calls, questions, other parts. */
  readonly wholes: ReadonlyMap<string, number>;
  /** Thoughts that are not blank. */
  readonly thought: boolean;
  /** Some text that is not blank, a tool call or a file: an answer, even if short. */
  readonly spoke: boolean;
  /** The tool it called last and got nothing from; null once it says more. */
  readonly asks: string | null;
  /** What the log holds of each tool call, by its part. */
  readonly logged: ReadonlyMap<number, ToolCallSoFar>;
  /** Questions that wait for an answer, by their ids. */
  readonly open: ReadonlyMap<string, QuestionPart>;
  /** What waits to be written, in order; at most one for what is said as a whole, as far as it is known. `handed` says what of it is new. */
  readonly queue: readonly ReplyEntry[];
}

export const noWords: PartsSoFar = {
  parts: 0,
  prefaced: 0,
  begun: null,
  newest: null,
  wholes: new Map(),
  thought: false,
  spoke: false,
  asks: null,
  logged: new Map(),
  open: new Map(),
  queue: [],
};

type ToolCallSoFar = Extract<ReplyEntry, { kind: 'tool' }>;

/** Adds what was said. A part ends where the next one begins; what is said as a whole keeps its part when it is said again. */
export function say(words: PartsSoFar, said: SpokenEvent): PartsSoFar {
  switch (said.kind) {
    case 'tool':
      return sayTool(words, said);
    case 'question':
      return ask(words, said.question);
    case 'part':
      return sayWhole(words, `part ${said.key}`, (part) => ({ kind: 'part', part, whole: said.part }));
    case 'recast':
      return recast(words, said.text);
    case 'file':
      return sayFile(words, said.file);
    case 'begun':
      return begin(words, said.text);
    case 'unread':
      return preface(words, { kind: 'notice', text: said.sentence, warns: true });
    default:
      return sayText(words, said);
  }
}

/** What a person chose; null: nothing, the question is taken back. */
export interface GivenAnswer {
  readonly option: string | null;
  readonly values?: FormValues | undefined;
}

/** Answers a question, or takes it back. The same words if it does not wait for that, or cannot be answered so. */
export function answered(
  words: PartsSoFar,
  question: string,
  { option, values }: GivenAnswer,
  at: number,
): PartsSoFar {
  const asked = words.open.get(question);
  const offered = option === null || asked?.options.some(({ id }) => id === option);
  if (!asked || !offered) return words;
  if (option !== null && answerFault(asked, option, values)) return words;
  const open = new Map(words.open);
  open.delete(question);
  const answer = { ...(option !== null && { option }), ...(values && { values }), at };
  const whole = { ...asked, answer };
  return { ...sayWhole(words, questionKey(question), (part) => ({ kind: 'part', part, whole })), open };
}

const questionKey = (id: string): string => `question ${id}`;

/** Asked again it stays what it was. */
function ask(words: PartsSoFar, question: OpenQuestion): PartsSoFar {
  const key = questionKey(question.id);
  if (words.wholes.has(key)) return words;
  const whole: QuestionPart = { kind: 'question', ...question };
  const open = new Map(words.open).set(question.id, whole);
  return { ...sayWhole(words, key, (part) => ({ kind: 'part', part, whole })), open };
}

/** Entries for the log: of a tool call it has already, what was added since. Found out for each write, not for each event. */
export function handed({ queue, logged }: PartsSoFar): readonly ReplyEntry[] {
  return queue.flatMap((entry) => {
    const before = entry.kind === 'tool' ? logged.get(entry.part) : undefined;
    return before && entry.kind === 'tool' ? (added(before, entry) ?? entry) : entry;
  });
}

const GROWING = ['input', 'output', 'error'] as const;

/** Null where the call is not what it was with something added: then it is said anew. */
function added(before: ToolCallSoFar, call: ToolCallSoFar): readonly ReplyEntry[] | null {
  if (call.name !== before.name) return null;
  const entries: ReplyEntry[] = [];
  for (const of of GROWING) {
    const [old, now] = [before[of], call[of]];
    if (now === old) continue;
    if (now === undefined || !now.startsWith(old ?? '')) return null;
    entries.push({ kind: 'delta', part: call.part, of, text: now.slice(old?.length ?? 0) });
  }
  return entries;
}

/** The same words, all of them handed on. */
export function emptied(words: PartsSoFar): PartsSoFar {
  const calls = words.queue.filter((entry) => entry.kind === 'tool');
  if (calls.length === 0) return { ...words, queue: [] };
  return {
    ...words,
    queue: [],
    logged: new Map([...words.logged, ...calls.map((call) => [call.part, call] as const)]),
  };
}

/** A delta of another kind begins its part anew (docs/protocol.md): what was shown as text becomes thoughts in place. */
function recast(words: PartsSoFar, text: string): PartsSoFar {
  if (words.begun) return recastFromBegun(words, words.begun, text);
  const part = words.parts - 1;
  if (words.newest !== 'text' || part !== words.prefaced) return words;
  return {
    ...words,
    ...{ newest: 'reasoning', thought: true, spoke: false, asks: null },
    queue: [{ kind: 'delta', part, of: 'reasoning', text }],
  };
}

/** What it goes on from stays text; what it said of its own becomes thoughts behind that. */
function recastFromBegun(
  words: PartsSoFar,
  { part, text: begun }: NonNullable<PartsSoFar['begun']>,
  text: string,
): PartsSoFar {
  if (words.newest !== 'text') return words;
  const whole: ReplyEntry = { kind: 'part', part, whole: { kind: 'text', text: begun } };
  const thoughts: ReplyEntry = { kind: 'delta', part: words.parts, of: 'reasoning', text };
  const queue = words.queue.filter((entry) => !('part' in entry) || entry.part !== part);
  return {
    ...words,
    ...{ parts: words.parts + 1, newest: 'reasoning', thought: true, spoke: false, asks: null },
    queue: [...queue, whole, thoughts],
  };
}

function begin(words: PartsSoFar, text: string): PartsSoFar {
  const { parts, queue } = words;
  const entry: ReplyEntry = { kind: 'delta', part: parts, of: 'text', text };
  return {
    ...words,
    parts: parts + 1,
    begun: { part: parts, text },
    newest: 'text',
    queue: [...queue, entry],
  };
}

function preface(words: PartsSoFar, whole: NoticePart): PartsSoFar {
  const { parts, prefaced, queue } = words;
  const entry: ReplyEntry = { kind: 'part', part: parts, whole };
  return { ...words, parts: parts + 1, prefaced: prefaced + 1, newest: 'other', queue: [...queue, entry] };
}

function sayFile(words: PartsSoFar, whole: FilePart): PartsSoFar {
  const { parts, queue } = words;
  const entry: ReplyEntry = { kind: 'part', part: parts, whole };
  const said = { newest: 'other', begun: null, spoke: true, asks: null } as const;
  return { ...words, ...said, parts: parts + 1, queue: [...queue, entry] };
}

function sayText(
  words: PartsSoFar,
  { kind, text }: Extract<SpokenEvent, { kind: 'text' | 'reasoning' }>,
): PartsSoFar {
  if (text === '') return words;
  const says = kind === 'text' && text.trim() !== '';
  const spoke = words.spoke || says;
  const thought = words.thought || (kind === 'reasoning' && text.trim() !== '');
  const asks = says ? null : words.asks;
  const { begun } = words;
  // Words after thoughts go on from where the others were cut, in the same part: between them there is no break.
  const goesOn = kind === 'text' && begun !== null;
  if (words.newest !== kind && !goesOn) {
    const entry: ReplyEntry = { kind: 'delta', part: words.parts, of: kind, text };
    return {
      ...words,
      parts: words.parts + 1,
      newest: kind,
      spoke,
      thought,
      asks,
      queue: [...words.queue, entry],
    };
  }
  const part = goesOn ? begun.part : words.parts - 1;
  const last = words.queue.at(-1);
  const queue =
    last?.kind === 'delta' && last.part === part
      ? [...words.queue.slice(0, -1), { ...last, text: last.text + text }]
      : [...words.queue, { kind: 'delta' as const, part, of: kind, text }];
  return { ...words, spoke, thought, asks, queue };
}

function sayTool(words: PartsSoFar, tool: Extract<SpokenEvent, { kind: 'tool' }>): PartsSoFar {
  const asks = tool.output === undefined && tool.error === undefined ? tool.name : null;
  return { ...sayWhole(words, `tool ${tool.call}`, (part) => ({ ...tool, part })), asks };
}

function sayWhole(words: PartsSoFar, key: string, entryAt: (part: number) => ReplyEntry): PartsSoFar {
  const part = words.wholes.get(key) ?? words.parts;
  const entry = entryAt(part);
  const waits = words.queue.findIndex(
    (other) => other.kind === entry.kind && 'part' in other && other.part === part,
  );
  // In place, not moved to the end: the fold wants parts to begin in their order.
  const queue = waits < 0 ? [...words.queue, entry] : words.queue.with(waits, entry);
  if (part < words.parts) return { ...words, queue };
  const wholes = new Map(words.wholes).set(key, part);
  return { ...words, parts: part + 1, newest: 'other', begun: null, wholes, spoke: true, queue };
}
