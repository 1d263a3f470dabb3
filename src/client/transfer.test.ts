import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { type ManyForm, NOT_EXPORTED } from '../protocol/requests/transfer.ts';
import type { Bough } from './bough.ts';
import { NetworkError } from './kit/errors.ts';
import { exportMany } from './transfer.ts';

/** @param cut bytes that never come */
function exported(as: ManyForm, bytes: Uint8Array, { size = 7, cut = 0 } = {}) {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length - cut; at += size)
    pieces.push(bytes.slice(at, Math.min(at + size, bytes.length - cut)));
  const body = new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const request = async () => new Response(body);
  const bough = { http: { request } } as unknown as Bough;
  const conversations = ['conversation-1', 'conversation-2', 'conversation-3', 'conversation-1'];
  let progress = 0;
  const options = { signal: new AbortController().signal, onProgress: (sum: number) => (progress = sum) };
  return exportMany(bough, { as, conversations }, options).then(async ({ file, unreadable }) => {
    expect(progress).toBe(bytes.length);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
    return unreadable;
  });
}

const text = (words: string) => new TextEncoder().encode(words);
const whole = zipSync({ 'A.html': text('a'), 'Not exported.html': text('b'), 'C.html': text('c') });
const missing = zipSync({ 'A.html': text('a'), [NOT_EXPORTED]: text('two: gone\nthree: gone\n') });

it.each([1, 7, 100_000])('counts what a zip has not, in pieces of %d bytes', async (size) => {
  expect(await exported('html', whole, { size })).toBe(0);
  expect(await exported('markdown', missing, { size })).toBe(2);
});

it('counts what JSON has not', async () => {
  const some = '[\n{"a":1},\n{"unreadable":"conversation-2","sentence":"Gone."},\n{"b":2}\n]\n';
  expect(await exported('bough', text(some))).toBe(1);
});

it.each(['html', 'bough'] as const)('takes no %s for whole that broke off', async (as) => {
  const bytes = as === 'html' ? whole : text('[\n{"a":1},\n{"b":2}\n]\n');
  await expect(exported(as, bytes, { cut: 3 })).rejects.toThrow(NetworkError);
  await expect(exported(as, bytes, { cut: bytes.length })).rejects.toThrow(NetworkError);
});
