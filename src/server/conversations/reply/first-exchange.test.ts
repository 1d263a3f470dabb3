import { expect, test } from 'vitest';
import {
  conversationPatchSchema,
  foldConversations,
  noConversations,
  readItems,
} from '../../../protocol/index.ts';
import { readAll, START } from '../../engine/index.ts';
import { type Bench, benchWith, CONVERSATION, id, send } from '../testing.ts';

const ai = { models: { describe: () => ({ name: 'Model' }) } };

async function answered(made: Bench, name: string, parent: string | null, finish = {}): Promise<void> {
  await send(made, name, parent);
  await made.runner.say(id(`r${name}`), `answers ${name}`);
  await made.runner.end(id(`r${name}`), finish);
}

async function title({ engine }: Bench) {
  const { items } = await readAll(engine, 'conversations', START);
  return foldConversations(noConversations, readItems(conversationPatchSchema, items)).get(CONVERSATION)
    ?.header.title;
}

const exchangeOf = ({ service }: Bench, name: string) => service.firstExchange(CONVERSATION, id(`r${name}`));

test('the first exchange is what was said and answered first', async () => {
  const made = await benchWith(ai);
  await answered(made, 'a', null);
  expect(await exchangeOf(made, 'a')).toMatchObject({
    ...{ question: 'says a', answer: 'answers a', generation: { id: id('ra') } },
  });
  await answered(made, 'b', 'ra');
  expect(await exchangeOf(made, 'b')).toBeNull();
  expect(await exchangeOf(made, 'none')).toBeNull();
});

test('under a system prompt it is the first all the same', async () => {
  const made = await benchWith(ai);
  await made.service.execute('system', {
    ...{ conversation: CONVERSATION, message: id('s'), after: null, text: 'Be brief.' },
  });
  await answered(made, 'a', 's');
  expect(await exchangeOf(made, 'a')).not.toBeNull();
});

test('a demo, and a reply that was stopped, failed or is still written, name nothing', async () => {
  const demo = await benchWith();
  await answered(demo, 'a', null);
  expect(await exchangeOf(demo, 'a')).toBeNull();
  const made = await benchWith(ai);
  await answered(made, 'a', null, { reason: 'stopped' });
  await send(made, 'b', null);
  for (const name of ['a', 'b']) expect(await exchangeOf(made, name)).toBeNull();
});

test("a title of a model follows first words, and a person's wins whatever comes later", async () => {
  const made = await benchWith(ai);
  await answered(made, 'a', null);
  expect(await title(made)).toEqual({ text: 'says a', by: 'words' });
  await made.service.entitle(CONVERSATION, 'By a model');
  await made.service.entitle(CONVERSATION, 'By another');
  expect(await title(made)).toEqual({ text: 'By a model', by: 'model' });
  expect(await exchangeOf(made, 'a')).toBeNull();
  await made.service.execute('rename', { conversation: CONVERSATION, title: 'Mine' });
  await made.service.entitle(CONVERSATION, 'Too late');
  expect(await title(made)).toEqual({ text: 'Mine', by: 'person' });
});

test('a conversation that was deleted meanwhile gets no title', async () => {
  const made = await benchWith(ai);
  await answered(made, 'a', null);
  await made.service.execute('delete', { conversation: CONVERSATION });
  await made.service.entitle(CONVERSATION, 'By a model');
  expect(await title(made)).toMatchObject({ by: 'words' });
  expect(await exchangeOf(made, 'a')).toBeNull();
});
