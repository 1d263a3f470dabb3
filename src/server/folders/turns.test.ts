/** Turns of agents in a repository, through the whole server, with an agent in a process of its own. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { type CommandInput, newId } from '../../protocol/index.ts';
import { AGENT, agentChat, snapshotOf } from './testing/agent-chat.ts';
import { contentsOf, describeGit, git, untouched } from './testing/repositories.ts';

const chat = agentChat();

describeGit('an agent in a repository', () => {
  it('works in the folder, and what it changes is told and kept', async () => {
    await chat.start();
    const first = await chat.say({ text: 'put notes.txt one|2|three' });
    expect(snapshotOf(first.reply)).toMatchObject({
      turn: { files: 1, added: 2, removed: 1 },
      since: { files: 1, added: 2, removed: 1 },
    });
    const { conversation } = first;
    const next = await chat.say({ conversation, parent: first.reply.id, text: 'put new.txt a|b' });
    expect(snapshotOf(next.reply)).toMatchObject({
      turn: { files: 1, added: 2, removed: 0 },
      since: { files: 2, added: 4, removed: 1 },
    });
    const idle = await chat.say({ conversation, parent: next.reply.id, text: 'hello' });
    expect(snapshotOf(idle.reply)).toBeUndefined();
    const refs = git(chat.top(), 'for-each-ref', '--format=%(refname)', 'refs/bough')
      .trim()
      .split('\n')
      .sort();
    expect(refs).toEqual(
      ['root', first.reply.id, next.reply.id].map((name) => `refs/bough/${conversation}/${name}`).sort(),
    );
    expect(git(chat.top(), 'show', `${refs.find((ref) => ref.includes(first.reply.id))}:notes.txt`)).toBe(
      'one\n2\nthree\n',
    );
    expect(next.reply.copy).toBeUndefined();
  });

  it('asks once whether branches have files of their own, then gives each the files of its fork point', async () => {
    await chat.start();
    const first = await chat.say({ text: 'put notes.txt first' });
    const { conversation } = first;
    const second = await chat.say({ conversation, parent: first.reply.id, text: 'put notes.txt second' });
    const fork = { conversation, parent: first.reply.id, text: 'put other.txt mine' };
    expect(await chat.send(fork)).toMatchObject({ status: 409, code: 'copy-or-not' });
    await chat.command('settings', { conversation, copies: true });
    const before = untouched(chat.top());
    const own = await chat.say(fork);
    expect(own.reply).toMatchObject({ folder: chat.top(), copy: own.reply.id });
    const path = chat.copyOf(conversation, own.reply.copy);
    expect(Object.fromEntries(contentsOf(path))).toEqual({
      'notes.txt': 'file first\n',
      'other.txt': 'file mine\n',
    });
    expect(snapshotOf(own.reply)).toMatchObject({ since: { files: 1, added: 1, removed: 0 } });
    expect(git(path, 'status', '--porcelain')).toBe(' M notes.txt\n?? other.txt\n');
    expect(untouched(chat.top())).toBe(before);
    // Each goes on where it is.
    const on = await chat.say({ conversation, parent: own.reply.id, text: 'erase notes.txt' });
    expect(on.reply.copy).toBe(own.reply.copy);
    expect(snapshotOf(on.reply)).toMatchObject({ since: { files: 2, added: 1, removed: 1 } });
    const back = await chat.say({ conversation, parent: second.reply.id, text: 'put third.txt x' });
    expect(back.reply.copy).toBeUndefined();
    expect(existsSync(join(path, 'third.txt'))).toBe(false);
    expect(readFileSync(join(chat.top(), 'third.txt'), 'utf8')).toBe('x\n');
  });

  it('lets three work at once from one message, each in files of its own', async () => {
    await chat.start();
    const first = await chat.say({ text: 'hello' });
    const { conversation } = first;
    await chat.command('settings', { conversation, copies: true });
    const replies = [newId(), newId(), newId()].map((id) => ({ id, model: AGENT }));
    const asked = {
      conversation,
      message: newId(),
      parent: first.reply.id,
      text: 'put-slowly notes.txt all',
      replies,
    };
    expect(
      await chat.command('send', { ...asked, folder: chat.top() } as CommandInput<'send'>),
    ).toMatchObject({
      status: 200,
    });
    const paths = [chat.top(), ...replies.slice(1).map(({ id }) => chat.copyOf(conversation, id))];
    await vi.waitFor(
      () =>
        expect(paths.map((path) => readFileSync(join(path, 'notes.txt'), 'utf8'))).toEqual([
          'all\n',
          'all\n',
          'all\n',
        ]),
      { timeout: 60_000 },
    );
    await Promise.all(replies.map(({ id: reply }) => chat.command('stop', { conversation, reply })));
    for (const { id } of replies.slice(1)) {
      const reply = await chat.answered(conversation, id, id);
      expect(snapshotOf(reply)).toMatchObject({ turn: { files: 1, added: 1, removed: 2 } });
    }
  });

  it('says of two at once in one folder that what each changed cannot be told apart, whichever ends first', async () => {
    await chat.start();
    const first = await chat.say({ text: 'hello' });
    const { conversation } = first;
    await chat.command('settings', { conversation, copies: false });
    const slow = await chat.send({ conversation, parent: first.reply.id, text: 'put-slowly slow.txt all' });
    await vi.waitFor(() => expect(existsSync(join(chat.top(), 'slow.txt'))).toBe(true), { timeout: 30_000 });
    const quick = await chat.say({ conversation, parent: first.reply.id, text: 'put quick.txt x' });
    expect(snapshotOf(quick.reply)).toMatchObject({ trouble: expect.stringContaining('told apart') });
    // It is alone again when it ends, and was not all the time.
    await chat.command('stop', { conversation, reply: slow.reply });
    const ended = await chat.answered(conversation, slow.branch, slow.reply);
    expect(snapshotOf(ended)).toMatchObject({ trouble: expect.stringContaining('told apart') });
    expect(snapshotOf(ended)?.turn).toBeUndefined();
    const next = await chat.say({ conversation, parent: quick.reply.id, text: 'put notes.txt y' });
    expect(snapshotOf(next.reply)).toMatchObject({ turn: { files: 1 } });
  });

  it('begins anew in a copy where the agent cannot fork its session, if it may', async () => {
    await chat.start({ SCRIPT_FORKS: 'none' });
    const first = await chat.say({ text: 'put notes.txt first' });
    const { conversation } = first;
    await chat.say({ conversation, parent: first.reply.id, text: 'put notes.txt second' });
    await chat.command('settings', { conversation, copies: true });
    const fork = { conversation, parent: first.reply.id, text: 'put other.txt mine' };
    expect(await chat.send(fork)).toMatchObject({ status: 409, code: 'cannot-go-back' });
    await chat.command('settings', { conversation, anew: true });
    const own = await chat.say(fork);
    expect(readFileSync(join(chat.copyOf(conversation, own.reply.copy), 'notes.txt'), 'utf8')).toBe(
      'first\n',
    );
  });

  it('makes a copy again that is gone, with what was kept of it', async () => {
    await chat.start();
    const first = await chat.say({ text: 'hello' });
    const { conversation } = first;
    await chat.say({ conversation, parent: first.reply.id, text: 'hello again' });
    const own = await chat.say({ conversation, parent: first.reply.id, text: 'put a.txt 1', copies: true });
    const path = chat.copyOf(conversation, own.reply.copy);
    rmSync(path, { recursive: true });
    const on = await chat.say({ conversation, parent: own.reply.id, text: 'put b.txt 2' });
    expect(on.reply.copy).toBe(own.reply.copy);
    expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('1\n');
    expect(snapshotOf(on.reply)).toMatchObject({ since: { files: 2, added: 2, removed: 0 } });
  });

  it('takes along what the person listed, and leaves the rest that git ignores', async () => {
    await chat.start();
    writeFileSync(join(chat.top(), '.gitignore'), '.env\nnode_modules/\nbuild/\n');
    writeFileSync(join(chat.top(), '.env'), 'KEY=1\n');
    for (const name of ['node_modules/a', 'build']) mkdirSync(join(chat.top(), name), { recursive: true });
    writeFileSync(join(chat.top(), 'node_modules/a/index.js'), 'x');
    writeFileSync(join(chat.top(), 'build/out'), 'x');
    mkdirSync(join(chat.home(), 'data', 'folders'), { recursive: true });
    writeFileSync(
      join(chat.home(), 'data', 'folders', 'along.json'),
      JSON.stringify({ [chat.top()]: ['node_modules', '.env', 'nowhere', '../x'] }),
    );
    const first = await chat.say({ text: 'hello' });
    const { conversation } = first;
    await chat.say({ conversation, parent: first.reply.id, text: 'hello again' });
    const own = await chat.say({ conversation, parent: first.reply.id, text: 'hello', copies: true });
    const files = [...contentsOf(chat.copyOf(conversation, own.reply.copy)).keys()].sort();
    expect(files).toEqual(['.env', '.gitignore', 'node_modules/a/index.js', 'notes.txt']);
  });

  it('works as ever where there is no git', async () => {
    await chat.start({}, '/nowhere');
    const first = await chat.say({ text: 'put notes.txt first' });
    expect(snapshotOf(first.reply)).toBeUndefined();
    expect(readFileSync(join(chat.top(), 'notes.txt'), 'utf8')).toBe('first\n');
  });
});
