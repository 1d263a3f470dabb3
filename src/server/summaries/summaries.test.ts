import { expect, it, vi } from 'vitest';
import type { Message } from '../../protocol/index.ts';
import type { SummaryLine } from '../../protocol/requests/summaries.ts';
import {
  type ModelEvent,
  type ModelName,
  type ModelRequest,
  type ModelSource,
  ProviderFailure,
} from '../models/port.ts';
import { createSummaries } from './summaries.ts';

const model = { source: 'local', id: 'small' };
const request = { conversation: 'conv-001', after: 'reply-01', keep: 1, model };

const said = (text: string): Message => ({
  ...{ v: 1, kind: 'message', id: 'message1', parent: null, role: 'user', author: { kind: 'user' } },
  ...{ parts: [{ kind: 'text', text }], origin: { kind: 'send' }, time: 1 },
});

interface Given {
  readonly covered?: readonly Message[];
  readonly named?: Partial<ModelName> | null;
  readonly answers: readonly (readonly ModelEvent[] | Error)[];
}

/** Summaries by a model with these answers, one a question; `asked` tells the questions. */
function summariesWith({ covered = [said('Hello')], named = {}, answers }: Given) {
  const asked: ModelRequest[] = [];
  const trouble = vi.fn();
  const source: Pick<ModelSource, 'stream'> = {
    async *stream(question) {
      const answer = answers[asked.length] ?? [];
      asked.push(question);
      if (answer instanceof Error) throw answer;
      yield* answer;
    },
  };
  const summaries = createSummaries({
    home: { covered: async () => covered },
    models: {
      source: () => (named ? (source as ModelSource) : undefined),
      describe: async () => named && { name: 'Small', ...named },
    },
    trouble,
  });
  return { summaries, asked, trouble };
}

const text = (words: string): ModelEvent => ({ kind: 'text', text: words });
const finish = (input: number, output: number): ModelEvent => ({ kind: 'finish', usage: { input, output } });

async function linesOf(given: Given, signal = new AbortController().signal) {
  const made = summariesWith(given);
  const lines: SummaryLine[] = [];
  for await (const line of await made.summaries.write(request, signal)) lines.push(line);
  return { ...made, lines };
}

it('reads out what the model writes, and what it took', async () => {
  const { lines, asked } = await linesOf({ answers: [[text('So '), text('far.'), finish(90, 3)]] });
  expect(lines).toEqual([
    { kind: 'part', n: 1, of: 1 },
    { kind: 'text', text: 'So ' },
    { kind: 'text', text: 'far.' },
    { kind: 'done', usage: { input: 90, output: 3 } },
  ]);
  expect(asked[0]?.messages[0]?.parts[0]).toMatchObject({ text: expect.stringContaining('Person: Hello') });
});

it('reads in parts what is larger than the window, each with the summary of those before it', async () => {
  const covered = Array.from({ length: 3 }, (_, n) => said(`${n} ${'word '.repeat(1_100)}`));
  const answer = (n: number) => [text(`Summary ${n}.`), finish(100, 10)];
  const { lines, asked } = await linesOf({
    covered,
    named: { window: 4_096 },
    answers: [1, 2, 3].map(answer),
  });
  expect(lines.filter(({ kind }) => kind === 'part')).toHaveLength(3);
  expect(lines.at(-1)).toEqual({ kind: 'done', usage: { input: 300, output: 30 } });
  const questions = asked.map(({ messages }) => JSON.stringify(messages));
  expect(questions[2]).toContain('Summary 2.');
  expect(questions[2]).not.toContain('Summary 1.');
  expect(asked[1]?.window).toBe(4_096);
});

it('begins anew where words turn out to be thoughts', async () => {
  const { lines } = await linesOf({
    answers: [[text('Hm.'), { kind: 'recast', text: 'Hm.' }, text('So far.'), finish(1, 1)]],
  });
  expect(lines.map(({ kind }) => kind)).toEqual(['part', 'text', 'part', 'text', 'done']);
});

it('says why it ended early', async () => {
  const failure = new ProviderFailure({ code: 'rate-limited', sentence: 'Too many questions.' });
  const limited = await linesOf({ answers: [failure] });
  expect(limited.lines.at(-1)).toEqual({
    kind: 'failed',
    code: 'rate-limited',
    sentence: 'Too many questions.',
  });
  const empty = await linesOf({ answers: [[finish(9, 0)]] });
  expect(empty.lines.at(-1)).toMatchObject({ kind: 'failed', code: 'empty' });
  const broken = await linesOf({ answers: [new Error('oops')] });
  expect(broken.lines.at(-1)).toMatchObject({ kind: 'failed', code: 'internal' });
  expect(broken.trouble).toHaveBeenCalledOnce();
  expect(limited.trouble).not.toHaveBeenCalled();
});

it('ends without a word once nobody waits any more', async () => {
  const left = new AbortController();
  left.abort();
  const { lines } = await linesOf({ answers: [[text('So far.')]] }, left.signal);
  expect(lines).toEqual([{ kind: 'part', n: 1, of: 1 }]);
});

it('is refused by who cannot write one', async () => {
  const refused = (named: NonNullable<Given['named']> | null, covered?: readonly Message[]) =>
    summariesWith({ named, answers: [], ...(covered && { covered }) }).summaries.write(
      request,
      new AbortController().signal,
    );
  await expect(refused(null)).rejects.toMatchObject({ code: 'unknown-model' });
  await expect(refused({ demo: true })).rejects.toMatchObject({ code: 'unknown-model' });
  await expect(refused({ window: 300 })).rejects.toMatchObject({ code: 'context-too-large' });
  await expect(refused({}, [])).rejects.toMatchObject({ code: 'bad-request' });
});
