/** What the demo says in each of its modes, step by step. Pure: who plays it waits at the pauses. */
import type { Message } from '../../../protocol/index.ts';
import { type ModelEvent, ProviderFailure } from '../port.ts';
import { contextReport, LONG_TEXT, SLOW_TEXT } from './demo-text.ts';

/** Wait before the next step. */
export interface Pause {
  readonly kind: 'pause';
  readonly ms: number;
}

type Steps = Iterable<ModelEvent | Pause>;

export interface DemoMode {
  readonly id: string;
  readonly name: string;
  /** Its pauses are what it is for: it is not hurried. */
  readonly keepsPace?: boolean;
  /** Throws `ProviderFailure` where the mode fails. */
  play(messages: readonly Message[]): Steps;
}

/** Milliseconds before each word. */
export const WORD_PAUSE = 25;

export const DEMO: DemoMode = {
  id: 'demo',
  name: 'Demo (not an AI)',
  *play(messages) {
    const text = contextReport(messages);
    yield* inWords(text);
    yield finish(messages, text);
  },
};

export const DEMO_MODES: readonly DemoMode[] = [
  keepingPace('slow', function* (messages) {
    yield* inWords(SLOW_TEXT, 250);
    yield finish(messages, SLOW_TEXT);
  }),
  keepingPace('long', function* (messages) {
    yield* inWords(LONG_TEXT, WORD_PAUSE, 8);
    yield finish(messages, LONG_TEXT);
  }),
  mode('reasoning', function* (messages) {
    yield* inWords(REASONING, WORD_PAUSE, 1, 'reasoning');
    const text = contextReport(messages);
    yield* inWords(text);
    yield finish(messages, text, REASONING);
  }),
  mode('tools', function* (messages) {
    yield* inWords('Let me count that with a tool. ');
    yield* countMessages(messages);
    const text = contextReport(messages);
    yield* inWords(text);
    yield finish(messages, text);
  }),
  // Asked as a counterpart it asks back (src/server/counterparts/asking-demo.ts); as a mere model it cannot ask.
  mode('ask', DEMO.play),
  mode('fail', function* () {
    yield* inWords('These are the words before a failure. ');
    throw failure(
      'This demo fails after a few words, as a provider in trouble would. Try again, or choose another model.',
    );
  }),
  mode('cut', function* () {
    yield* inWords('These are the words before the connection breaks, in the middle of a');
  }),
  mode('fail-first', function* () {
    yield { kind: 'pause', ms: 10 * WORD_PAUSE };
    throw failure(
      'This demo fails before its first word, as a provider in trouble would. Try again, or choose another model.',
    );
  }),
];

const REASONING =
  'The person wants to see how thinking looks. I am a demo and cannot think, so I only pretend: ' +
  'first I count the messages, then I look at the last one, then I say what I saw.';

function mode(id: string, play: DemoMode['play']): DemoMode {
  return { id, name: `Demo: ${id} (not an AI)`, play };
}

function keepingPace(id: string, play: DemoMode['play']): DemoMode {
  return { ...mode(id, play), keepsPace: true };
}

function failure(sentence: string): ProviderFailure {
  return new ProviderFailure({ code: 'demo', sentence });
}

/** @param ms between two steps. @param words in one step. */
function* inWords(text: string, ms = WORD_PAUSE, words = 1, kind: 'text' | 'reasoning' = 'text'): Steps {
  const pieces = text.match(/\s*\S+\s*/g) ?? [];
  for (let at = 0; at < pieces.length; at += words) {
    yield { kind: 'pause', ms };
    yield { kind, text: pieces.slice(at, at + words).join('') };
  }
}

/** A tool call as it comes to be known: its name, its input, its output. */
function* countMessages(messages: readonly Message[]): Steps {
  const tool = { kind: 'tool', call: 'demo-count', name: 'count_messages' } as const;
  const input = JSON.stringify({ of: 'this conversation' });
  yield { ...tool, input: '' };
  yield { kind: 'pause', ms: 10 * WORD_PAUSE };
  yield { ...tool, input };
  yield { kind: 'pause', ms: 20 * WORD_PAUSE };
  const said = messages.filter(({ role }) => role !== 'system');
  yield { ...tool, input, output: JSON.stringify({ messages: said.length }) };
}

/** The demo counts a word as a token: what matters is that usage is shown. */
function finish(messages: readonly Message[], text: string, reasoning?: string): ModelEvent {
  const input = messages
    .flatMap(({ parts }) => parts)
    .reduce((sum, part) => sum + ('text' in part ? words(part.text) : 0), 0);
  const thought = reasoning === undefined ? 0 : words(reasoning);
  const usage = { input, output: words(text) + thought, ...(thought > 0 && { reasoning: thought }) };
  return { kind: 'finish', usage };
}

function words(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
