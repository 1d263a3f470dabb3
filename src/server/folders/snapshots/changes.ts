/** How two snapshots differ. Bytes are compared: no driver, no conversion. */
import { type Git, namesIn, readable } from '../git.ts';
import type { Shadow } from './shadow.ts';

/** A file that two states have differently. Paths are from the top of the repository. */
export interface FileChange {
  readonly path: string;
  /** Where it was, of one that moved. */
  readonly from?: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'moved' | 'type';
  /** Lines; absent: it is not text. */
  readonly lines?: { readonly added: number; readonly removed: number };
  /** It may be run now, or may not any more. */
  readonly mode?: boolean;
}

/** A path that two trees have differently, as git keeps it. */
export interface EntryChange {
  /** One character a byte. */
  readonly name: string;
  readonly before: TreeEntry;
  readonly after: TreeEntry;
}

/** `NONE`: nothing is there. */
export interface TreeEntry {
  readonly mode: string;
  readonly id: string;
}

export const NONE: TreeEntry = { mode: '000000', id: '0' };

/** All of `from` and `to`: commits or trees. Text that moved with few changes is `moved`. Ordered by path. @throws {FolderTrouble} */
export const changesBetween = async (
  git: Git,
  shadow: Shadow,
  from: string,
  to: string,
): Promise<readonly FileChange[]> => (await comparison(git, shadow, from, to)).changes;

/** The same, and each path by itself, moved or not. @throws {FolderTrouble} */
export async function comparison(
  git: Git,
  { env, top: cwd }: Shadow,
  from: string,
  to: string,
): Promise<{ readonly changes: readonly FileChange[]; readonly entries: readonly EntryChange[] }> {
  const { out } = await git.ours({ args: [...COMPARED, from, to], cwd, env });
  return changesIn(namesIn(out), 0);
}

/** Each path by itself alone: no file is read for it. @throws {FolderTrouble} */
export async function entriesBetween(
  git: Git,
  { env, top: cwd }: Shadow,
  from: string,
  to: string,
): Promise<readonly EntryChange[]> {
  const args = ['diff-tree', '-r', '-z', '--no-renames', '--raw', from, to];
  return changesIn(namesIn((await git.ours({ args, cwd, env })).out), 0).entries;
}

const COMPARED = ['diff-tree', '-r', '-z', '-M', '--no-ext-diff', '--no-textconv', '--raw', '--numstat'];

/** How a tree differs from others, in numbers, for each of these. Trees, no commits. @throws {FolderTrouble} */
export async function sumsSince(
  git: Git,
  { env, top: cwd }: Shadow,
  from: readonly string[],
  to: string,
): Promise<readonly ChangeSums[]> {
  const input = Buffer.from(from.map((one) => `${one} ${to}\n`).join(''));
  const { out } = await git.ours({ args: [...COMPARED, '--stdin'], cwd, env, input });
  const fields = out.toString('latin1').split('\0');
  let at = 0;
  return from.map((one) => {
    // Each begins with the two it is of, on a line; what follows is of the same field.
    fields[at] = (fields[at] ?? '').slice(`${one} ${to}\n`.length);
    const { changes, end } = changesIn(fields, at);
    at = end;
    return sumsOf(changes);
  });
}

/** As git lists them: how files differ, then the lines of each; `end` is behind them. */
function changesIn(
  fields: readonly string[],
  begin: number,
): {
  readonly changes: readonly FileChange[];
  readonly entries: readonly EntryChange[];
  readonly end: number;
} {
  const changes = new Map<string, FileChange>();
  const entries: EntryChange[] = [];
  let at = begin;
  const next = (): string => fields[at++] ?? '';
  while (fields[at]?.startsWith(':')) {
    const [before = '', after = '', idBefore = '', idAfter = '', status = ''] = next().slice(1).split(' ');
    const first = next();
    const isMoved = /^[RC]/.test(status);
    const name = isMoved ? next() : first;
    const [was, is] = [entryOf(before, idBefore), entryOf(after, idAfter)];
    if (isMoved) entries.push({ name: first, before: was, after: NONE }, { name, before: NONE, after: is });
    else entries.push({ name, before: was, after: is });
    const isMode = before !== after && before !== '000000' && after !== '000000' && status[0] !== 'T';
    changes.set(name, {
      path: readable(name),
      ...(isMoved && { from: readable(first) }),
      kind: KINDS[status[0] ?? ''] ?? 'changed',
      ...(isMode && { mode: true }),
    });
  }
  while (fields[at]?.includes('\t')) {
    const [added = '', removed = '', own = ''] = next().split('\t');
    // Of one that moved both names follow.
    const moved = own === '' ? [next(), next()] : [];
    const name = own === '' ? (moved[1] ?? '') : own;
    const change = changes.get(name);
    if (change && added !== '-')
      changes.set(name, { ...change, lines: { added: Number(added), removed: Number(removed) } });
  }
  return { changes: [...changes.values()], entries, end: at };
}

const entryOf = (mode: string, id: string): TreeEntry => (mode === NONE.mode ? NONE : { mode, id });

const KINDS: Readonly<Record<string, FileChange['kind']>> = {
  A: 'added',
  D: 'removed',
  M: 'changed',
  R: 'moved',
  C: 'added',
  T: 'type',
};

/** "4 files, +120 −32" in numbers. */
export interface ChangeSums {
  readonly files: number;
  readonly added: number;
  readonly removed: number;
}

export function sumsOf(changes: readonly FileChange[]): ChangeSums {
  const count = (side: 'added' | 'removed') =>
    changes.reduce((sum, { lines }) => sum + (lines?.[side] ?? 0), 0);
  return { files: changes.length, added: count('added'), removed: count('removed') };
}
