/** Failures the machine finds itself, through the real adapter of every wire format. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiKind } from '../../protocol/index.ts';
import { modelCounterpart } from '../counterparts/index.ts';
import { createFileStore } from '../files/index.ts';
import { makeSource } from '../models/make-source.ts';
import { question, WHOLE, withProvider } from '../models/testing.ts';
import { createRunner } from './runner.ts';
import { fakeClock, fakeHome, generation } from './testing.ts';

const bench = withProvider();
const kinds: readonly ApiKind[] = ['openai', 'anthropic', 'openai-compatible', 'ollama'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-pictures-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function start(kind: ApiKind, behaviour: string) {
  const v1 = bench.provider.baseUrlAs(behaviour);
  const source = makeSource(kind, { baseUrl: kind === 'ollama' ? v1.replace(/\/v1$/, '') : v1 });
  const clock = fakeClock();
  const home = fakeHome([question]);
  const store = createFileStore(folder);
  createRunner({
    ...{ home, clock, counterpart: () => modelCounterpart(source), onTrouble: () => {} },
    keepFile: (bytes) => store.add([bytes]),
  }).start('c', generation());
  const reply = () => home.logs.get('reply-01')?.reply;
  return { clock, reply };
}

describe.each(kinds)('%s', (kind) => {
  test('silence of a minute ends the reply, keeps its words and closes the socket', async () => {
    // Enough events to be past the preamble of any format.
    const { clock, reply } = start(kind, 'stall:8');
    const words = () =>
      reply()
        ?.parts.map((part) => (part.kind === 'text' ? part.text : ''))
        .join('') ?? '';
    const spoken = async () => {
      await clock.pass(50);
      return words();
    };
    await expect.poll(spoken).toMatch(/^The quick brown fox $|^The quick brown fox jumps /);
    await clock.pass(59_000);
    expect(reply()?.end).toBeUndefined();
    await clock.pass(1_001);
    expect(reply()?.end).toMatchObject({
      reason: 'failed',
      failure: { code: 'stalled', sentence: expect.stringContaining('sent nothing for a minute') },
    });
    expect(words()).toMatch(/^The quick brown fox /);
    await expect.poll(async () => (await bench.provider.log()).at(-1)?.aborted).toBe(true);
  });

  test.each([
    ['blank', 'empty', /gave an empty answer/, '\n\n'],
    ['only-thoughts', 'only-thoughts', /only thought and gave no answer.*keep them/, ''],
    ['empty', 'empty', /empty answer\. Try again, or choose another model/, ''],
    ['tools', 'no-tool', /called the tool “look”.*without tools/, 'Let me look. '],
  ])('%s is %s', async (behaviour, code, sentence, words) => {
    const { clock, reply } = start(kind, behaviour);
    const end = async () => {
      await clock.pass(100);
      return reply()?.end;
    };
    const failure = { code, sentence: expect.stringMatching(sentence) };
    await expect.poll(end).toMatchObject({ reason: 'failed', failure });
    const said = reply()?.parts.map((part) => (part.kind === 'text' ? part.text : '')) ?? [];
    expect(said.join('')).toBe(words);
  });

  test('a picture in an answer is a file of the reply, one that cannot be kept is said', async () => {
    const ended = async (behaviour: string) => {
      const { clock, reply } = start(kind, behaviour);
      const end = async () => {
        await clock.pass(100);
        return reply()?.end?.reason;
      };
      await expect.poll(end).toBe('complete');
      return reply()?.parts;
    };
    expect(await ended('picture')).toEqual([
      { kind: 'text', text: WHOLE },
      {
        kind: 'file',
        name: 'picture.png',
        type: 'image/png',
        size: 74,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    const binary = Buffer.from([0, 1, 2, 3]).toString('base64');
    expect(await ended(`picture:${binary}`)).toMatchObject([
      { text: expect.stringMatching(/A picture came with the answer\./) },
    ]);
    const words = Buffer.from('words').toString('base64');
    expect(await ended(`picture:${words}`)).toMatchObject([
      { text: expect.stringMatching(/of no kind that can be shown/) },
    ]);
  });

  test('an answer at the length limit is complete, and says so', async () => {
    const { clock, reply } = start(kind, 'length');
    const end = async () => {
      await clock.pass(100);
      return reply()?.end;
    };
    await expect.poll(end).toMatchObject({ reason: 'complete', length: true });
    expect(reply()?.parts).toEqual([{ kind: 'text', text: WHOLE }]);
  });
});

/** Of chat completions: all that was said. */
const delta = (said: object) => ({ choices: [{ index: 0, delta: said }] });
const end = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
test.each<[string, object[]]>([
  ['beside no content', [delta({ reasoning_content: 'Hm, ' }), delta({ reasoning_content: 'well.' }), end]],
  ['beside empty content', [delta({ content: '', reasoning_content: 'Hm, well.' }), end]],
  ['beside null', [delta({ content: null, reasoning_content: 'Hm, well.' }), end]],
  ['and blank lines', [delta({ reasoning_content: 'Hm, well.' }), delta({ content: '\n\n' }), end]],
  ['in `reasoning`', [delta({ reasoning: 'Hm, well.', content: '' }), end]],
  ['in two fields', [delta({ reasoning: 'Hm, well.', reasoning_content: 'Hm, well.' }), end]],
  ['in details', [delta({ reasoning_details: [{ type: 'reasoning.text', text: 'Hm, well.' }] }), end]],
  [
    'as a part',
    [delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm, well.' }] }] }), end],
  ],
  ['in a tag', [delta({ content: '<think>Hm, well.</think>' }), end]],
  [
    'in a tag, split',
    [delta({ content: '<thi' }), delta({ content: 'nk>Hm, well.</thin' }), delta({ content: 'k>\n' }), end],
  ],
  ['in a tag without an end', [delta({ content: '<think>Hm, well.' }), end]],
  [
    'in one piece',
    [{ choices: [{ message: { content: '', reasoning_content: 'Hm, well.' }, finish_reason: 'stop' }] }],
  ],
])('thoughts %s and no answer: it is said, and the thoughts stay', async (_, events) => {
  const { clock, reply } = start('openai-compatible', `events:${JSON.stringify(events)}`);
  const ended = async () => {
    await clock.pass(100);
    return reply()?.end;
  };
  await expect.poll(ended).toMatchObject({ reason: 'failed', failure: { code: 'only-thoughts' } });
  const parts = reply()?.parts ?? [];
  const told = (kind: 'reasoning' | 'text') =>
    parts
      .map((part) => (part.kind === kind && 'text' in part ? part.text : ''))
      .join('')
      .trim();
  expect([told('reasoning'), told('text')]).toEqual(['Hm, well.', '']);
});
