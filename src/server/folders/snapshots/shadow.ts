/**
 * A git directory of our own for a person's working tree (decision 0252): it reads those files and writes into that repository's objects, and nothing
 * else of the repository counts. So no filter, hook, driver or monitor that it names is started, files are kept as their bytes are, and the
 * person's index stays what it was. Beside it is our index, which knows from time to time what has changed.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Git } from '../git.ts';
import type { Repository } from '../repository.ts';
import { type ObjectFolder, objectFolderOf } from './objects.ts';

export interface Shadow {
  /** What `git` of ours is run with to see the working tree. */
  readonly env: Readonly<Record<string, string>>;
  readonly top: string;
  readonly index: string;
  /** Our notes between two snapshots. */
  readonly notes: string;
  /** There while the index may name what nothing refers to. */
  readonly pending: string;
  /** Tells whether the rules of what is ignored, outside of the tree itself, are the same as before. */
  readonly ignores: string;
  /** Where objects can be written without git; undefined: only git can. */
  readonly store: ObjectFolder | undefined;
}

/** What is taken over of a person's settings: how files are seen on their disk, and how objects are named. */
const TAKEN = [
  'core.filemode',
  'core.symlinks',
  'core.ignorecase',
  'core.precomposeunicode',
  'core.trustctime',
  'core.checkstat',
  'core.sharedrepository',
];

/** Files are their bytes: no line ends, no filters, no encodings, whatever the tree says. */
const ATTRIBUTES = '* -text !eol !filter !ident !working-tree-encoding !crlf\n';

export const shadowFolder = (data: string, top: string): string =>
  join(data, createHash('sha256').update(top).digest('hex').slice(0, 24));

/** @param data the folder of all shadows */
export async function shadowOf(git: Git, data: string, repository: Repository): Promise<Shadow> {
  const { top, objects } = repository;
  const folder = shadowFolder(data, top);
  const dir = join(folder, 'git');
  await Promise.all(['info', 'objects', 'refs'].map((name) => mkdir(join(dir, name), { recursive: true })));
  const excludes = excludesFileOf(git, repository);
  const exclude = await readFile(join(repository.common, 'info', 'exclude')).catch(() => Buffer.alloc(0));
  await Promise.all([
    begun(join(dir, 'HEAD')),
    put(join(dir, 'config'), configOf(repository, excludes)),
    put(join(dir, 'info', 'attributes'), ATTRIBUTES),
    put(join(dir, 'info', 'exclude'), exclude),
    put(join(folder, 'of'), `${top}\n`),
  ]);
  const ignores = createHash('sha256')
    .update(exclude)
    .update(await signOf(excludes))
    .digest('hex');
  const index = join(folder, 'index');
  const env = { GIT_DIR: dir, GIT_WORK_TREE: top, GIT_OBJECT_DIRECTORY: objects, GIT_INDEX_FILE: index };
  const notes = { notes: join(folder, 'notes.json'), pending: join(folder, 'pending') };
  return { env, top, index, ignores, ...notes, store: objectFolderOf(repository) };
}

function configOf({ config }: Repository, excludes: string): string {
  const format = config.get('extensions.objectformat');
  const core = TAKEN.flatMap((name) => {
    const value = config.get(name);
    return value === undefined ? [] : [`\t${name.slice('core.'.length)} = ${quoted(value)}`];
  });
  return [
    ...['[core]', `\trepositoryformatversion = ${format ? 1 : 0}`, '\tbare = false', ...core],
    ...[`\texcludesFile = ${quoted(excludes)}`, '\tautocrlf = false', '\tfsmonitor = '],
    ...['[gc]', '\tauto = 0', '[index]', '\tversion = 2', ''],
    ...(format ? ['[extensions]', `\tobjectFormat = ${quoted(format)}`, ''] : []),
  ].join('\n');
}

const quoted = (value: string): string =>
  `"${value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t')}"`;

/** A person's own list of what is never of interest. */
function excludesFileOf({ home = '', configHome }: Git, { config, top }: Repository): string {
  const named = config.get('core.excludesfile');
  if (named !== undefined) return resolve(top, named.replace(/^~(?=\/)/, home));
  return join(configHome || join(home, '.config'), 'git', 'ignore');
}

/** What changes when a file does; the same for all that are not there. */
export async function signOf(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found ? `${found.mtimeNs} ${found.size} ${found.ino}` : 'none';
}

async function put(path: string, content: string | Buffer): Promise<void> {
  const before = await readFile(path).catch(() => null);
  if (before?.equals(Buffer.from(content))) return;
  await writeFile(path, content, { mode: 0o600 });
}

/** Ours: the snapshot that our index is of, or a branch that is not there. */
export const headOf = ({ env }: Pick<Shadow, 'env'>): string => join(env.GIT_DIR ?? '', 'HEAD');
const NO_SNAPSHOT = 'ref: refs/heads/none\n';

/** A crash may have cut it short. */
async function begun(head: string): Promise<void> {
  const before = await readFile(head, 'utf8').catch(() => '');
  if (!/^(ref: \S+|[0-9a-f]{40,64})\n$/.test(before)) await writeFile(head, NO_SNAPSHOT, { mode: 0o600 });
}

/** Begins anew: what the index knew is not to be relied on. A lock a killed git left behind goes too. */
export async function forgetIndex(shadow: Shadow): Promise<void> {
  const { index, notes, pending } = shadow;
  await Promise.all([index, `${index}.lock`, notes].map((path) => rm(path, { force: true })));
  await writeFile(headOf(shadow), NO_SNAPSHOT);
  await rm(pending, { force: true });
}
