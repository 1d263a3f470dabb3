import { describe, expect, it } from 'vitest';
import { type AgentAbilities, agentPlan, type NoWay } from './agent-session-plan.ts';
import { foldOutline } from './fold-outline.ts';
import { emptyTree, type Tree } from './tree.ts';
import type { Generation, MessageHeader, Origin, OutlineChange, SessionRef } from './types.ts';

const SENT: Origin = { kind: 'send' };
const AGENT = { source: 'agents', id: 'A' };

const at = (id: string, parent: string | null, more: Partial<MessageHeader> = {}): MessageHeader => ({
  ...{ id, parent, role: 'user', author: { kind: 'user' }, preview: '', branch: 'b', start: '-1', end: id },
  ...{ origin: { kind: 'send' }, time: 1, ...more },
});
const by = (id: string, parent: string, session?: Partial<SessionRef>, more: Partial<MessageHeader> = {}) =>
  at(id, parent, {
    ...{ role: 'assistant', author: { kind: 'model', model: AGENT, name: 'A' }, ...more },
    ...(session && {
      session: { agent: 'A', id: 's', turn: 1, message: `m-${id}`, cursor: `c-${id}`, ...session },
    }),
  });
const fold = (tree: Tree, change: OutlineChange): Tree => foldOutline(tree, [change]);
const treeOf = (...messages: MessageHeader[]): Tree =>
  messages.reduce((tree, message) => fold(tree, { kind: 'message', message }), emptyTree);

const abilitiesOf = (bits: number): AgentAbilities => ({
  ...{
    reopens: (bits & 1) > 0,
    forks: (bits & 2) > 0,
    cursors: (bits & 4) > 0,
    forksAtMessages: (bits & 8) > 0,
  },
});
const ALL = Array.from({ length: 16 }, (_, bits) => bits);

/** user → m (turn 1); `moved`: and a further turn in the same session. */
const HEAD = treeOf(at('u1', null), by('m', 'u1', {}), at('u2', 'm'));
const MOVED = treeOf(
  at('u1', null),
  by('m', 'u1', {}),
  at('u2', 'm'),
  by('n', 'u2', { turn: 2 }),
  at('u3', 'm'),
);
const COPIED = treeOf(at('u1', null), by('m', 'u1', {}, { origin: { kind: 'copy' } }), at('u2', 'm'));

const kinds = (
  tree: Tree,
  asked: string,
  bits: number,
  isOpen = false,
): readonly string[] | NoWay | undefined => {
  const { ways, why } = agentPlan(tree, {
    at: asked,
    agent: 'A',
    abilities: abilitiesOf(bits),
    isOpen: () => isOpen,
  });
  return ways.length > 0 ? ways.map(({ kind }) => kind) : why;
};

describe('the ways of an agent to a message', () => {
  it.each(ALL)('for abilities %i: the end of its session, open in its process', (bits) => {
    const { forks, cursors, forksAtMessages } = abilitiesOf(bits);
    expect(kinds(HEAD, 'u2', bits, true)).toEqual([
      'go-on',
      ...(cursors ? ['cursor'] : []),
      ...(forksAtMessages ? ['message'] : []),
      ...(forks ? ['head'] : []),
    ]);
  });

  it.each(ALL)('for abilities %i: the end of a session of a process that has ended', (bits) => {
    const { reopens, forks, cursors, forksAtMessages } = abilitiesOf(bits);
    const ways = [
      ...(reopens ? ['go-on'] : []),
      ...(cursors ? ['cursor'] : []),
      ...(forksAtMessages ? ['message'] : []),
      ...(reopens && forks ? ['head'] : []),
    ];
    expect(kinds(HEAD, 'u2', bits)).toEqual(ways.length > 0 ? ways : 'gone');
  });

  it.each(ALL)('for abilities %i: before the end, it never goes on, and never forks the end', (bits) => {
    const { cursors, forksAtMessages } = abilitiesOf(bits);
    const ways = [...(cursors ? ['cursor'] : []), ...(forksAtMessages ? ['message'] : [])];
    for (const isOpen of [true, false])
      expect(kinds(MOVED, 'u3', bits, isOpen)).toEqual(ways.length > 0 ? ways : 'moved-on');
  });

  it.each(ALL)('for abilities %i: a copy never goes on in the session it shares', (bits) => {
    const { forks, cursors, forksAtMessages } = abilitiesOf(bits);
    const ways = [
      ...(cursors ? ['cursor'] : []),
      ...(forksAtMessages ? ['message'] : []),
      ...(forks ? ['head'] : []),
    ];
    expect(kinds(COPIED, 'u2', bits, true)).toEqual(ways.length > 0 ? ways : 'shared');
  });

  it.each(ALL)('for abilities %i: what others said is in no session of it', (bits) => {
    const model = { kind: 'model', model: { source: 's', id: 'A' }, name: 'M' } as const;
    const other = { kind: 'model', model: { source: 'agents', id: 'B' }, name: 'B' } as const;
    for (const author of [model, other, { kind: 'external', name: 'A' } as const]) {
      const tree = treeOf(at('u1', null), by('m', 'u1', {}, { author }), at('u2', 'm'));
      expect(kinds(tree, 'u2', bits, true)).toBe('not-its-own');
    }
    expect(kinds(treeOf(at('u1', null), by('m', 'u1'), at('u2', 'm')), 'u2', bits, true)).toBe('unknown');
  });

  it.each(ALL)('for abilities %i: where nothing was answered it begins', (bits) => {
    const tree = treeOf(at('p', null, { role: 'system' }), at('u1', 'p'), at('u2', 'u1'));
    expect(kinds(tree, 'u2', bits)).toEqual(['new']);
    expect(agentPlan(tree, { at: null, agent: 'A', abilities: abilitiesOf(bits) }).ways).toEqual([
      { kind: 'new' },
    ]);
  });

  it('a reply that is written from there has the session', () => {
    const generation: Generation = {
      ...{
        id: 'g',
        parent: 'u2',
        branch: 'b',
        at: 'u2',
        model: AGENT,
        name: 'A',
        origin: SENT,
        started: 2,
      },
    };
    const busy = fold(HEAD, { kind: 'generation', generation });
    expect(kinds(busy, 'u2', 1, true)).toBe('moved-on');
    expect(kinds(busy, 'u2', 9, true)).toEqual(['message']);
    const own = agentPlan(busy, { at: 'u2', agent: 'A', abilities: abilitiesOf(1), reply: 'g' });
    expect(own.ways.map(({ kind }) => kind)).toEqual(['go-on']);
    const anew = fold(HEAD, { kind: 'generation', generation: { ...generation, anew: true } });
    expect(kinds(anew, 'u2', 1, true)).toEqual(['go-on']);
    const ended = fold(busy, { kind: 'generation-end', id: 'g', end: { reason: 'failed', at: 3 } });
    expect(kinds(ended, 'u2', 1, true)).toEqual(['go-on']);
  });

  describe('after a reply that was cut off', () => {
    const GONE = { message: undefined, cursor: undefined } as unknown as Partial<SessionRef>;
    const cut = (id: string, parent: string, turn = 2) => by(id, parent, { ...GONE, turn });
    const first = [at('u1', null), by('m', 'u1', {}), at('u2', 'm')];
    const waysAt = (tree: Tree, asked: string) =>
      agentPlan(tree, { at: asked, agent: 'A', abilities: abilitiesOf(1) }).ways;

    it('the session stands there, or at the reply before where it was not heard', () => {
      const tree = treeOf(...first, cut('n', 'u2'), at('u3', 'n'));
      expect(waysAt(tree, 'u3')).toMatchObject([
        { kind: 'go-on', session: { turn: 2 } },
        { kind: 'unheard', session: { turn: 1, message: 'm-m' }, after: 'm' },
      ]);
    });

    it('asked again and cut off again it is still the one before both', () => {
      const tree = treeOf(...first, cut('n', 'u2'), at('u3', 'n'), cut('o', 'u3'), at('u4', 'o'));
      expect(waysAt(tree, 'u4').at(-1)).toMatchObject({ kind: 'unheard', after: 'm' });
    });

    it('it is none of a session that went on without it', () => {
      const tree = treeOf(...first, cut('n', 'u2'), at('u3', 'n'), by('o', 'u3', { turn: 2 }), at('u4', 'n'));
      expect(kinds(tree, 'u4', 1)).toBe('moved-on');
    });

    it('the first of all has none before it', () => {
      const tree = treeOf(at('u1', null), cut('n', 'u1', 1), at('u2', 'n'));
      expect(waysAt(tree, 'u2').map(({ kind }) => kind)).toEqual(['go-on']);
    });
  });

  it('says what it goes by', () => {
    const { ways, from } = agentPlan(MOVED, { at: 'u3', agent: 'A', abilities: abilitiesOf(15) });
    expect(from?.id).toBe('m');
    expect(ways).toMatchObject([{ cursor: 'c-m' }, { message: 'm-m' }]);
  });
});
