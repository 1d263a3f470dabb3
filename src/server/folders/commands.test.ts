/** What people ask of the folders of agents, through the whole server. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CommandInput } from '../../protocol/index.ts';
import { CopyRoom } from './copy-room.ts';
import { FolderDesk } from './desk.ts';
import { agentChat, snapshotOf } from './testing/agent-chat.ts';
import { contentsOf, describeGit, git, testEnv } from './testing/repositories.ts';

const chat = agentChat();

/** Two turns in the person's folder, and a branch with a copy after the first. */
async function forked(text: string) {
  await chat.start();
  const first = await chat.say({ text: 'put notes.txt one|2|three' });
  const { conversation } = first;
  await chat.say({ conversation, parent: first.reply.id, text: 'put mine.txt mine' });
  const own = await chat.say({ conversation, parent: first.reply.id, text, copies: true });
  return { conversation, first: first.reply.id, message: own.reply.id, copy: own.reply.copy ?? '' };
}

describeGit('the files of a branch', () => {
  it('are told by how they differ from the fork point, from another branch, and in what they hold', async () => {
    const { conversation, message, first } = await forked('put own.txt a|b');
    const since = await chat.folder('changes', { conversation, from: null, to: message });
    expect(since).toMatchObject({
      files: [{ path: 'own.txt', kind: 'added', lines: { added: 2, removed: 0 } }],
      sums: { files: 1, added: 2, removed: 0 },
      copy: message,
      folder: chat.copyOf(conversation, message),
    });
    const about = { conversation, message, path: 'own.txt' };
    expect(await chat.folder('content', { ...about, commit: since.to })).toEqual({
      kind: 'text',
      text: 'a\nb\n',
    });
    expect(await chat.folder('content', { ...about, commit: since.from })).toEqual({ kind: 'none' });
    const others = git(chat.top(), 'rev-parse', 'HEAD').trim();
    await expect(chat.folder('content', { ...about, commit: others })).rejects.toThrow('not-kept');
    const here = await chat.folder('files', { conversation, message });
    expect(here.entries.map(({ name }) => name)).toEqual(['notes.txt', 'own.txt']);
    const own = await chat.folder('changes', { conversation, from: null, to: first });
    expect(own).toMatchObject({ folder: chat.top(), sums: { files: 1, added: 2, removed: 1 } });
  });

  it('are taken over as changes that are not committed, and taken back', async () => {
    const { conversation, message } = await forked('put own.txt a|b');
    const status = () => git(chat.top(), 'status', '--porcelain');
    const before = status();
    const dry = await chat.folder('take', { conversation, message, dry: true });
    expect(dry).toMatchObject({
      done: false,
      conflicts: [],
      files: [{ path: 'own.txt' }],
      target: chat.top(),
    });
    expect(status()).toBe(before);
    const taken = await chat.folder('take', { conversation, message });
    expect(taken.done).toBe(true);
    expect(status()).toBe(`${before}?? own.txt\n`);
    expect((await chat.folder('take', { conversation, message })).files).toEqual([]);
    await chat.folder('undo', { conversation, message, undo: taken.undo ?? '' });
    expect(status()).toBe(before);
  });

  it('are put together with what the person changed, conflicts first and nothing half done', async () => {
    await chat.start();
    const text = (lines: readonly string[]) => lines.join('|');
    const first = await chat.say({ text: `put notes.txt ${text(['a', 'b', 'c', 'd', 'e', 'f', 'g'])}` });
    const { conversation } = first;
    await chat.say({ conversation, parent: first.reply.id, text: 'hello' });
    const own = await chat.say({
      conversation,
      parent: first.reply.id,
      text: `put notes.txt ${text(['a', 'b', 'c', 'd', 'e', 'f', 'G'])}`,
      copies: true,
    });
    const more = await chat.say({ conversation, parent: own.reply.id, text: 'put other.txt theirs' });
    const message = more.reply.id;
    const notes = join(chat.top(), 'notes.txt');
    writeFileSync(notes, 'A\nb\nc\nd\ne\nf\ng\n');
    writeFileSync(join(chat.top(), 'other.txt'), 'mine\n');
    const found = await chat.folder('take', { conversation, message });
    expect(found).toMatchObject({ done: false, conflicts: [{ path: 'other.txt', why: 'both' }] });
    expect(readFileSync(notes, 'utf8')).toBe('A\nb\nc\nd\ne\nf\ng\n');
    const taken = await chat.folder('take', { conversation, message, how: 'mine' });
    expect(readFileSync(notes, 'utf8')).toBe('A\nb\nc\nd\ne\nf\nG\n');
    expect(readFileSync(join(chat.top(), 'other.txt'), 'utf8')).toBe('mine\n');
    await chat.folder('undo', { conversation, message, undo: taken.undo ?? '' });
    expect(readFileSync(notes, 'utf8')).toBe('A\nb\nc\nd\ne\nf\ng\n');
    await chat.folder('take', { conversation, message, how: 'theirs' });
    expect(readFileSync(join(chat.top(), 'other.txt'), 'utf8')).toBe('theirs\n');
  });

  it('never take the place of what git ignores', async () => {
    const { conversation, message } = await forked('put local.env theirs');
    writeFileSync(join(chat.top(), '.gitignore'), 'local.env\n');
    writeFileSync(join(chat.top(), 'local.env'), 'secret\n');
    const found = await chat.folder('take', { conversation, message });
    expect(found).toMatchObject({ done: false, conflicts: [{ path: 'local.env', why: 'ignored' }] });
    await expect(chat.folder('take', { conversation, message, how: 'theirs' })).rejects.toThrow(
      'would be lost',
    );
    await chat.folder('take', { conversation, message, how: 'mine' });
    expect(readFileSync(join(chat.top(), 'local.env'), 'utf8')).toBe('secret\n');
  });

  it('of the person’s own folder are what they were at a message again, and back', async () => {
    const { conversation, first } = await forked('hello');
    const before = contentsOf(chat.top());
    const restored = await chat.folder('restore', { conversation, message: first });
    expect(Object.fromEntries(contentsOf(chat.top()))).toEqual({ 'notes.txt': 'file one\n2\nthree\n' });
    await chat.folder('undo', { conversation, message: first, undo: restored.undo ?? '' });
    expect(contentsOf(chat.top())).toEqual(before);
  });

  it('are committed in their copy, and a branch of git begins there', async () => {
    const { conversation, message, copy } = await forked('put own.txt a');
    const head = git(chat.top(), 'rev-parse', 'HEAD');
    for (const [name, value] of [
      ['user.name', 'Ada'],
      ['user.email', 'ada@example.org'],
    ] as const)
      git(chat.top(), 'config', name, value);
    await chat.folder('branch', { conversation, message, name: 'try/own' });
    const { commit } = await chat.folder('commit', { conversation, message, text: 'Own' });
    const path = chat.copyOf(conversation, copy);
    expect(git(path, 'log', '-1', '--format=%H %an %s %D').trim()).toBe(`${commit} Ada Own HEAD -> try/own`);
    expect(git(path, 'status', '--porcelain')).toBe('');
    expect(git(chat.top(), 'rev-parse', 'HEAD')).toBe(head);
    await expect(chat.folder('commit', { conversation, message, text: 'Again' })).rejects.toThrow(
      'nothing to commit',
    );
    await expect(chat.folder('branch', { conversation, message, name: 'try/own' })).rejects.toThrow(
      'already',
    );
    await expect(chat.folder('branch', { conversation, message, name: '--force' })).rejects.toThrow(
      'no name git takes',
    );
  });

  it('are put away, and made again when they are needed', async () => {
    const { conversation, message, copy } = await forked('put own.txt a');
    const listed = await chat.folder('copies', {});
    expect(listed.copies).toMatchObject([{ conversation, copy, of: chat.top(), size: expect.any(Number) }]);
    await chat.folder('put-away', { conversation, copy });
    const path = chat.copyOf(conversation, copy);
    expect(existsSync(path)).toBe(false);
    expect(git(chat.top(), 'worktree', 'list').trim().split('\n')).toHaveLength(1);
    expect((await chat.folder('copies', {})).copies).toEqual([]);
    await chat.say({ conversation, parent: message, text: 'put more.txt b' });
    expect([...contentsOf(path).keys()].sort()).toEqual(['more.txt', 'notes.txt', 'own.txt']);
  });

  it('come back as they were put away, with what the person did there, once their branch is shown again', async () => {
    const { conversation, message, copy } = await forked('put own.txt a');
    const path = chat.copyOf(conversation, copy);
    writeFileSync(join(path, 'by-hand.txt'), 'x');
    rmSync(join(path, 'own.txt'));
    const mark = (pruned: boolean) =>
      chat.command('mark', { conversation, marks: [{ message, pruned }] } as CommandInput<'mark'>);
    await mark(true);
    expect((await chat.folder('copies', {})).copies).toMatchObject([{ copy, shown: false }]);
    await chat.folder('put-away', { conversation, copy });
    expect(existsSync(path)).toBe(false);
    await mark(false);
    await expect.poll(() => existsSync(join(path, 'by-hand.txt')), { timeout: 30_000 }).toBe(true);
    await expect
      .poll(async () => (await chat.folder('copies', {})).copies, { timeout: 30_000 })
      .toMatchObject([{ copy, shown: true }]);
    expect([...contentsOf(path).keys()].sort()).toEqual(['by-hand.txt', 'notes.txt']);
    const refs = () => git(chat.top(), 'for-each-ref', '--format=%(refname)', 'refs/bough');
    await expect.poll(refs, { timeout: 30_000 }).not.toContain('put-away');
    // It is back once.
    expect(await chat.folder('bring-back', { conversation, copy })).toEqual({});
  });

  it('with what cannot be kept are put away only if that may go', async () => {
    const { conversation, copy } = await forked('put own.txt a');
    const path = chat.copyOf(conversation, copy);
    writeFileSync(join(path, 'large.bin'), '');
    truncateSync(join(path, 'large.bin'), 51 * 1024 * 1024);
    await expect(chat.folder('put-away', { conversation, copy })).rejects.toThrow(
      /409 would-lose: .*large\.bin/,
    );
    expect(existsSync(join(path, 'large.bin'))).toBe(true);
    expect(git(chat.top(), 'for-each-ref', '--format=%(refname)')).not.toContain('put-away');
    await chat.folder('put-away', { conversation, copy, anyway: true });
    expect(existsSync(path)).toBe(false);
    expect(await chat.folder('bring-back', { conversation, copy })).toEqual({ path });
    expect([...contentsOf(path).keys()].sort()).toEqual(['notes.txt', 'own.txt']);
  });

  it('have a line of the person run in them when they are made, and what it failed at is said', async () => {
    await chat.start();
    const folder = chat.top();
    await chat.folder('along', { folder, paths: [], run: 'echo made > made.txt && pwd > where.txt' });
    const first = await chat.say({ text: 'hello' });
    const { conversation } = first;
    await chat.say({ conversation, parent: first.reply.id, text: 'hello again' });
    const own = await chat.say({ conversation, parent: first.reply.id, text: 'put own.txt a', copies: true });
    const path = chat.copyOf(conversation, own.reply.copy);
    expect(readFileSync(join(path, 'where.txt'), 'utf8').trim()).toBe(path);
    expect(own.reply.parts[0]).toMatchObject({
      ran: { line: 'echo made > made.txt && pwd > where.txt' },
    });
    // What it made was there before the turn.
    expect(snapshotOf(own.reply)).toMatchObject({ turn: { files: 1 } });
    await chat.folder('along', { folder, paths: [], run: 'echo no luck; no-such-program' });
    const other = await chat.say({ conversation, parent: first.reply.id, text: 'put own.txt b' });
    expect(other.reply.parts[0]).toMatchObject({
      ran: { failed: expect.stringMatching(/code 1: no luck\n.*no-such-program.*not found/) },
    });
    expect(readFileSync(join(chat.copyOf(conversation, other.reply.copy), 'own.txt'), 'utf8')).toBe('b\n');
  });

  it('are opened by the commands a person set, their files as they are now', async () => {
    const { conversation, message, copy } = await forked('put own.txt a');
    const names = await chat.folder('names', { conversation, message, query: 'own' });
    expect(names).toEqual({ files: ['own.txt'], some: false });
    const open = (path?: string) =>
      chat.folder('open', { conversation, message, with: 'editor', ...(path && { path }) });
    await expect(open()).rejects.toThrow('422 no-opener');
    const note = join(chat.home(), 'opened.txt');
    const editor = `/bin/sh -c 'printf "%s" "$0" > "${note}"' {path}`;
    await chat.folder('openers', { editor });
    expect(await chat.folder('openers', { terminal: '/no/such' })).toEqual({ editor, terminal: '/no/such' });
    await open();
    expect(readFileSync(note, 'utf8')).toBe(chat.copyOf(conversation, copy));
    await open('own.txt');
    expect(readFileSync(note, 'utf8')).toBe(join(chat.copyOf(conversation, copy), 'own.txt'));
    await expect(open('gone.txt')).rejects.toThrow('404 not-found');
    await expect(open('../../../files')).rejects.toThrow('404 not-found');
    await expect(chat.folder('open', { conversation, message, with: 'terminal' })).rejects.toThrow(
      '422 not-opened: “/no/such” is no program',
    );
  });

  it('that a crash left half made are taken away at the next start, and what was being taken over is finished', async () => {
    const { conversation, message, copy } = await forked('put own.txt a|b');
    const path = chat.copyOf(conversation, copy);
    const marker = JSON.parse(readFileSync(`${path}.json`, 'utf8'));
    writeFileSync(`${path}.json`, JSON.stringify({ ...marker, state: 'making' }));
    const { from, to } = await chat.folder('changes', { conversation, from: null, to: message });
    const [shadow = ''] = shadowsOf(chat.home(), chat.top());
    const note = {
      v: 1,
      top: chat.top(),
      from,
      to,
      anchor: { ref: `refs/bough/${conversation}/${message}`, commit: to },
    };
    writeFileSync(join(shadow, 'carrying.json'), JSON.stringify(note));
    await chat.start();
    await expect.poll(() => existsSync(path), { timeout: 20_000 }).toBe(false);
    await expect.poll(() => existsSync(join(chat.top(), 'own.txt')), { timeout: 20_000 }).toBe(true);
    await expect.poll(() => existsSync(join(shadow, 'carrying.json')), { timeout: 20_000 }).toBe(false);
    expect(readFileSync(join(chat.top(), 'own.txt'), 'utf8')).toBe('a\nb\n');
  });

  it('go with their conversation, once it is gone for good, and no others', async () => {
    const { conversation, message } = await forked('put own.txt a');
    const other = await chat.say({ text: 'put other.txt x' });
    const desk = new FolderDesk({ data: join(chat.home(), 'data'), env: testEnv(chat.home()) });
    const copies = new CopyRoom(desk);
    await copies.forget(conversation);
    for (const top of await desk.tops()) await desk.forget(top, conversation);
    expect(existsSync(chat.copyOf(conversation, message))).toBe(false);
    const refs = git(chat.top(), 'for-each-ref', '--format=%(refname)', 'refs/bough').trim().split('\n');
    expect(refs.every((ref) => ref.startsWith(`refs/bough/${other.conversation}/`))).toBe(true);
    expect(git(chat.top(), 'worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  it('say why a folder in no repository has no copies', async () => {
    await chat.start();
    const outside = mkdtempSync(join(tmpdir(), 'bough-outside-'));
    const { top, why, paths } = await chat.folder('along', { folder: outside });
    expect([top, paths]).toEqual([undefined, []]);
    expect(why).toContain('is in no git repository');
    await expect(chat.folder('along', { folder: outside, paths: ['.env'] })).rejects.toThrow(
      'is in no git repository',
    );
    rmSync(outside, { recursive: true });
  });

  it('keep the list of what copies take along', async () => {
    await chat.start();
    const folder = chat.top();
    mkdirSync(join(folder, 'sub'));
    expect(await chat.folder('along', { folder: join(folder, 'sub') })).toEqual({
      ...{ top: folder, paths: [], run: '' },
    });
    await chat.folder('along', { folder, paths: ['node_modules', '.env'] });
    expect((await chat.folder('along', { folder })).paths).toEqual(['node_modules', '.env']);
    await expect(chat.folder('along', { folder, paths: ['../x'] })).rejects.toThrow(
      'no path in the repository',
    );
    rmSync(join(folder, 'sub'), { recursive: true });
  });
});

/** The folder of ours that belongs to a working tree. */
function shadowsOf(home: string, top: string): string[] {
  const all = join(home, 'data', 'folders', 'seen');
  return readdirSync(all)
    .map((name) => join(all, name))
    .filter((one) => readFileSync(join(one, 'of'), 'utf8').trim() === top);
}
