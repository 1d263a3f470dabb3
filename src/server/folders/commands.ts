/** What people ask of the folders of a conversation (docs/protocol.md, "Folders"). */
import { join } from 'node:path';
import { newId, Refusal } from '../../protocol/index.ts';
import type { FolderCommand, FolderInput, FolderOutput } from '../../protocol/requests/folders.ts';
import { lastInCopy, parentOf } from '../../tree/index.ts';
import { folderOf } from '../agents/folders.ts';
import { alongOf, isInside, setAlong } from './along.ts';
import { type ConflictChoice, carryOut, finishCarrying, planCarry } from './carry.ts';
import { type CommandRoom, type FolderPlace, placeIn } from './command-place.ts';
import { copyCommandsOf } from './copy-commands.ts';
import { type FolderDesk, type FolderState, type FolderStates, ROOT, stateAt } from './desk.ts';
import { asTrouble, FolderTrouble, namesIn, printedBy, readable } from './git.ts';
import type { Repository } from './repository.ts';
import { changesBetween, comparison, sumsOf } from './snapshots/changes.ts';
import { shadowFolder } from './snapshots/shadow.ts';

/** More changed files are not named. */
const MOST_FILES = 5_000;
/** A file with more is not shown. */
const MOST_SHOWN = 1024 * 1024;

type Commands = { readonly [N in FolderCommand]: (input: FolderInput<N>) => Promise<FolderOutput<N>> };

export function folderCommandsOf(room: CommandRoom): Commands {
  const { desk, copies } = room;
  const placeOf = (conversation: string, message: string) => placeIn(room, conversation, message);
  return {
    changes: async ({ conversation, from, to }) => {
      const place = await placeOf(conversation, to);
      const { tree, states, own, copy } = place;
      const after = stateOrRefusal(stateAt(tree, states, to));
      const before = stateOrRefusal(from === null ? forkedFrom(place, copy) : stateAt(tree, states, from));
      const shadow = await desk.shadow(own);
      const files = await changesBetween(desk.git, shadow, before.commit, after.commit);
      const folder = copy === undefined ? own.top : copies.pathOf(conversation, copy);
      return {
        ...{
          from: before.commit,
          to: after.commit,
          files: files.slice(0, MOST_FILES),
          more: files.length > MOST_FILES,
        },
        ...{ sums: sumsOf(files), folder: join(folder, own.within), ...(copy !== undefined && { copy }) },
      };
    },
    content: async ({ conversation, message, commit, path }) => {
      const { own, states } = await placeOf(conversation, message);
      if (![...states.values()].some((state) => state.commit === commit)) throw notKept();
      return contentOf(desk, own, commit, path);
    },
    files: async ({ conversation, message, under }) => {
      const { own, states, tree } = await placeOf(conversation, message);
      const { commit } = stateOrRefusal(stateAt(tree, states, message));
      const { env, top: cwd } = await desk.shadow(own);
      const where = under === undefined ? commit : `${commit}:${under}`;
      const { out } = await desk.git.ours({ args: ['ls-tree', '-z', '-l', where], cwd, env });
      return { commit, entries: namesIn(out).map(entryOf) };
    },
    take: async ({ conversation, message, how, dry }) => {
      const place = await placeOf(conversation, message);
      const { tree, states, copy } = place;
      if (copy === undefined)
        throw new Refusal(422, 'its-own', 'This branch works in your own folder: its files are there.');
      const [from, to] = [
        stateOrRefusal(forkedFrom(place, copy)),
        stateOrRefusal(stateAt(tree, states, message)),
      ];
      return carry(room, place, { conversation, from: from.commit, to: to.commit, how, dry });
    },
    restore: async ({ conversation, message, dry }) => {
      const place = await placeOf(conversation, message);
      const to = stateOrRefusal(stateAt(place.tree, place.states, message));
      return carry(room, place, { conversation, from: undefined, to: to.commit, dry });
    },
    undo: async ({ conversation, message, undo, how, dry }) => {
      const place = await placeOf(conversation, message);
      const [from, to] = ['after', 'before'].map(
        (what) => stateOrRefusal(place.states.get(`${undo}.${what}`)).commit,
      );
      return carry(room, place, { conversation, from, to: to as string, how, dry });
    },
    commit: async ({ conversation, message, text }) => {
      const place = await placeOf(conversation, message);
      return inCopy(room, place, conversation, async (cwd) => {
        await desk.git.theirs({ args: ['add', '-A'], cwd });
        const staged = ['diff', '--cached', '--quiet', '--no-ext-diff', '--no-textconv'];
        const { code } = await desk.git.theirs({ args: staged, cwd, fine: [0, 1] });
        if (code === 0) throw new Refusal(422, 'nothing', 'There is nothing to commit in this copy.');
        await desk.git.theirs({ args: ['commit', '-q', '-m', text], cwd }).catch(sayWhyNot);
        const { out } = await desk.git.theirs({ args: ['rev-parse', 'HEAD'], cwd });
        return { commit: out.toString().trim() };
      });
    },
    branch: async ({ conversation, message, name }) => {
      const place = await placeOf(conversation, message);
      return inCopy(room, place, conversation, async (cwd) => {
        await desk.git.theirs({ args: ['check-ref-format', '--branch', name], cwd }).catch(() => {
          throw new Refusal(400, 'bad-request', `${name} is no name git takes for a branch.`);
        });
        await desk.git.theirs({ args: ['switch', '-q', '-c', name], cwd }).catch(sayWhyNot);
        return {};
      });
    },
    ...copyCommandsOf(room),
    along: async ({ folder, paths, run }) => {
      const found = await desk.repository(await folderOf(folder, room.roots)).catch(whyNoCopies);
      if ('why' in found) {
        if (paths) throw new Refusal(422, 'no-repository', found.why);
        return { why: found.why, paths: [] };
      }
      const { top } = found;
      const wrong = paths?.find((path) => !isInside(path));
      if (wrong !== undefined)
        throw new Refusal(
          400,
          'bad-request',
          `${wrong} is no path in the repository: it takes some like node_modules or .env.`,
        );
      const now = await desk.alone('along', async () => {
        const before = await alongOf(desk, top);
        if (!paths) return before;
        await setAlong(desk, top, { paths, run: run ?? before.run });
        return alongOf(desk, top);
      });
      return { top, paths: [...now.paths], run: now.run };
    },
  };
}

/** A folder of which there can be no copies is nothing wrong: most are none. */
function whyNoCopies(error: unknown): { readonly why: string } {
  if (error instanceof FolderTrouble && ['no-git', 'no-repository', 'not-taken'].includes(error.code))
    return { why: error.message };
  throw error;
}

/** The state a branch's folder had where it was forked; of the person's own: when the conversation began. */
function forkedFrom({ tree, states }: FolderPlace, copy: string | undefined): FolderState | undefined {
  return copy === undefined ? states.get(ROOT) : stateAt(tree, states, parentOf(tree, copy) ?? null);
}

function stateOrRefusal(state: FolderState | undefined): FolderState {
  if (!state) throw notKept();
  return state;
}

const notKept = (): Refusal =>
  new Refusal(404, 'not-kept', 'What the folder held there was not kept, or was taken away since.');

interface Carrying {
  readonly conversation: string;
  /** Undefined: what the folder has now. */
  readonly from: string | undefined;
  readonly to: string;
  readonly how?: ConflictChoice | undefined;
  readonly dry?: boolean | undefined;
}

async function carry(
  { desk }: CommandRoom,
  { own, states }: FolderPlace,
  wish: Carrying,
): Promise<FolderOutput<'take'>> {
  const { conversation, from, to, how, dry } = wish;
  if (desk.turnsIn(own.top) > 0)
    throw new Refusal(409, 'at-work', `An agent is at work in ${own.top}. Wait for its end, or stop it.`);
  await finishCarrying(desk, shadowFolder(desk.shadows, own.top));
  const undo = newId();
  const name = dry ? 'preview' : `${undo}.before`;
  const { state: now } = await desk.keep(own, {
    conversation,
    name,
    above: sameOf(states, name),
    about: `Before ${undo}`,
    isIndexed: true,
  });
  const plan = await planCarry(desk, { target: own, from: from ?? now.commit, to, now, how });
  const shadow = await desk.shadow(own);
  const { changes: files, entries } = await comparison(desk.git, shadow, now.tree, plan.tree);
  const told = { target: own.top, files: [...files], conflicts: [...plan.conflicts] };
  // What was left out of the snapshot could not be brought back.
  const lost =
    plan.conflicts.length > 0 && how === 'theirs' && plan.conflicts.some(({ why }) => why === 'ignored');
  if (lost)
    throw new FolderTrouble(
      'conflicts',
      `${plan.conflicts.find(({ why }) => why === 'ignored')?.path} is ignored by git there and would be lost. Move it away first.`,
    );
  if (dry || (plan.conflicts.length > 0 && how === undefined)) return { ...told, done: false };
  const after = await desk.hold(own, {
    conversation,
    name: `${undo}.after`,
    tree: plan.tree,
    head: now.commit,
  });
  await desk.alone(own.top, () => carryOut(desk, own, { now, after, changes: entries }));
  return { ...told, done: true, undo };
}

/** A preview is not kept again and again. */
const sameOf = (states: FolderStates, name: string): FolderState | undefined => states.get(name);

/** In a branch's copy, while no agent is at work there. */
async function inCopy<T>(
  { copies, desk }: CommandRoom,
  { copy, own, tree, states }: FolderPlace,
  conversation: string,
  work: (top: string) => Promise<T>,
): Promise<T> {
  if (copy === undefined)
    throw new Refusal(
      422,
      'its-own',
      'This branch works in your own folder: use git there as you are used to.',
    );
  const at = lastInCopy(tree, copy)?.id ?? copy;
  const { repository, done } = await copies.reach({ conversation, copy, own, tree, states, at });
  try {
    const { top } = repository;
    if (desk.turnsIn(top) > 0)
      throw new Refusal(409, 'at-work', 'An agent is at work in this copy. Wait for its end, or stop it.');
    return await desk.alone(top, () => work(top));
  } finally {
    done();
  }
}

function sayWhyNot(error: unknown): never {
  const said = printedBy(error);
  if (/already exists/.test(said))
    throw new Refusal(409, 'id-taken', 'There is a branch of this name already.');
  if (/tell me who you are|empty ident/i.test(said))
    throw new Refusal(
      422,
      'no-name',
      'git does not know who commits. Set user.name and user.email with git config.',
    );
  throw error;
}

function entryOf(line: string): FolderOutput<'files'>['entries'][number] {
  const [facts = '', ...name] = line.split('\t');
  const [mode = '', , , size = '-'] = facts.split(/ +/);
  const kind = mode === '040000' ? 'folder' : mode === '120000' ? 'link' : 'file';
  return { name: readable(name.join('\t')), kind, ...(kind === 'file' && { size: Number(size) }) };
}

async function contentOf(
  desk: FolderDesk,
  own: Repository,
  commit: string,
  path: string,
): Promise<FolderOutput<'content'>> {
  const { env, top: cwd } = await desk.shadow(own);
  const { out } = await desk.git.ours({
    args: ['--literal-pathspecs', 'ls-tree', '-z', '-l', commit, '--', path],
    cwd,
    env,
  });
  const [, type, id = '', size = '0'] = (namesIn(out)[0]?.split('\t')[0] ?? '').split(/ +/);
  if (type !== 'blob') return { kind: 'none' };
  if (Number(size) > MOST_SHOWN) return { kind: 'large', size: Number(size) };
  const { out: bytes } = await desk.git.ours({ args: ['cat-file', 'blob', id], cwd, env });
  if (bytes.includes(0)) return { kind: 'binary', size: bytes.length };
  return { kind: 'text', text: bytes.toString('utf8') };
}

const STATUS: Readonly<Record<FolderTrouble['code'], number>> = {
  ...{ 'no-git': 422, 'no-repository': 422, 'not-taken': 422, 'too-much': 422, conflicts: 409, gone: 404 },
  ...{ 'would-lose': 409, 'not-opened': 422 },
  ...{ 'storage-full': 503, failed: 500 },
};

/** What cannot be done with a folder, as an answer. */
export function asFolderRefusal(thrown: unknown): unknown {
  const error = asTrouble(thrown);
  if (!(error instanceof FolderTrouble)) return error;
  const code = error.code === 'failed' ? 'internal' : error.code;
  return new Refusal(STATUS[error.code], code, error.message);
}
