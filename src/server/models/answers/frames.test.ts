import { expect, it } from 'vitest';
import { Frames } from './frames.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

it('holds of an event that never ends no more than of a line that never ends', () => {
  const line = 'x'.repeat(8_000_000);
  for (const [begin, more] of [
    ['data: {\n', `data: ${line}\n`],
    ['data: {', line],
  ] as const) {
    const frames = new Frames();
    expect(frames.feed(bytes(begin))).toEqual([]);
    const said = Array.from({ length: 8 }, () => frames.feed(bytes(more))).flat();
    expect(said).toEqual(['unreadable']);
  }
});

it('gives up an event of more lines than any has', () => {
  const frames = new Frames();
  const said = [frames.feed(bytes('[x\n')), frames.feed(bytes('y\n'.repeat(50_000)))].flat();
  expect(said).toEqual(['unreadable']);
  expect(frames.end()).toEqual([]);
});
