/** How often git is started for what a person does: each start holds the server up while its page tables are copied. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { agentChat } from './testing/agent-chat.ts';
import { describeGit } from './testing/repositories.ts';

const chat = agentChat();

/** A `git` on PATH that writes down what it is asked. */
function watched(): { readonly path: string; readonly asked: () => readonly string[] } {
  const folder = join(chat.home(), 'bin');
  const log = join(folder, 'asked');
  mkdirSync(folder);
  const PATH = process.env.PATH ?? '';
  const script = `#!/bin/sh\necho "$*" >>'${log}'\nPATH='${PATH}' exec git "$@"\n`;
  writeFileSync(join(folder, 'git'), script, { mode: 0o755 });
  return {
    path: `${folder}:${PATH}`,
    /** Since the last call, by their names, in the order of these: some are asked side by side. */
    asked: () => {
      const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean);
      writeFileSync(log, '');
      return lines.map((line) => /^(?:-c \S+ )*(.*?)(?: .*)?$/.exec(line)?.[1] ?? '').sort();
    },
  };
}

/** A snapshot: what changed, and where the person stands. */
const LOOK = ['cat-file', 'status'];
/** What asks for what was kept of the conversation. */
const KNOWN = 'for-each-ref';
/** To the person's folder: it is kept first, and what it will be is kept, too. */
const CARRIED = ['update-ref', 'update-ref', 'diff-files', 'read-tree'];

describeGit('git is started', () => {
  it('for a turn, a copy of a branch, and what is asked of its files no oftener than it has to', async () => {
    const git = watched();
    await chat.start({ SCRIPT_FORKS: 'message' }, git.path);
    const started = (...commands: string[]) => expect(git.asked()).toEqual(commands.sort());

    const first = await chat.say({ text: 'put notes.txt one|2|three' });
    const { conversation } = first;
    const begins = ['version', 'rev-parse', 'config', 'ls-files', 'update-index', 'write-tree', 'update-ref'];
    started(...begins, KNOWN, ...LOOK, ...LOOK, 'update-ref', 'diff-tree');
    const second = await chat.say({ conversation, parent: first.reply.id, text: 'put mine.txt mine' });
    started(KNOWN, ...LOOK, ...LOOK, 'update-ref', 'diff-tree');
    await chat.say({ conversation, parent: second.reply.id, text: 'hello' });
    started(KNOWN, ...LOOK, ...LOOK);

    const own = await chat.say({ conversation, parent: first.reply.id, text: 'put own.txt a', copies: true });
    const copied = ['worktree', 'rev-parse', 'config', 'read-tree', 'read-tree', 'ls-files'];
    started('rev-parse', ...copied, KNOWN, ...LOOK, ...LOOK, 'update-ref', 'diff-tree');
    const next = await chat.say({ conversation, parent: own.reply.id, text: 'put notes.txt one|2|drei' });
    started(KNOWN, ...LOOK, ...LOOK, 'update-ref', 'diff-tree');

    const message = next.reply.id;
    const changes = await chat.folder('changes', { conversation, from: null, to: message });
    started(KNOWN, 'diff-tree');
    await chat.folder('content', { conversation, message, commit: changes.to, path: 'own.txt' });
    started(KNOWN, '--literal-pathspecs', 'cat-file');
    writeFileSync(join(chat.top(), 'notes.txt'), 'uno\n2\nthree\n');
    await chat.folder('take', { conversation, message, dry: true });
    const plan = [KNOWN, ...LOOK, 'diff-tree', 'cat-file', 'diff-tree'];
    started(...plan, 'merge-file', 'update-index', 'write-tree', 'update-ref');
    const taken = await chat.folder('take', { conversation, message, how: 'mine' });
    started(...plan, 'merge-file', ...CARRIED, 'checkout-index');
    await chat.folder('undo', { conversation, message, undo: taken.undo ?? '' });
    started(...plan, ...CARRIED, 'checkout-index');
  });
});
