import { expect, it } from 'vitest';
import type { LiveLine } from '../../protocol/index.ts';
import { readLines } from './lines.ts';

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<LiveLine[]> {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks)
        controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      controller.close();
    },
  });
  const lines: LiveLine[] = [];
  for await (const line of readLines(body)) lines.push(line);
  return lines;
}

it('reads lines however they are cut', async () => {
  const beat = '{"kind":"beat"}\n';
  expect(await linesOf(beat + beat)).toHaveLength(2);
  expect(await linesOf('{"kind":', '"ready"', '}', '\n')).toEqual([{ kind: 'ready' }]);
  expect(await linesOf(`${beat}{"ki`, 'nd":"bye"}\n')).toEqual([{ kind: 'beat' }, { kind: 'bye' }]);
});

it('reads a character that comes in two pieces', async () => {
  const bytes = new TextEncoder().encode('{"kind":"gone","stream":"é"}\n');
  const cut = bytes.indexOf(0xc3) + 1;
  expect(await linesOf(bytes.slice(0, cut), bytes.slice(cut))).toEqual([{ kind: 'gone', stream: 'é' }]);
});

it('skips what it cannot read, and a half line at the end', async () => {
  expect(await linesOf('nonsense\n{"kind":"later"}\n\n{"kind":"beat"}\n{"kind":"by')).toEqual([
    { kind: 'beat' },
  ]);
});

it('tells of every piece that comes, before the line it ends', async () => {
  const encoder = new TextEncoder();
  const pieces = ['{"kind":', '"beat"', '}\n', '{"kind":"ready"}\n'];
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(encoder.encode(piece));
      controller.close();
    },
  });
  const told: string[] = [];
  for await (const { kind } of readLines(body, () => told.push('part'))) told.push(kind);
  expect(told).toEqual(['part', 'part', 'part', 'beat', 'part', 'ready']);
});
