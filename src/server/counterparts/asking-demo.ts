/** The demo that asks before it goes on (`BOUGH_DEMO_MODES`): the smallest counterpart that asks people and ends in its own words. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Counterpart, CounterpartEvent, OpenQuestion, Session } from './port.ts';

export const PERMISSION: OpenQuestion = {
  ...{ id: 'demo-count', asks: 'permission', title: 'Count the words of this conversation' },
  detail: 'count_words --conversation this',
  options: [
    { id: 'once', name: 'Allow once', kind: 'allow_once' },
    { id: 'always', name: 'Always allow', kind: 'allow_always' },
    { id: 'no', name: 'Reject', kind: 'reject_once' },
  ],
};

const LENGTH: OpenQuestion = {
  ...{ id: 'demo-length', asks: 'question', title: 'How shall I say it?' },
  options: [
    { id: 'short', name: 'In a word' },
    { id: 'long', name: 'In a sentence' },
  ],
};

/** @param pause waits between two words; never throws. Default: 25 ms. */
export function askingDemo(pause: () => Promise<unknown> = () => sleep(25)): Counterpart {
  return {
    open: ({ context }) => {
      const waiting = new Map<string, (option: string | null) => void>();
      let over = false;
      const nobody = (): void => {
        over = true;
        for (const resolve of waiting.values()) resolve(null);
      };
      const chosen = ({ id }: OpenQuestion): Promise<string | null> =>
        new Promise((resolve) => (over ? resolve(null) : waiting.set(id, resolve)));
      async function* ask(question: OpenQuestion): AsyncGenerator<CounterpartEvent, string | null> {
        yield { kind: 'question', question };
        const option = await chosen(question);
        if (option === null) yield { kind: 'withdrawn', question: question.id };
        return option;
      }
      const session: Session = {
        asks: { answer: (question, option) => waiting.get(question)?.(option) },
        cancels: { cancel: nobody },
        async *take({ signal }) {
          signal.addEventListener('abort', nobody);
          yield* inWords('I am a demo and want to count the words here. I have to ask first. ', pause);
          const permission = yield* ask(PERMISSION);
          if (permission === null) return yield* end('You stopped me, so I counted nothing.');
          if (permission === 'no') return yield* end('You said no, so I counted nothing.');
          const { messages } = await context();
          const text = messages
            .flatMap(({ parts }) => parts)
            .map((part) => ('text' in part ? part.text : ''));
          const count = text.join(' ').match(/\S+/g)?.length ?? 0;
          const call = { kind: 'tool', call: 'demo-count', name: 'count_words', input: '{}' } as const;
          yield { ...call, output: JSON.stringify({ words: count }) };
          const length = yield* ask(LENGTH);
          if (length === null) return yield* end('You stopped me, so I keep it to myself.');
          const words = `${count} ${count === 1 ? 'word' : 'words'}`;
          yield* end(length === 'long' ? `There are ${words} in this conversation so far.` : `${words}.`);
        },
      };
      async function* end(text: string): AsyncGenerator<CounterpartEvent> {
        yield* inWords(text, pause);
        yield { kind: 'finish' };
      }
      return session;
    },
  };
}

async function* inWords(text: string, pause: () => Promise<unknown>): AsyncGenerator<CounterpartEvent> {
  for (const word of text.match(/\S+\s*/g) ?? []) {
    await pause();
    yield { kind: 'text', text: word };
  }
}
