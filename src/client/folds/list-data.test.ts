import { describe, expect, it } from 'vitest';
import {
  withItems as folded,
  type ListData,
  type OwnPatch,
  withOwn as owned,
  withoutOwn,
} from './list-data.ts';

const patch = (id: string, at: number, change: object) => ({ v: 1, kind: 'conversation', id, at, ...change });
const created = (id: string, at: number) =>
  patch(id, at, { created: at, active: at, title: { text: id, by: 'words' } });
const titles = ({ shown }: ListData) => shown.map(({ title }) => title.text).join(' ');

const withItems = (data: ListData | undefined, items: unknown[], next: string) =>
  folded(data, data?.segment ?? 'conversations', items, next);

const withOwn = (data: ListData, key: number, patch: Omit<OwnPatch & { kind: 'conversation' }, 'kind'>) =>
  owned(data, key, [{ kind: 'conversation', ...patch }]);

const one = withItems(undefined, [created('conversation-1', 1), created('conversation-2', 2)], 'o2');

describe('the list', () => {
  it('is the same object when the same comes again', () => {
    expect(withItems(one, [created('conversation-1', 1)], 'o2')).toBe(one);
    const moved = withItems(one, [{ from: 'a later version' }], 'o3');
    expect(moved.position).toBe('o3');
    expect(moved.shown).toBe(one.shown);
  });

  it('shows own patches over the stream, however late the stream’s clock is', () => {
    const far = withItems(one, [patch('conversation-1', 9e15, { archived: true })], 'o3');
    const own = withOwn(far, 1, { id: 'conversation-1', archived: false });
    expect(own.all.get('conversation-1')?.header.archived).toBe(false);
    expect(own.folded).toBe(far.folded);
    expect(withoutOwn(own, 1).all.get('conversation-1')?.header.archived).toBe(true);
  });

  it('keeps own patches while the stream goes on, and each by itself', () => {
    let data = withOwn(one, 1, { id: 'conversation-1', title: { text: 'Mine', by: 'person' } });
    data = withOwn(data, 2, { id: 'conversation-2', deleted: true });
    expect(titles(data)).toBe('Mine');
    data = withItems(data, [patch('conversation-1', 5, { active: 5 })], 'o3');
    expect(titles(data)).toBe('Mine');
    expect(titles(withoutOwn(data, 1))).toBe('conversation-1');
    expect(titles(withoutOwn(data, 2))).toBe('Mine conversation-2');
    expect(withoutOwn(data, 9)).toBe(data);
  });

  it('shows nothing of a conversation before it is created', () => {
    expect(titles(withItems(undefined, [patch('conversation-9', 1, { active: 1 })], 'o1'))).toBe('');
  });

  it('shows what one command says of many, and takes back all of it', () => {
    const both = ['conversation-1', 'conversation-2'];
    const filed = both.map((id) => ({ kind: 'conversation' as const, id, filed: 'folder-1', pinned: true }));
    const own = owned(one, 1, filed);
    expect(own.shown.map((header) => [header.filed, header.pinned])).toEqual(
      both.map(() => ['folder-1', true]),
    );
    expect(withoutOwn(own, 1).shown).toEqual(one.shown);
  });

  it('has the folders of the stream, with those of this tab over them', () => {
    const folder = (at: number, change: object) => ({
      v: 1,
      kind: 'chat-folder',
      id: 'folder-1',
      at,
      ...change,
    });
    const names = ({ folders }: ListData) =>
      [...folders.values()].map(({ folder: { name } }) => name).join(' ');
    const made = withItems(one, [folder(9e14, { name: 'Work' })], 'o3');
    expect(names(made)).toBe('Work');
    expect(made.shown).toBe(one.shown);
    expect(withItems(made, [folder(9e14, { name: 'Work' })], 'o3')).toBe(made);
    const mine = owned(made, 1, [{ kind: 'chat-folder', id: 'folder-1', name: 'Mine' }]);
    expect(names(mine)).toBe('Mine');
    expect(mine.shown).toBe(one.shown);
    expect(names(withItems(mine, [folder(9.1e14, { name: 'Later' })], 'o4'))).toBe('Later');
    expect(names(withoutOwn(mine, 1))).toBe('Work');
  });

  it('goes on at the start of the next segment when this one has ended', () => {
    const late = patch('conversation-1', 9, { archived: true });
    const rolled = withItems(one, [{ v: 1, kind: 'rolled', next: 'conversations~2' }, late], 'o3');
    expect(rolled).toMatchObject({ segment: 'conversations~2', position: '-1', shown: one.shown });
    const further = withItems(rolled, [created('conversation-1', 1), late], 'o1');
    expect(further).toMatchObject({ segment: 'conversations~2', position: 'o1' });
    expect(further.all.get('conversation-1')?.header.archived).toBe(true);
  });
});
