/**
 * Answers in the shape in which providers send them, written by hand after their public documentation (recorded/), cut after
 * every byte: what was said so far is kept, once, and nothing that was cut passes for a whole answer.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ApiKind } from '../../protocol/index.ts';
import type { Guard } from './kit/guarded-fetch.ts';
import { makeSource } from './make-source.ts';
import type { ModelSource } from './port.ts';
import { type Answer, collect } from './testing.ts';

const usage = { input: 21, output: 30, reasoning: 19, cached: 8 };
const recordings: [file: string, kind: ApiKind, thoughts: string, usage: object][] = [
  ['openai-responses.sse', 'openai', '**Greeting**', usage],
  ['openai-chat.sse', 'openai-compatible', '', { input: 21, output: 11, reasoning: 0, cached: 8 }],
  ['openrouter.sse', 'openai-compatible', 'They greet.', usage],
  ['deepseek.sse', 'openai-compatible', 'They greet.', usage],
  ['llama-cpp.sse', 'openai-compatible', 'They greet.', { input: 21, output: 30 }],
  ['anthropic.sse', 'anthropic', 'They greet.', { input: 21, output: 30, cached: 8 }],
  ['ollama.ndjson', 'ollama', 'They greet.', { input: 21, output: 30 }],
];
const WORDS = 'Grüße aus 京都 🦊';

const recorded = (file: string) => readFile(join(import.meta.dirname, 'recorded', file));

type Ending = 'ends' | 'breaks';

/** A source whose provider sends these bytes, in two pieces, and then ends well or breaks off. */
function playing(kind: ApiKind, bytes: Uint8Array, ending: Ending): ModelSource {
  const show = { capabilities: ['completion', 'thinking'], model_info: { 'm.context_length': 4_096 } };
  const fetch =
    ({ heard = () => {}, broke = () => {} }: Guard = {}) =>
    async (input: string | URL | Request) => {
      if (String(input).endsWith('/api/show')) return new Response(JSON.stringify(show));
      const half = Math.floor(bytes.length / 2);
      const pieces = [bytes.subarray(0, half), bytes.subarray(half)].filter(({ length }) => length > 0);
      const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull: (controller) => {
          const piece = pieces.shift();
          if (piece) {
            heard(piece);
            controller.enqueue(new Uint8Array(piece));
          } else {
            if (ending === 'breaks') broke(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
            controller.close();
          }
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    };
  return makeSource(kind, { baseUrl: 'https://models.example/v1', key: 'k', fetch });
}

const play = (kind: ApiKind, bytes: Uint8Array, ending: Ending) => collect(playing(kind, bytes, ending), 'm');

const thoughtsIn = ({ events }: Answer) =>
  events.map((event) => (event.kind === 'reasoning' ? event.text : '')).join('');

describe.each(recordings)('%s', (file, kind, thoughts, counted) => {
  test('is read as it was meant', async () => {
    const answer = await play(kind, await recorded(file), 'ends');
    expect([thoughtsIn(answer), answer.text, answer.failure]).toEqual([thoughts, WORDS, undefined]);
    expect(answer.events.at(-1)).toEqual({ kind: 'finish', usage: counted });
  });

  // Hundreds of answers: the limit is for a busy machine, nothing here waits.
  test('cut after every byte', { timeout: 180_000 }, async () => {
    const bytes = await recorded(file);
    let [said, whole] = [0, false];
    for (let count = 0; count < bytes.length; count += 1) {
      const answer = await play(kind, bytes.subarray(0, count), count % 2 === 0 ? 'ends' : 'breaks');
      expect(WORDS.startsWith(answer.text) && thoughts.startsWith(thoughtsIn(answer))).toBe(true);
      // More bytes never say less, and an answer that is whole stays so.
      const length = answer.text.length + thoughtsIn(answer).length;
      expect(length).toBeGreaterThanOrEqual(said);
      expect(whole && answer.failure !== undefined).toBe(false);
      said = length;
      whole ||= answer.failure === undefined;
      if (answer.failure) expect(['cut', 'malformed']).toContain(answer.failure.code);
      else expect([answer.text, thoughtsIn(answer)]).toEqual([WORDS, thoughts]);
    }
    expect(said).toBe(WORDS.length + thoughts.length);
  });
});
