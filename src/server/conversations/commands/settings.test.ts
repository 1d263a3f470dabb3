import { expect, it } from 'vitest';
import {
  CONVERSATIONS,
  conversationPatchSchema,
  foldConversations,
  noConversations,
  readItems,
} from '../../../protocol/index.ts';
import { readAll, START } from '../../engine/index.ts';
import { type Bench, benchWith, CONVERSATION, MODEL } from '../testing.ts';

const conversation = CONVERSATION;

async function state({ engine }: Bench) {
  const { items } = await readAll(engine, CONVERSATIONS, START);
  const patches = readItems(conversationPatchSchema, items);
  const header = foldConversations(noConversations, patches).get(conversation)?.header;
  return { header, patches: items.length };
}

it('keeps model, temperature and what to do with a context that is too large, each by itself', async () => {
  const made = await benchWith();
  await made.service.execute('settings', { conversation, model: MODEL, temperature: 0 });
  await made.service.execute('settings', { conversation, overflow: 'drop-oldest' });
  expect((await state(made)).header).toMatchObject({ model: MODEL, temperature: 0, overflow: 'drop-oldest' });
  await made.service.execute('settings', { conversation, temperature: null, overflow: null });
  const { header } = await state(made);
  expect(header).toMatchObject({ model: MODEL });
  expect(header).not.toHaveProperty('temperature');
  expect(header).not.toHaveProperty('overflow');
});

it('writes nothing that is so already', async () => {
  const made = await benchWith();
  const before = (await state(made)).patches;
  const settings = { conversation, model: MODEL, temperature: 0.5 };
  await made.service.execute('settings', { conversation, model: null, temperature: null, overflow: null });
  await made.service.execute('settings', settings);
  await made.service.execute('settings', settings);
  expect((await state(made)).patches).toBe(before + 1);
});

it('is refused for a conversation that does not exist', async () => {
  const made = await benchWith();
  const settings = { conversation: 'nowhere-1', temperature: 1 };
  await expect(made.service.execute('settings', settings)).rejects.toMatchObject({ code: 'not-found' });
});
