import { expect, test } from 'vitest';
import { turnsOf } from '../../../../tree/index.ts';
import { Conversation } from '../../../testing/conversations.ts';
import { outlineRows } from './outline-rows.ts';
import { hitsByRow } from './row-hits.ts';

/** Twenty turns in a line, and two that leave after the first reply. */
function long() {
  const conversation = new Conversation();
  for (let n = 0; n < 40; n += 1) conversation.say(`Words ${n}`);
  const aside = { aside: true } as const;
  return conversation
    .say('Another way', { ...aside, id: 'aside-001', role: 'user', parent: 'message-2' })
    .say('Its reply', { ...aside, id: 'aside-002', role: 'assistant', parent: 'aside-001' })
    .say('And on', { ...aside, id: 'aside-003', role: 'user', parent: 'aside-002' }).view;
}

test('what a row hides counts for the row: a folded run, a branch that is not opened', () => {
  const { tree, path } = long();
  const turns = turnsOf(tree);
  const ids = path.map(({ key }) => key);
  const rows = outlineRows({
    ...{ tree, turns, path: ids, selected: 'message-40', chosen: new Map(), open: new Set() },
  });
  const hits = hitsByRow(
    rows,
    turns,
    new Map([
      ['message-10', 'hit'],
      ['message-11', 'hit'],
      ['message-39', 'current'],
      ['aside-003', 'hit'],
      ['nowhere-01', 'hit'],
    ]),
  );
  expect(Object.fromEntries(hits)).toEqual({
    'message-3': { count: 2, current: false },
    'message-39': { count: 1, current: true },
    'aside-001': { count: 1, current: false },
  });
  expect(hitsByRow(rows, turns, new Map()).size).toBe(0);
});
