import { describe, expect, it } from 'vitest';
import { CONVERSATIONS } from '../../protocol/index.ts';
import type { FileStore } from '../files/index.ts';
import { RECALL } from './recovery/purge.ts';
import { benchWith, CONVERSATION, id, MODEL, readBranch, readTree } from './testing.ts';

const HASH = 'ab'.repeat(32);
const OTHER = 'cd'.repeat(32);

/** Knows both hashes; `swept` holds what was referred to at each sweep. */
function fakeFiles() {
  const swept: string[][] = [];
  const files: Pick<FileStore, 'use' | 'sweep'> = {
    use: async (hash) => ([HASH, OTHER].includes(hash) ? { hash, type: 'image/png', size: 70 } : null),
    sweep: async (referred) => void swept.push([...(await referred())].sort()),
  };
  return { files, swept };
}

const sending = (name: string, hash: string, text = '') => ({
  conversation: CONVERSATION,
  message: id(name),
  parent: null,
  text,
  files: [{ hash, name: `${name}.png` }],
  reply: id(`r${name}`),
  model: MODEL,
});

describe('files of messages', () => {
  it('stand before the words, as the store knows them; the header names them', async () => {
    const made = await benchWith({ files: fakeFiles().files });
    await made.service.execute('send', sending('a', HASH, 'Look'));
    const [message] = await readBranch(made.engine, id('a'));
    expect(message?.parts).toEqual([
      { kind: 'file', hash: HASH, name: 'a.png', type: 'image/png', size: 70 },
      { kind: 'text', text: 'Look' },
    ]);
    expect((await readTree(made.engine)).messages.get(id('a'))?.files).toEqual([HASH]);
  });

  it('have what they were made of beside them, which the header names too', async () => {
    const made = await benchWith({ files: fakeFiles().files });
    const files = [{ hash: HASH, name: 'a.png', original: { hash: OTHER, name: 'a.heic' } }];
    await made.service.execute('send', { ...sending('a', HASH), files });
    const [message] = await readBranch(made.engine, id('a'));
    const original = { hash: OTHER, name: 'a.heic', type: 'image/png', size: 70 };
    expect(message?.parts).toEqual([
      { kind: 'file', hash: HASH, name: 'a.png', type: 'image/png', size: 70, original },
    ]);
    expect((await readTree(made.engine)).messages.get(id('a'))?.files).toEqual([HASH, OTHER]);
  });

  it('that no model could read are refused, but as what others were made of', async () => {
    const use: FileStore['use'] = async (hash) => ({
      ...{ hash, size: 70, type: hash === HASH ? 'text/plain' : 'application/pdf' },
    });
    const made = await benchWith({ files: { ...fakeFiles().files, use } });
    await expect(made.service.execute('send', sending('a', OTHER))).rejects.toMatchObject({
      code: 'file-type',
    });
    const files = [{ hash: HASH, name: 'a.pdf.txt', original: { hash: OTHER, name: 'a.pdf' } }];
    await made.service.execute('send', { ...sending('a', HASH), files });
    expect((await readTree(made.engine)).messages.size).toBe(1);
  });

  it('without words give the preview and the title', async () => {
    const made = await benchWith({ files: fakeFiles().files });
    await made.service.execute('send', sending('a', HASH));
    expect((await readTree(made.engine)).messages.get(id('a'))?.preview).toBe('a.png');
  });

  it('that are not stored are refused before anything is written', async () => {
    const made = await benchWith({ files: fakeFiles().files });
    await expect(made.service.execute('send', sending('a', 'ef'.repeat(32)))).rejects.toMatchObject({
      status: 422,
      code: 'unknown-file',
      message: expect.stringContaining('a.png'),
    });
    expect((await readTree(made.engine)).messages.size).toBe(0);
  });

  it('are those the edit says, in a version beside the old one', async () => {
    const made = await benchWith({ files: fakeFiles().files });
    await made.service.execute('send', sending('a', HASH, 'Look'));
    await made.runner.end(id('ra'));
    await made.service.execute('edit', {
      conversation: CONVERSATION,
      of: id('a'),
      message: id('b'),
      text: 'See',
      files: [{ hash: OTHER, name: 'b.png' }],
    });
    const { messages } = await readTree(made.engine);
    expect([messages.get(id('a'))?.files, messages.get(id('b'))?.files]).toEqual([[HASH], [OTHER]]);
  });

  it('are referred to for as long as the conversation can be brought back', async () => {
    const { files, swept } = fakeFiles();
    const made = await benchWith({ files });
    await made.service.execute('send', sending('a', HASH));
    await made.runner.end(id('ra'));
    await made.service.execute('delete', { conversation: CONVERSATION });
    made.clock.pass(RECALL - 1_000);
    await expect.poll(() => swept.at(-1)).toEqual([HASH]);
    const before = swept.length;
    made.clock.pass(2 * 24 * 60 * 60_000);
    await expect.poll(() => swept.length).toBeGreaterThan(before);
    expect(swept.at(-1)).toEqual([]);
  });

  it('stay where the storage was emptied, or is another: it may be the wrong one', async () => {
    const { files, swept } = fakeFiles();
    const made = await benchWith({ files });
    await made.service.execute('send', sending('a', HASH));
    await made.runner.end(id('ra'));
    await made.engine.delete(CONVERSATIONS);
    const before = swept.length;
    made.clock.pass(2 * 24 * 60 * 60_000);
    await expect.poll(() => made.engine.head(CONVERSATIONS)).not.toBeNull();
    await new Promise(setImmediate);
    expect(swept).toHaveLength(before);
  });
});
