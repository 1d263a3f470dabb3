import { expect, it } from 'vitest';
import type { Archive } from './archive.ts';
import { readExport } from './read-export.ts';

const MESSAGE = { role: 'user', content: 'Words of a list' };

async function read(text: string, most: number) {
  const file = {
    name: 'list.json',
    size: text.length,
    read: async () =>
      (async function* () {
        yield Buffer.from(text);
      })(),
  };
  const archive: Archive = { files: [file], find: () => undefined, close: () => {} };
  const found = [];
  for await (const one of readExport(archive, { done: 0 }, most)) found.push(one);
  return found;
}

it('gathers a list of messages up to the size of one conversation, and takes no half of a longer one', async () => {
  const text = JSON.stringify([MESSAGE, MESSAGE, MESSAGE]);
  expect(await read(text, text.length)).toMatchObject([{ kind: 'source' }]);
  expect(await read(text, JSON.stringify(MESSAGE).length * 2)).toEqual([
    { kind: 'unreadable', sentence: expect.stringMatching(/^list\.json holds something larger than /) },
  ]);
});
