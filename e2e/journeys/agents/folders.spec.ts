/** Branches of an agent with files of their own, in a repository of git. */
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from '../../fixtures.ts';
import { copies, editApart, git, hasGit, prepare } from '../../pages/agent-folder.ts';
import { axeFaults } from '../../pages/axe.ts';

test.use({ server: 'own' });
test.skip(!hasGit, 'skipped: no git');

test('a branch of an agent gets a copy of the folder with the files of its fork point', async ({
  chat,
  bough,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/409/);
  const folder = await prepare(chat, bough);
  const first = await chat.ask('put notes.txt first', 2);
  await expect(first).toContainText('This turn: 1 file, +1 −2');
  await chat.ask('put second.txt more', 4);
  await chat.edit(chat.user(3), 'put own.txt mine');
  const dialog = page.getByRole('dialog', { name: 'Files of this branch' });
  await expect(dialog).toContainText('Another branch has worked in');
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(chat.editor).toHaveValue('put own.txt mine');
  await chat.saveAndSend();
  await dialog.getByRole('button', { name: 'Each branch its own copy' }).click();
  await chat.settled();
  await expect(chat.assistant(4)).toContainText('This turn: 1 file, +1 −0');
  const [copy = ''] = await copies(bough);
  expect(readFileSync(join(copy, 'notes.txt'), 'utf8')).toBe('first\n');
  expect(existsSync(join(copy, 'second.txt'))).toBe(false);
  expect(existsSync(join(folder, 'own.txt'))).toBe(false);
  expect(git(folder, 'status', '--porcelain')).toBe(' M notes.txt\n?? second.txt\n');
  // It is asked once.
  await chat.user(3).hover();
  await chat.user(3).getByRole('button', { name: 'Edit' }).click();
  await expect(chat.editor).toHaveAccessibleDescription(/The branch gets a copy of the folder/);
  await chat.editor.fill('put another.txt x');
  await chat.saveAndSend();
  await expect(chat.assistant(4)).toContainText('Wrote another.txt', { timeout: 20_000 });
  await chat.settled();
  expect(await copies(bough)).toHaveLength(2);
  await page.getByRole('radio', { name: 'Split' }).check();
  const row = page.getByRole('treeitem', { name: /2 files changed since the fork, \+2 −2/ });
  await expect(row.first()).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('tree.png') });
});

test('all in one folder, where that was chosen', async ({ chat, bough, page, expectedErrors }) => {
  expectedErrors.push(/409/);
  const folder = await prepare(chat, bough);
  await chat.ask('put notes.txt first', 2);
  await chat.assistant(2).hover();
  await chat.assistant(2).getByRole('button', { name: 'Regenerate' }).click();
  await page
    .getByRole('dialog', { name: 'Files of this branch' })
    .getByRole('button', { name: 'All in one folder' })
    .click();
  await chat.settled();
  expect(existsSync(join(bough.data, 'worktrees'))).toBe(false);
  expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('first\n');
});

test('three agents try three ways at once; one is taken over, and git shows exactly that', async ({
  chat,
  bough,
  page,
}) => {
  const folder = await prepare(chat, bough);
  await chat.ask('hello', 2);
  const composer = page.getByRole('form', { name: 'Composer' });
  await composer.getByRole('checkbox', { name: 'Each branch its own copy' }).check();
  await chat.box.fill('put-own notes.txt');
  await composer.getByRole('button', { name: 'Ask several' }).click();
  const several = page.getByRole('dialog', { name: 'Ask several' });
  await several.getByRole('spinbutton', { name: 'Scripted', exact: true }).fill('3');
  await several.getByRole('button', { name: 'Ask', exact: true }).click();
  const replies = page.getByRole('group', { name: 'Replies side by side' });
  for (const n of [1, 2, 3])
    await expect(replies.getByRole('region', { name: `Reply ${n} of 3` })).toContainText(
      'This turn: 1 file, +1 −0',
      { timeout: 30_000 },
    );
  const places = [folder, ...(await copies(bough))];
  const lines = places.map((path) => `by ${basename(path)}`);
  expect(places.map((path) => readFileSync(join(path, 'notes.txt'), 'utf8'))).toEqual(
    lines.map((line) => `one\ntwo\n${line}\n`),
  );
  // The person's own folder as it was, then what one of the others did.
  await chat.inMenu(chat.assistant(2).first(), 'Files here');
  const here = page.getByRole('dialog', { name: 'Files here' });
  await expect(here).toContainText('No file differs.');
  await here.getByRole('button', { name: 'Restore these files' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore them' }).click();
  await expect.poll(() => git(folder, 'status', '--porcelain')).toBe('');
  await replies.getByRole('button', { name: 'Show one' }).click();
  await chat.inMenu(chat.assistant(4).first(), 'Compare the versions');
  const compare = page.getByRole('dialog', { name: 'Compare' });
  await compare.getByRole('tab', { name: 'Files' }).click();
  // The three differ, each by its own line; and two of them from one another.
  const changes = compare.getByRole('region', { name: 'Changes of notes.txt' });
  const found: string[] = [];
  for (const index of [0, 1, 2]) {
    await compare.getByRole('combobox', { name: 'Files of' }).selectOption({ index });
    await expect(compare.getByRole('listbox', { name: 'Files' })).toContainText('notes.txt+1 −0');
    await expect(changes).toContainText('by ');
    const text = await changes.innerText();
    found.push(...lines.filter((line) => text.includes(line)));
  }
  expect([...found].sort()).toEqual([...lines].sort());
  await compare.getByRole('combobox', { name: 'Compared with' }).selectOption({ index: 1 });
  await expect(compare.getByRole('listbox', { name: 'Files' })).toContainText('notes.txt+1 −1');
  expect(await axeFaults(page)).toEqual([]);
  await compare.getByRole('combobox', { name: 'Compared with' }).selectOption({ index: 0 });
  await compare.getByRole('button', { name: 'Take this branch’s files' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take them' }).click();
  await expect.poll(() => git(folder, 'status', '--porcelain')).toBe(' M notes.txt\n');
  expect(git(folder, 'diff', '-U0', '--no-color').match(/^[+-](?![+-]).*$/gm)).toEqual([`+${found[2]}`]);
  expect(git(folder, 'diff', '--cached')).toBe('');
});

test('files of a branch are compared, taken over with what was changed here, and taken back', async ({
  chat,
  bough,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/409/);
  const folder = await prepare(chat, bough);
  await chat.ask('hello', 2);
  await chat.ask('put mine.txt mine', 4);
  await editApart(chat, 3, 'put notes.txt one|two|three');
  await expect(chat.assistant(4)).toContainText('1 file, +1 −0');
  await chat.inMenu(chat.assistant(4), 'Files here');
  const here = page.getByRole('dialog', { name: 'Files here' });
  await expect(here.getByRole('option', { name: /notes\.txt/ })).toContainText('+1 −0');
  await expect(here.getByRole('region', { name: 'Changes of notes.txt' })).toContainText('three');
  await expect(here).toContainText('Copy of this branch:');
  expect(await axeFaults(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('files-here.png') });
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(here.getByRole('button', { name: 'Take this branch’s files' })).toBeInViewport();
  await page.screenshot({ path: test.info().outputPath('files-here-phone.png') });
  await page.setViewportSize({ width: 1280, height: 800 });
  await here.getByRole('button', { name: 'Take this branch’s files' }).click();
  const take = page.getByRole('dialog', { name: 'Take this branch’s files' });
  await expect(take).toContainText(`1 file will change in ${folder}`);
  expect(await axeFaults(page)).toEqual([]);
  await take.getByRole('button', { name: 'Take them' }).click();
  await expect(take).toBeHidden();
  expect(git(folder, 'status', '--porcelain')).toBe(' M notes.txt\n?? mine.txt\n');
  expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('one\ntwo\nthree\n');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => git(folder, 'status', '--porcelain')).toBe('?? mine.txt\n');
  // Both changed the same file in other ways: said first, and nothing done.
  await writeFile(join(folder, 'notes.txt'), 'one\ntwo\nmine\n');
  await chat.inMenu(chat.user(3), 'Compare the versions');
  const compare = page.getByRole('dialog', { name: 'Compare' });
  await compare.getByRole('tab', { name: 'Messages' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(compare.getByRole('tab', { name: 'Files' })).toHaveAttribute('aria-selected', 'true');
  expect(await axeFaults(page)).toEqual([]);
  await compare.getByRole('combobox', { name: 'Files of' }).selectOption({ index: 1 });
  await compare.getByRole('combobox', { name: 'Compared with' }).selectOption({ index: 1 });
  await expect(compare.getByRole('listbox', { name: 'Files' })).toContainText('mine.txt');
  await compare.getByRole('button', { name: 'Take this branch’s files' }).click();
  await expect(take.getByRole('region', { name: 'Conflicts' })).toContainText('notes.txt (changed in both)');
  await take.getByRole('button', { name: 'Keep mine' }).click();
  await expect(take).toBeHidden();
  expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('one\ntwo\nmine\n');
});
