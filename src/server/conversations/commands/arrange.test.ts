import { describe, expect, it } from 'vitest';
import {
  CONVERSATIONS,
  type CommandInput,
  chatFolderSnapshot,
  foldChatFolders,
  foldConversations,
  noChatFolders,
  noConversations,
  readChatFolders,
  readPatches,
  segmentStream,
} from '../../../protocol/index.ts';
import { readAll, START } from '../../engine/index.ts';
import { type Bench, bench, id, MODEL, readTree } from '../testing.ts';

const ALL = ['conversation-1', 'conversation-2', 'conversation-3'];
const FOLDER = 'folder-0001';

async function withThree(deps: Parameters<typeof bench>[0] = {}): Promise<Bench> {
  const made = bench(deps);
  for (const conversation of ALL) await made.service.execute('create', { conversation });
  return made;
}

const itemsOf = async ({ engine }: Bench, segment = 1) =>
  (await readAll(engine, segmentStream(CONVERSATIONS, segment), START)).items;

async function headers(made: Bench, segment = 1) {
  const list = foldConversations(noConversations, readPatches(await itemsOf(made, segment)));
  return ALL.map((conversation) => list.get(conversation)?.header);
}

const folders = async (made: Bench, segment = 1) =>
  foldChatFolders(noChatFolders, readChatFolders(await itemsOf(made, segment)));

const arrange = (made: Bench, input: Omit<CommandInput<'arrange'>, 'conversations'>, conversations = ALL) =>
  made.service.execute('arrange', { conversations, ...input });

describe('many at a time', () => {
  it('are changed in one write, and what is so already writes nothing', async () => {
    const made = await withThree();
    const before = (await itemsOf(made)).length;
    expect(await arrange(made, { archived: true, pinned: true })).toEqual({ refused: [] });
    for (const header of await headers(made)) expect(header).toMatchObject({ archived: true, pinned: true });
    expect((await itemsOf(made)).length).toBe(before + 3);
    await arrange(made, { archived: true, pinned: true });
    expect((await itemsOf(made)).length).toBe(before + 3);
    await arrange(made, { archived: false }, [ALL[1] as string, ALL[1] as string]);
    expect((await headers(made)).map((header) => header?.archived)).toEqual([true, false, true]);
  });

  it('that cannot be are told with the reason, and the others are done', async () => {
    const made = await withThree();
    await made.service.execute('delete', { conversation: ALL[0] as string });
    const { refused } = await arrange(made, { pinned: true }, [...ALL, 'conversation-9']);
    expect(refused.map(({ conversation, code }) => [conversation, code])).toEqual([
      [ALL[0], 'gone'],
      ['conversation-9', 'not-found'],
    ]);
    expect((await headers(made)).map((header) => header?.pinned)).toEqual([undefined, true, true]);
  });

  it('are deleted, with their replies stopped, and brought back for thirty days', async () => {
    let now = 1_000;
    const made = await withThree({ now: () => now });
    const conversation = ALL[0] as string;
    const asked = { message: id('a'), parent: null, text: 'Hello', reply: id('ra'), model: MODEL };
    await made.service.execute('send', { conversation, ...asked });
    await made.runner.say(id('ra'), 'Half a');
    await arrange(made, { deleted: true });
    expect((await headers(made)).map((header) => [header?.deleted, header?.open])).toEqual(
      ALL.map(() => [true, []]),
    );
    expect((await readTree(made.engine, conversation)).messages.get(id('ra'))?.finish?.reason).toBe(
      'stopped',
    );
    expect(await arrange(made, { deleted: false }, ALL.slice(0, 2))).toEqual({ refused: [] });
    now += 31 * 24 * 60 * 60_000;
    const { refused } = await arrange(made, { deleted: false });
    expect(refused.map(({ conversation: one, code }) => [one, code])).toEqual([[ALL[2], 'gone']]);
  });

  it('win over a server whose clock runs ahead, and say where nothing can be later', async () => {
    const made = await withThree();
    const said = (conversation: string, at: number) => ({
      ...{ v: 1, kind: 'conversation', id: conversation, at, archived: false },
    });
    await made.engine.append(CONVERSATIONS, [
      said(ALL[0] as string, 5_000_000),
      // At the greatest time there is, `true` wins: that can still be said.
      { ...said(ALL[1] as string, Number.MAX_SAFE_INTEGER), pinned: true },
    ]);
    expect(await arrange(made, { archived: true })).toEqual({ refused: [] });
    expect((await headers(made)).map((header) => header?.archived)).toEqual([true, true, true]);
    const { refused } = await arrange(made, { pinned: false });
    expect(refused.map(({ conversation, code }) => [conversation, code])).toEqual([[ALL[1], 'fixed']]);
  });
});

describe('folders', () => {
  it('are made, named, removed and brought back; what is filed in them stays so', async () => {
    const made = await withThree();
    await made.service.execute('chat-folder', { folder: FOLDER, name: 'Work' });
    await made.service.execute('chat-folder', { folder: FOLDER, name: 'Work' });
    await arrange(made, { filed: FOLDER });
    expect((await headers(made)).map((header) => header?.filed)).toEqual(ALL.map(() => FOLDER));
    const count = (await itemsOf(made)).length;
    await made.service.execute('chat-folder', { folder: FOLDER, removed: true });
    expect((await itemsOf(made)).length).toBe(count + 1);
    await expect(arrange(made, { filed: FOLDER })).rejects.toMatchObject({ status: 404, code: 'not-found' });
    await made.service.execute('chat-folder', { folder: FOLDER, removed: false, name: 'Works' });
    expect((await folders(made)).get(FOLDER)?.folder).toEqual({ id: FOLDER, name: 'Works', removed: false });
    expect((await headers(made)).map((header) => header?.filed)).toEqual(ALL.map(() => FOLDER));
    await arrange(made, { filed: null }, ALL.slice(0, 1));
    expect((await headers(made)).map((header) => header?.filed)).toEqual([undefined, FOLDER, FOLDER]);
  });

  it('that never were can be neither removed nor filed in', async () => {
    const made = await withThree();
    const gone = made.service.execute('chat-folder', { folder: FOLDER, removed: true });
    await expect(gone).rejects.toMatchObject({ status: 404, code: 'not-found' });
    await expect(arrange(made, { filed: FOLDER })).rejects.toMatchObject({ status: 404 });
    expect((await itemsOf(made)).length).toBe(3);
  });

  it('survive the roll-over of the list, with what a later version says of them', async () => {
    const made = await withThree({ segmentItems: 12 });
    await made.service.execute('chat-folder', { folder: FOLDER, name: 'Work' });
    const later = { v: 1, kind: 'chat-folder', id: FOLDER, at: 2, colour: 'red' };
    await made.engine.append(CONVERSATIONS, [later]);
    await arrange(made, { filed: FOLDER, pinned: true });
    for (let n = 0; n < 30; n += 1) {
      const name = n % 2 === 0 ? 'Work' : 'Play';
      await made.service.execute('chat-folder', { folder: FOLDER, name });
      if ((await made.engine.head(segmentStream(CONVERSATIONS, 2))) !== null) break;
    }
    const [first, second] = [await itemsOf(made), await itemsOf(made, 2)];
    expect(first.at(-1)).toMatchObject({ kind: 'rolled' });
    expect(second).toContainEqual(later);
    expect(chatFolderSnapshot(await folders(made, 2))).toEqual(chatFolderSnapshot(await folders(made)));
    expect(await headers(made, 2)).toEqual(await headers(made));
  });
});
