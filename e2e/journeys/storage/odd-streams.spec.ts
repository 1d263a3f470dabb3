import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONVERSATIONS } from '../../../src/protocol/index.ts';
import { openEmbeddedEngine } from '../../../src/server/engine/embedded/index.ts';
import { expect, test, watch } from '../../fixtures.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { planTree, writeTree } from '../../seed-tree.ts';
import { startBough } from '../../server.ts';

/** Later than any date there is. */
const FAR = 9e15;

/** A conversation whose first message is of `FAR`, stands twice in its branch, and whose header was last changed at the greatest number. */
async function seedOdd(folder: string): Promise<string> {
  const engine = await openEmbeddedEngine(folder);
  const far = (item: object): object => {
    if ('message' in item) return { ...item, message: { ...(item.message as object), time: FAR } };
    return 'parts' in item ? { ...item, time: FAR } : item;
  };
  const branches = new Map<string, object>();
  const streams: typeof engine = Object.assign(Object.create(engine), {
    create: engine.create.bind(engine),
    fork: engine.fork.bind(engine),
    append: (stream: string, items: readonly object[], options: object) => {
      if (stream.includes('/b/') && !branches.has(stream)) branches.set(stream, items[0] as object);
      return engine.append(stream, items.map(far), options);
    },
  });
  try {
    const { conversation } = await writeTree(streams, planTree('trunk', 2), {
      title: 'Odd times',
      say: (n) => `Words ${n + 1}`,
    });
    for (const [stream, first] of branches) {
      await engine.append(stream, [{ ...first, parts: [{ kind: 'text', text: 'Other words' }] }]);
    }
    const at = Number.MAX_SAFE_INTEGER;
    const title = { text: 'Theirs', by: 'person' };
    await engine.append(CONVERSATIONS, [{ v: 1, kind: 'conversation', id: conversation, at, title }]);
    return conversation;
  } finally {
    await engine.shutdown();
  }
}

test('times that are none and an id that stands twice: it opens, is answered, and a name is kept or said', async ({
  page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'bough-e2e-'));
  const conversation = await seedOdd(folder);
  const bough = await startBough({ BOUGH_DEMO_MODES: '1' }, folder);
  const faults = watch(page, [/409/]);
  try {
    const chat = new ChatPage(page, bough.url);
    await page.goto(`${bough.url}/c/${conversation}`);
    await expect(chat.user(1)).toContainText('Words 1');
    await expect(chat.assistant(2)).toContainText('Words 2');
    await expect(page.getByText('Other words')).toBeHidden();
    await chat.chooseModel(/^Demo \(/);
    await chat.ask('Can it go on?', 4);
    await page.reload();
    await expect(chat.user(3)).toContainText('Can it go on?');

    await chat.sidebar.getByRole('button', { name: 'More actions for Theirs' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Ours');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/cannot be changed any more/).first()).toBeVisible();
    expect(faults).toEqual([]);
  } finally {
    await bough.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
