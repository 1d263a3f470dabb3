import { describe, expect, it } from 'vitest';
import { copyAt, folderPlan } from './copies.ts';
import { foldOutline } from './fold-outline.ts';
import { emptyTree, type Tree } from './tree.ts';
import type { Generation, MessageHeader } from './types.ts';

const base = { branch: 'b', start: '-1', end: '0', preview: '' } as const;
const asks = (id: string, parent: string | null, more: Partial<MessageHeader> = {}): MessageHeader => ({
  ...{
    id,
    parent,
    role: 'user',
    author: { kind: 'user' },
    origin: { kind: 'send' },
    time: 1,
    ...base,
    ...more,
  },
});
const works = (id: string, parent: string, time: number, copy?: string, more: Partial<MessageHeader> = {}) =>
  asks(id, parent, { role: 'assistant', time, folder: '/p', ...(copy !== undefined && { copy }), ...more });
const writes = (id: string, parent: string, copy?: string): Generation => ({
  ...{
    id,
    parent,
    branch: 'b',
    at: '0',
    model: { source: 'agents', id: 'A' },
    name: 'A',
    started: 0,
    folder: '/p',
  },
  ...{ origin: { kind: 'send' }, ...(copy !== undefined && { copy }) },
});
const treeOf = (...messages: MessageHeader[]): Tree =>
  foldOutline(
    emptyTree,
    messages.map((message) => ({ kind: 'message' as const, message })),
  );
const writing = (tree: Tree, generation: Generation): Tree =>
  foldOutline(tree, [{ kind: 'generation', generation }]);
const hidden = (tree: Tree, id: string): Tree =>
  foldOutline(tree, [{ kind: 'mark', mark: { id, at: 9, pruned: true } }]);

const LINE = treeOf(asks('q1', null), works('a1', 'q1', 2), asks('q2', 'a1'), works('a2', 'q2', 3));

describe('the folder a reply works in', () => {
  it('is the person’s own, where nothing was done yet or the last reply in it is gone on from', () => {
    expect(folderPlan(emptyTree, { at: null })).toEqual({ kind: 'there' });
    expect(folderPlan(LINE, { at: 'a2' })).toEqual({ kind: 'there' });
  });

  it('is apart, where others have worked in it since, or are at it', () => {
    expect(folderPlan(LINE, { at: 'a1' })).toEqual({ kind: 'apart' });
    expect(folderPlan(LINE, { at: null })).toEqual({ kind: 'apart' });
    expect(folderPlan(writing(LINE, writes('a3', 'a2')), { at: 'a2' })).toEqual({ kind: 'apart' });
    expect(folderPlan(writing(LINE, writes('a3', 'a2')), { at: 'a2', reply: 'a3' })).toEqual({
      kind: 'there',
    });
  });

  it('is its own copy, as long as it is the last there', () => {
    const forked = treeOf(...LINE.messages.values(), asks('q3', 'a1'), works('a3', 'q3', 4, 'a3'));
    expect(folderPlan(forked, { at: 'a3' })).toEqual({ kind: 'there', copy: 'a3' });
    expect(folderPlan(forked, { at: 'a2' })).toEqual({ kind: 'there' });
    const longer = treeOf(...forked.messages.values(), asks('q4', 'a3'), works('a4', 'q4', 5, 'a3'));
    expect(folderPlan(longer, { at: 'a3' })).toEqual({ kind: 'apart' });
    expect(copyAt(longer, 'q4')).toBe('a3');
    expect(copyAt(longer, 'q2')).toBeUndefined();
  });

  it('is free again, where what came since was hidden', () => {
    expect(folderPlan(hidden(LINE, 'q2'), { at: 'a1' })).toEqual({ kind: 'there' });
  });

  it('is not that of the chat another was copied from', () => {
    const copied = treeOf(asks('q1', null), works('a1', 'q1', 2, 'c1', { origin: { kind: 'copy' } }));
    expect(folderPlan(copied, { at: 'a1' })).toEqual({ kind: 'there' });
  });
});
