import { describe, expect, it } from 'vitest';
import { emptyTree, foldOutline, type MessageHeader, type OutlineChange } from '../../tree/index.ts';
import type { PendingSend } from '../types.ts';
import { liveOf, type PathInput, pathEntries, tipOf } from './path-entries.ts';

const model = { source: 'demo', id: 'demo' };
const said = (id: string, parent: string | null, time: number): OutlineChange => {
  const place = { role: 'user', author: { kind: 'user' }, branch: 'b', start: 'o', end: 'o' } as const;
  const message: MessageHeader = { id, parent, time, preview: '', origin: { kind: 'send' }, ...place };
  return { kind: 'message', message };
};
const asked = (id: string, parent: string, started: number): OutlineChange => {
  const place = { branch: 'b', at: 'o', model, name: 'Demo', origin: { kind: 'send' } } as const;
  return { kind: 'generation', generation: { id, parent, started, ...place } };
};
const ended = (id: string): OutlineChange => ({
  kind: 'generation-end',
  id,
  end: { reason: 'complete', at: 9 },
});
const pending = (message: string, parent: string | null): PendingSend => ({
  ...{ conversation: 'c', message, parent, text: message, reply: `${message}-reply`, model },
  state: 'sending',
});
const input = (changes: OutlineChange[], rest: Partial<PathInput> = {}): PathInput => ({
  ...{ tree: foldOutline(emptyTree, changes), selected: null, choices: new Map() },
  ...{ pending: [], held: new Set<string>() },
  ...rest,
});
const entries = (given: PathInput, before = pathEntries(input([]), [])) => pathEntries(given, before);
const told = (given: PathInput) =>
  entries(given)
    .map(({ kind, key }) => `${kind}:${key}`)
    .join(' ');

const talk = [said('q', null, 1), asked('r', 'q', 2)];

describe('the entries of a path', () => {
  it('are messages and the reply being written', () => {
    expect(told(input(talk))).toBe('message:q reply:r');
    expect(told(input([...talk, said('r', 'q', 2), ended('r')]))).toBe('message:q message:r');
    expect(told(input([...talk, ended('r')]))).toBe('message:q empty-end:r');
  });

  it('keep a reply’s live text in the place of its message while it is held', () => {
    const done = [...talk, said('r', 'q', 2), ended('r')];
    expect(told(input(done, { held: new Set(['r']) }))).toBe('message:q reply:r');
    expect(liveOf(input(done).tree, entries(input(done, { held: new Set(['r']) })))).toBeUndefined();
  });

  it('end with own sends, one after another, if their parent ends the path', () => {
    const own = [pending('m1', 'q'), pending('m2', 'm1'), pending('m3', 'elsewhere')];
    expect(told(input([said('q', null, 1)], { pending: own }))).toBe('message:q pending:m1 pending:m2');
    expect(told(input([], { pending: [pending('m1', null)] }))).toBe('pending:m1');
  });

  it('end with an own edit in the place of what it is a version of', () => {
    const long = [...talk, said('r', 'q', 2), ended('r'), said('q2', 'r', 3), said('q3', 'q2', 4)];
    const choices = new Map([
      ['', 'q'],
      ['q', 'r'],
      ['r', 'q2'],
    ]);
    const own = { choices, pending: [{ ...pending('e', 'r'), of: 'q2' }] };
    expect(told(input(long, own))).toBe('message:q message:r pending:e');
    const first = { choices, pending: [{ ...pending('e', null), of: 'q' }] };
    expect(told(input(long, first))).toBe('pending:e');
  });

  it('go through what is selected while it is on its way, wherever the view was', () => {
    const forks = [
      said('q', null, 1),
      said('a', 'q', 2),
      said('b', 'q', 3),
      said('a2', 'a', 4),
      said('b2', 'b', 5),
    ];
    const own = { pending: [pending('m1', 'a'), pending('m2', 'm1')], selected: 'm2' };
    expect(told(input(forks, own))).toBe('message:q message:a pending:m1 pending:m2');
  });

  it('show an own send in the place of its message until that is loaded', () => {
    const own = { pending: [pending('q', null)] };
    expect(told(input(talk, own))).toBe('pending:q reply:r');
  });

  it('are the same objects while they say the same, and the same array when all do', () => {
    const same = input(talk);
    const once = entries(same);
    expect(pathEntries({ ...same }, once)).toBe(once);
    const tree = foldOutline(same.tree, [said('r', 'q', 2), ended('r'), said('q2', 'r', 3)]);
    const grown = pathEntries({ ...same, tree }, once);
    expect(grown[0]).toBe(once[0]);
    expect(grown.map(({ key }) => key)).toEqual(['q', 'r', 'q2']);
  });
});

it('a new message follows the last whole one', () => {
  const tipIn = (given: PathInput) => tipOf(given.tree, entries(given));
  expect(tipIn(input([]))).toBeNull();
  expect(tipIn(input(talk))).toBe('q');
  expect(tipIn(input([said('q', null, 1)], { pending: [pending('m', 'q')] }))).toBe('q');
});

it('the reply being written is the last of the path, or none', () => {
  const liveIn = (given: PathInput) => liveOf(given.tree, entries(given))?.id;
  expect(liveIn(input(talk))).toBe('r');
  expect(liveIn(input([...talk, ended('r')]))).toBeUndefined();
  expect(liveIn(input([said('q', null, 1)]))).toBeUndefined();
});
