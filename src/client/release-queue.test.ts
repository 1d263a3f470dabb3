import { describe, expect, it } from 'vitest';
import { emptyTree, type Generation, type Tree } from '../tree/index.ts';
import { turnOf } from './release-queue.ts';

const reply = (id: string, reason?: string, started = 1): Generation =>
  ({ id, parent: 'question', started, ...(reason && { end: { reason, at: started } }) }) as Generation;
const tree = (replies: readonly Generation[], said: readonly string[] = []): Tree => ({
  ...emptyTree,
  generations: new Map(replies.map((one) => [one.id, one])),
  messages: new Map(said.map((id) => [id, { id } as never])),
});
const go = (parent: string) => ({ kind: 'go', parent });

describe('the turn of what waits for a reply', () => {
  it('comes when that reply is done, and follows it', () => {
    expect(turnOf(emptyTree, { after: 'r' })).toEqual({ kind: 'wait' });
    expect(turnOf(tree([reply('r')]), { after: 'r' })).toEqual({ kind: 'wait' });
    expect(turnOf(tree([reply('r', 'complete')], ['r']), { after: 'r' })).toEqual(go('r'));
    expect(turnOf(tree([reply('r', 'a later reason')], ['r']), { after: 'r' })).toEqual(go('r'));
    expect(turnOf(tree([], ['r']), { after: 'r' })).toEqual(go('r'));
  });

  it.each(['stopped', 'failed', 'interrupted'])('does not come by itself after one that %s', (reason) => {
    const ended = tree([reply('r', reason)], ['r']);
    expect(turnOf(ended, { after: 'r' })).toEqual({ kind: 'stall' });
    expect(turnOf(ended, { after: 'r', anyEnd: true })).toEqual(go('r'));
    const wordless = tree([reply('r', reason)]);
    expect(turnOf(wordless, { after: 'r', anyEnd: true })).toEqual(go('question'));
  });

  it('comes after the newest that was asked for in place of one that ended early', () => {
    const early = reply('r', 'failed', 1);
    const other = reply('other', 'complete', 0);
    const again = (reason?: string) => tree([other, early, reply('again', reason, 2)], ['again', 'other']);
    expect(turnOf(again(), { after: 'r' })).toEqual({ kind: 'wait' });
    expect(turnOf(again('complete'), { after: 'r' })).toEqual(go('again'));
    expect(turnOf(again('failed'), { after: 'r' })).toEqual({ kind: 'stall' });
  });

  it('is for a person to say where the message before it was taken back', () => {
    expect(turnOf(emptyTree, { after: 'r', orphan: true })).toEqual({ kind: 'stall' });
  });
});
