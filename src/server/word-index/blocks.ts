/** Messages of one conversation packed together: alike as they are, they take less than half of their text. */
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { StoredMessage } from './port.ts';

/** A block takes no more once it has so many UTF-16 units. */
export const BLOCK = 24_000;

const params = {
  [constants.BROTLI_PARAM_QUALITY]: 5,
  [constants.BROTLI_PARAM_LGWIN]: 18,
  [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
};

export function pack(messages: readonly StoredMessage[]): Buffer {
  const heads = messages.map(({ id, time, role, author, model, file, code, branch }) => [
    id,
    time,
    role,
    author,
    model,
    (file ? 1 : 0) + (code ? 2 : 0),
    branch,
  ]);
  const texts = messages.map(({ text }) => text.replaceAll('\0', '\ufffd'));
  return brotliCompressSync([JSON.stringify(heads), ...texts].join('\0'), { params });
}

export function unpack(packed: Uint8Array): readonly StoredMessage[] {
  const [heads = '[]', ...texts] = brotliDecompressSync(packed).toString().split('\0');
  return (JSON.parse(heads) as [string, number, string, string, string, number, string][]).map(
    ([id, time, role, author, model, flags, branch], at) => ({
      ...{ id, time, role, author, model, branch, text: texts[at] ?? '' },
      file: (flags & 1) > 0,
      code: (flags & 2) > 0,
    }),
  );
}

/** Cuts messages into what goes into a block each; one that is longer has one of its own. */
export function inBlocks(messages: readonly StoredMessage[]): readonly (readonly StoredMessage[])[] {
  const blocks: StoredMessage[][] = [];
  let size = BLOCK;
  for (const message of messages) {
    if (size >= BLOCK) {
      blocks.push([]);
      size = 0;
    }
    blocks.at(-1)?.push(message);
    size += message.text.length + 100;
  }
  return blocks;
}
