import { expect, it } from 'vitest';
import { LABEL_LIMIT, TITLE_LIMIT } from '../../../protocol/index.ts';
import { isOwn, readOwn } from './own.ts';

const ID = 'conversation-01';
const MESSAGE = {
  ...{ v: 1, kind: 'message', id: 'message-0001', parent: null, role: 'user', author: { kind: 'user' } },
  ...{ parts: [{ kind: 'text', text: 'Said' }], origin: { kind: 'send' }, time: 1_700_000_000_000 },
};
const file = (conversation: object, rest: object = {}) => ({
  ...{ bough: 1, conversation: { id: ID, ...conversation }, messages: [MESSAGE], marks: [], files: {} },
  ...rest,
});

it.each(['../../outside', 'c/other/b', '', '__proto__', 7, undefined])(
  'knows no conversation called %j',
  (id) => {
    const value = file({ id });
    expect(isOwn(value)).toBe(true);
    expect(readOwn(value)).toBeNull();
  },
);

it('takes of a header what a header can have', () => {
  const header = {
    title: { text: 'T'.repeat(TITLE_LIMIT + 1), by: 'nobody' },
    created: -1,
    active: '9e99',
    model: { source: ['openai'], id: 'gpt' },
    archived: 'yes',
    filed: { id: '../x', name: 'Folder' },
  };
  expect(readOwn(file(header))?.brought).toEqual({
    ...{ conversation: ID, created: 0, active: 0, messages: [MESSAGE], marks: [] },
    title: { text: 'T'.repeat(TITLE_LIMIT), by: 'words' },
  });
  const model = { source: 'openai', id: 'gpt', key: 'secret' };
  expect(readOwn(file({ model }))?.brought.model).toEqual({ source: 'openai', id: 'gpt' });
});

it('takes of marks what a person could have set, at no time of their own', () => {
  const marks = [
    { message: MESSAGE.id, star: true, label: 'L'.repeat(LABEL_LIMIT + 1), at: 9e15, id: 'another-id' },
    { message: MESSAGE.id, colour: 'javascript:alert(1)' },
    { message: '../x', star: true },
    null,
  ];
  const { brought } = readOwn(file({}, { marks, leaf: '../x' })) ?? {};
  expect(brought?.marks).toEqual([{ message: MESSAGE.id, star: true, label: 'L'.repeat(LABEL_LIMIT) }]);
  expect(brought).not.toHaveProperty('leaf');
});
