/** Whatever stands in the streams of a conversation, it opens and can be answered: absurd times, ids twice, items of no kind. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  branchStream,
  CONVERSATIONS,
  foldConversations,
  noConversations,
  outlineStream,
} from '../../protocol/index.ts';
import { readAll, START } from '../engine/index.ts';
import { bench, benchWith, CONVERSATION, id, readTree, send } from './testing.ts';

const FAR = fc.constantFrom(0, 8.64e15, 8.64e15 + 1, Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER);
const IDS = fc.constantFrom(...['a', 'ra', 'b', 'zz'].map(id));

const message = fc.record({ id: IDS, parent: fc.option(IDS), time: FAR }).map((fields) => ({
  ...{ v: 1, kind: 'message', role: 'user', author: { kind: 'user' }, origin: { kind: 'external' } },
  ...{ parts: [{ kind: 'text', text: 'by somebody else' }], ...fields },
}));
const odd = fc.constantFrom<object>({}, { kind: 'message' }, { v: 9, kind: 'later' }, { kind: 'lost' });

const branchItems = fc.array(fc.oneof(message, odd), { maxLength: 4 });
const outlineItems = fc.array(
  fc.oneof(
    fc.record({ id: IDS, at: FAR, star: fc.boolean() }).map((mark) => ({ v: 1, kind: 'mark', mark })),
    odd,
  ),
  { maxLength: 3 },
);
const listItems = fc.array(
  fc.record({ at: FAR, active: FAR, archived: fc.boolean() }).map((fields) => ({
    ...{ v: 1, kind: 'conversation', id: CONVERSATION, ...fields },
    ...{ title: { text: 'so', by: 'person' } },
  })),
  { maxLength: 3 },
);

test('a conversation opens, is answered, forked, renamed and starred', async () => {
  await fc.assert(
    fc.asyncProperty(branchItems, outlineItems, listItems, async (branch, outline, list) => {
      const before = await benchWith();
      await send(before, 'a', null);
      await before.runner.say(id('ra'), 'an answer');
      await before.runner.end(id('ra'));
      const { engine } = before;
      for (const item of branch) await engine.append(branchStream(CONVERSATION, id('a')), [item]);
      for (const item of outline) await engine.append(outlineStream(CONVERSATION), [item]);
      for (const item of list) await engine.append(CONVERSATIONS, [item]);
      await before.service.shutdown();

      const made = bench({ engine });
      await made.service.start();
      await made.service.open(CONVERSATION);
      for (const [at, parent] of ['ra', 'ra'].entries()) {
        await send(made, `n${at}`, parent);
        const { generation } = made.runner.started.get(id(`rn${at}`)) ?? {};
        const read = generation && (await made.runner.home.context(CONVERSATION, generation));
        expect(read?.map((one) => one.id)).toEqual([id('a'), id('ra'), id(`n${at}`)]);
        await made.runner.say(id(`rn${at}`), 'it goes on');
        await made.runner.end(id(`rn${at}`));
      }
      // It is kept, or it is said that it cannot be: nothing is later than the greatest time.
      const renamed = await made.service
        .execute('rename', { conversation: CONVERSATION, title: 'Ours' })
        .then(
          () => 'Ours',
          ({ code }) => (code === 'fixed' ? 'so' : code),
        );
      const { items } = await readAll(engine, CONVERSATIONS, START);
      const header = foldConversations(noConversations, items as never).get(CONVERSATION)?.header;
      expect(header?.title).toEqual({ text: renamed, by: 'person' });
      await made.service.execute('mark', {
        conversation: CONVERSATION,
        marks: [{ message: id('ra'), star: true }],
      });
      expect((await readTree(engine)).messages.get(id('rn1'))).toBeDefined();
      await made.service.shutdown();
    }),
    { numRuns: 60 },
  );
});
